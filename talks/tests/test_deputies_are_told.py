"""A deputy hears of a talk that is agreed, moved or cancelled, as the chair does, once, and reads of nobody who is
protected.
"""

import pytest

from partnership.outbox.queue.final_check import final_check
from partnership.people.actions.mailboxes import verify_mailbox
from partnership.people.models import OrganisationContact, User
from partnership.people.tests.test_organisations import deputise
from partnership.tests.cast import NOW, Cast, slot
from talks.actions import bookings
from talks.models import Booking
from talks.tests.bookings import confirmed, mail, requested
from talks.tests.test_strangers_mail import as_sent


@pytest.fixture
def deputy(cast: Cast) -> User:
    deputise(cast.association, cast.frede)
    verify_mailbox(cast.frede)
    return cast.frede


def moved(cast: Cast, by: User) -> Booking:
    talk = confirmed(cast, slot(cast.speaker, days=40))
    return bookings.move(booking=talk, slot=slot(cast.speaker, days=50), by=by, now=NOW)


def test_the_deputy_is_told_of_a_talk_that_is_agreed(cast: Cast, deputy: User) -> None:
    talk = confirmed(cast)
    (message,) = mail("confirmed", deputy)
    words = final_check(message, NOW).words
    assert words.calendar.method == "REQUEST"
    chairs = final_check(mail("confirmed", cast.ruth)[0], NOW).words
    assert {url for _text, url in words.links}.isdisjoint({url for _text, url in chairs.links if "/open/" not in url})
    assert talk.association.chair.email not in as_sent(message)


@pytest.mark.parametrize("by", ["ruth", "frede", "karen"])
def test_the_deputy_is_told_once_of_a_talk_that_is_moved(cast: Cast, deputy: User, by: str) -> None:
    moved(cast, getattr(cast, by))
    (message,) = mail("moved", deputy)
    said = {"ruth": "Formanden har flyttet", "frede": "Du har flyttet", "karen": "Vi har flyttet"}
    assert said[by] in as_sent(message)


@pytest.mark.parametrize("by", ["ruth", "frede", "karen"])
def test_the_deputy_is_told_once_of_a_talk_that_is_cancelled(cast: Cast, deputy: User, by: str) -> None:
    why = "Til formanden alene." if by == "karen" else ""
    bookings.cancel(booking=confirmed(cast), by=getattr(cast, by), now=NOW, why=why)
    (message,) = mail("cancelled", deputy)
    words = final_check(message, NOW).words
    assert words.calendar.method == "CANCEL"
    assert "Til formanden alene." not in as_sent(message)
    assert ("Det var dig" in as_sent(message)) is (by == "frede")


def test_a_request_that_is_withdrawn_is_not_told(cast: Cast, deputy: User) -> None:
    bookings.cancel(booking=requested(cast), by=cast.ruth, now=NOW)
    assert mail("cancelled", deputy) == []


def test_a_deputy_who_never_used_the_mailbox_is_told_nothing(cast: Cast) -> None:
    User.objects.filter(pk=cast.frede.pk).update(last_login=None)
    deputise(cast.association, cast.frede)
    moved(cast, cast.ruth)
    assert mail("moved", cast.frede) == mail("confirmed", cast.frede) == []


def test_who_is_no_longer_the_deputy_gets_nothing_that_waits(cast: Cast, deputy: User) -> None:
    confirmed(cast)
    OrganisationContact.objects.filter(person=deputy).delete()
    (message,) = mail("confirmed", deputy)
    assert not final_check(message, NOW).words


@pytest.mark.parametrize("what", ["confirmed", "moved", "cancelled"])
def test_nothing_of_a_protected_chair_is_told_to_the_deputy(cast: Cast, deputy: User, what: str) -> None:
    User.objects.filter(pk=cast.ruth.pk).update(is_protected=True, name="Hemmelig Ruth", phone="87654321")
    talk = moved(cast, cast.karen)
    bookings.cancel(booking=talk, by=cast.karen, now=NOW) if what == "cancelled" else None
    if what == "confirmed":
        talk = confirmed(cast, slot(cast.speaker, days=70))
    for message in mail(what, deputy):
        sent = as_sent(message) if final_check(message, NOW).words else ""
        assert not any(secret in sent for secret in ("Hemmelig", "87654321", "87 65 43 21", cast.ruth.email))
    assert mail(what, deputy)
