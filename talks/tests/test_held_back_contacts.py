"""A mailbox that staff have just written down may be a stranger's, so nobody gets it as a contact before it counts."""

import datetime as dt

import pytest
from django.utils import translation

from partnership import clock
from partnership.people.models import User
from partnership.tests.cast import Cast, visit
from talks.messages.about import contact_of
from talks.models import Booking
from talks.tests.bookings import confirmed

S = Booking.State
NUMBER = "22 33 44 55"
MAILBOX = "ruth@randers.example"


def held_back(cast: Cast, *, phone: str) -> Booking:
    talk = confirmed(cast)
    User.objects.filter(pk=cast.ruth.pk).update(mailbox_opens_at=clock.now() + dt.timedelta(days=14), phone=phone)
    return Booking.objects.with_names().get(pk=talk.pk)


def plain(words: str) -> str:
    return words.replace("&nbsp;", " ").replace("\xa0", " ")


@pytest.mark.parametrize("phone", ["", NUMBER])
@pytest.mark.parametrize("reader", ["sven", "karen"])
def test_no_mail_gives_it(cast: Cast, phone: str, reader: str) -> None:
    talk = held_back(cast, phone=phone)
    with translation.override("en"):
        ((_label, told),) = contact_of(talk, getattr(cast, reader))
    assert MAILBOX not in told
    assert (NUMBER in plain(told), "who puts you in touch" in told) == (bool(phone), not phone)


@pytest.mark.parametrize("phone", ["", NUMBER])
@pytest.mark.parametrize(
    "reader, address",
    [
        ("sven", "/en/talks/bookings/{}/"),
        ("sven", "/en/me/"),
        ("karen", "/en/staff/talks/{}/"),
        ("karen", "/en/staff/talks/"),
    ],
)
def test_no_page_of_a_talk_gives_it(cast: Cast, phone: str, reader: str, address: str) -> None:
    talk = held_back(cast, phone=phone)
    answer = visit(getattr(cast, reader)).get(address.format(talk.pk))
    read = answer.content.decode()
    assert answer.status_code == 200
    assert MAILBOX not in read
    if address == "/en/talks/bookings/{}/":
        assert (NUMBER in plain(read), "who puts you in touch" in read) == (
            bool(phone),
            not phone,
        )


def test_the_control_gives_a_mailbox_that_counts(cast: Cast) -> None:
    talk = confirmed(cast)
    with translation.override("en"):
        assert MAILBOX in contact_of(Booking.objects.with_names().get(pk=talk.pk), cast.sven)[0][1]
    assert MAILBOX in visit(cast.karen).get(f"/en/staff/talks/{talk.pk}/").content.decode()
