"""One mailbox is one person in each room, however its address was written."""

import unicodedata

import pytest
from django.db import transaction
from django.utils import timezone

from neighbours.models import Helper
from neighbours.tests.builders import home, typed
from partnership.outbox.channels.email import message_id
from partnership.outbox.channels.layout import sender_of
from partnership.outbox.models import Message, Suppression
from partnership.outbox.post import post
from partnership.outbox.queue.final_check import is_suppressed
from partnership.outbox.returns.bouncing import message_of, note_event
from partnership.outbox.returns.reports import Report
from partnership.outbox.scopes import to_address
from partnership.people.models import User
from partnership.tests.cast import Cast, slot, visit
from talks.calendars.invitation import invitation
from talks.tests.bookings import confirmed
from written.mailboxes import without_tag

KNOWN, SENT = "vera@æblegård.example", "vera@xn--blegrd-luad.example"
SPELLINGS = [KNOWN, SENT, unicodedata.normalize("NFD", KNOWN), f"{KNOWN}\u200b", "VERA@ÆBLEGÅRD.example"]


@pytest.fixture
def vera(cast: Cast) -> User:
    return User.objects.create_user(KNOWN, "Vera Vestergaard", partnership=cast.randers)


def test_joining_in_five_spellings_makes_one_helper_who_sees_their_address_as_they_know_it(cast: Cast) -> None:
    home(cast.vorup)
    for spelling in SPELLINGS:
        assert KNOWN in visit(None).post("/da/neighbours/join/", typed(email=spelling), follow=True).content.decode()
    assert Helper.objects.filter(partnership=cast.randers).count() == 1
    assert User.objects.get(email=KNOWN).email == SENT


def test_a_code_to_log_in_is_sent_to_what_works_and_counts_under_one_limit(cast: Cast, vera: User) -> None:
    for spelling in SPELLINGS * 2:
        visit(None).post("/accounts/login/code/", {"email": spelling})
    sent = Message.objects.filter(kind="account.login_code")
    assert {message.recipient for message in sent} == {vera}
    assert {message.to_address for message in sent} == {SENT}
    assert len(sent) <= len(SPELLINGS)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_mailbox_is_stopped_found_and_limited_in_every_spelling(cast: Cast, vera: User, spelling: str) -> None:
    note_event(address=spelling, kind="hard", event="1", now=timezone.now())
    for to in (vera, spelling):
        message = posted(cast, to)
        assert is_suppressed(message)
        assert message in to_address(Message.objects.all(), spelling)
        report = Report("5.1.1", "", message_id(message), (spelling,), ())
        assert message_of(report, timezone.now()) == message
    assert without_tag(spelling) == SENT
    assert Suppression.objects.count() == 1


def posted(cast: Cast, to: User | str) -> Message:
    with transaction.atomic():
        key = f"one.{to}"
        post(kind="account.login_code", partnership=cast.randers, to=to, about={}, key=key, now=timezone.now())
    return Message.objects.get(key=key)


def test_the_calendar_invites_the_mailbox_that_gets_the_email(cast: Cast, vera: User) -> None:
    booking = confirmed(cast, slot(cast.speaker))
    event = invitation(booking, vera, "REQUEST").body.decode().replace("\r\n ", "")
    assert f"MAILTO:{SENT}" in event


@pytest.mark.parametrize("where", ["privacy", "accessibility", "neighbours/slip", "neighbours"])
def test_people_see_our_own_address_as_they_know_it(cast: Cast, where: str) -> None:
    cast.randers.contact_email = SENT
    cast.randers.save()
    shown = visit(None).get(f"/da/{where}/", follow=True).content.decode()
    assert KNOWN in shown
    assert SENT not in shown.replace(f'"mailto:{SENT}"', "")
    assert sender_of(cast.randers).contact_email == KNOWN
