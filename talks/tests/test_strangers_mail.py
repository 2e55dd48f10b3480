"""Emails that anybody can have sent to a stranger's address contain only our words, and no links of the sender."""

import pytest
from allauth.account.models import EmailAddress

from partnership.outbox.channels.email import email_for
from partnership.outbox.kinds import kind
from partnership.outbox.models import Message
from partnership.tests.cast import NOW, Cast, visit
from talks.actions import bookings
from talks.models import Booking
from talks.tests.bookings import mail, requested, unverified
from talks.tests.test_pages import typed
from talks.tests.test_wishes import wished

pytestmark = pytest.mark.django_db
BAIT = "Din konto er lukket"


def as_sent(message: Message) -> str:
    sent = email_for(message, kind(message.kind).write(message))
    return sent.subject + sent.body + str(sent.alternatives)


def test_the_email_that_asks_for_proof_repeats_neither_place_nor_association(cast: Cast) -> None:
    baited = {"email": "stranger@where.example", "name": BAIT, "place": BAIT, "association": BAIT, "note": BAIT}
    unverified(cast, **baited)
    wished(cast, verified=False, **baited)
    messages = [*mail("verify"), *mail("verify_wish")]
    assert len(messages) == 2
    for message in messages:
        assert BAIT not in as_sent(message)


def test_a_name_is_greeted_once_its_owner_has_logged_in(cast: Cast) -> None:
    unverified(cast, email="stranger@where.example", name=BAIT)
    (message,) = mail("verify")
    assert message.greeted_name == ""
    message.recipient.last_login = NOW
    assert BAIT in as_sent(message)


def test_a_name_is_greeted_once_its_owner_has_used_a_link_of_ours(cast: Cast) -> None:
    booking = unverified(cast, email="maja@where.example", name="Maja Madsen")
    (message,) = mail("verify")
    assert message.greeted_name == ""
    bookings.verify(booking=booking, now=NOW)
    for told in mail("requested"):
        assert told.recipient.last_login is None
        assert told.greeted_name == "Maja Madsen"


@pytest.mark.parametrize("who", ["sven", "karen", "niels"])
def test_whom_staff_have_given_something_to_do_are_greeted_before_they_log_in(cast: Cast, who: str) -> None:
    reader = getattr(cast, who)
    message = Message(kind="talks.confirmed", partnership=cast.randers, recipient=reader)
    assert (reader.last_login, message.greeted_name) == (None, reader.name)
    EmailAddress.objects.create(user=reader, email=reader.email, verified=False)
    assert message.greeted_name == "", "staff may have mistyped the mailbox"


def test_what_was_stored_before_is_no_link_in_an_email_to_staff_and_speaker(cast: Cast) -> None:
    booking = requested(cast)
    evil = "Ring til evil.shop"
    type(booking).objects.update(place=evil, note=evil)
    type(booking.association).objects.update(name=evil)
    for message in mail("to_answer"):
        assert "evil.shop" not in as_sent(message)
    bookings.confirm(booking=booking, place_seen=booking.place, by=cast.karen, now=NOW)
    to_speaker = [message for message in mail("confirmed") if message.recipient == cast.sven]
    sent = as_sent(to_speaker[0])
    assert "evil.shop" not in sent
    assert "Ring til evil." in sent


@pytest.mark.parametrize("field", ["name", "association", "place"])
@pytest.mark.parametrize(
    "bait", ["Vundet! https://x.example", "se www.x.example", "Log ind: x.com", "bo-trygt.dk/log-ind"]
)
def test_a_name_or_a_place_that_is_a_link_is_refused(cast: Cast, field: str, bait: str) -> None:
    answer = visit(None).post("/en/talks/book/", typed(cast, **{field: bait}))
    assert answer.status_code == 400
    assert "Enter it without a web address." in answer.content.decode()
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    "written",
    ["A.P. Møllers Vej 3", "Nr.Hald Kirkevej", "E/F Sct.Peders", "st. th.", "Kl.19 i Fælleshuset", "J.-P. Øst"],
)
def test_a_dot_is_no_link(cast: Cast, written: str) -> None:
    assert visit(None).post("/en/talks/book/", typed(cast, place=written, association=written)).status_code == 302
