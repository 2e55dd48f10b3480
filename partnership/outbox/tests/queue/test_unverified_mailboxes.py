"""What is to be sent to a corrected mailbox waits until its owner has logged in; if they do not, staff read of it."""

import datetime as dt

import pytest

from devtools.mail import Sink
from partnership.outbox.models import Message
from partnership.outbox.queue.delivering import deliver
from partnership.outbox.reasons import NOT_VERIFIED
from partnership.outbox.tests.posted import post_one
from partnership.people.actions.mailboxes import change_mailbox, verify_mailbox
from partnership.tests.cast import NOW, Cast, visit

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
EDIT = "/admin/people/user/{}/change/"


@pytest.fixture
def reminder(cast: Cast) -> Message:
    change_mailbox(person=cast.sven, to="sven@new.example", now=NOW)
    Message.objects.all().delete()
    return post_one(cast.randers, cast.sven, expires_at=NOW + 2 * DAY)


def state_at(reminder: Message, now: dt.datetime) -> tuple[str, str]:
    deliver(urgent=False, now=now)
    reminder.refresh_from_db()
    return reminder.state, reminder.reason


def test_a_reminder_reaches_the_reader_after_they_have_verified_the_mailbox(
    cast: Cast, sink: Sink, reminder: Message
) -> None:
    assert state_at(reminder, NOW) == ("retry", NOT_VERIFIED)
    assert state_at(reminder, NOW + 5 * HOUR) == ("retry", NOT_VERIFIED)
    verify_mailbox(cast.sven, NOW)
    assert state_at(reminder, NOW + 10 * HOUR)[0] == "sent"


def test_one_that_would_come_too_late_fails_before_and_is_not_only_over(sink: Sink, reminder: Message) -> None:
    state_at(reminder, NOW)
    assert state_at(reminder, NOW + DAY + 21 * HOUR) == ("failed", NOT_VERIFIED)


def test_one_without_an_end_fails_after_three_days(cast: Cast, sink: Sink, reminder: Message) -> None:
    Message.objects.update(expires_at=None)
    assert state_at(reminder, NOW + 2 * DAY)[0] == "retry"
    assert state_at(reminder, NOW + 3 * DAY) == ("failed", NOT_VERIFIED)


@pytest.mark.parametrize("who", ["sven", "ruth", "helle"])
def test_a_correction_in_the_administration_asks_the_new_mailbox(cast: Cast, who: str) -> None:
    person = getattr(cast, who)
    roles = {"roles-TOTAL_FORMS": 0, "roles-INITIAL_FORMS": 0}
    form = {"name": person.name, "email": "other@new.example", "phone": "", "language": "da", "is_active": "on"}
    assert visit(cast.anne).post(EDIT.format(person.pk), form | roles).status_code == 302
    (asks,) = Message.objects.filter(kind="entrance.new_address")
    assert asks.recipient == person
