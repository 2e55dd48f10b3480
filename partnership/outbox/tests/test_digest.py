"""What staff need not know at once comes in one email the next morning."""

import datetime as dt
import re

import pytest

from partnership.outbox.digest import next_morning
from partnership.outbox.models import Message
from partnership.outbox.queue.delivering import deliver
from partnership.outbox.staff.actions import send_now
from partnership.tests.cast import NOW, Cast, slot
from talks.actions import bookings
from talks.messages import posting
from talks.models import Booking
from talks.tests.bookings import confirmed, requested

MORNING = dt.datetime(2026, 11, 25, 6, tzinfo=dt.UTC)  # 7.00 in Randers


def cancelled(cast: Cast, *days: int) -> None:
    """Let the association cancel its talks of these days."""
    for day in days:
        bookings.cancel(booking=confirmed(cast, slot(cast.speaker, days=day)), by=cast.ruth, now=NOW)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC), dt.datetime(2026, 11, 25, 6, tzinfo=dt.UTC)),
        (dt.datetime(2026, 11, 25, 5, 59, tzinfo=dt.UTC), dt.datetime(2026, 11, 25, 6, tzinfo=dt.UTC)),
        (dt.datetime(2026, 11, 25, 6, tzinfo=dt.UTC), dt.datetime(2026, 11, 26, 6, tzinfo=dt.UTC)),
        (dt.datetime(2027, 3, 27, 20, tzinfo=dt.UTC), dt.datetime(2027, 3, 28, 5, tzinfo=dt.UTC)),
    ],
    ids=["by day", "before seven", "at seven", "over the change of clocks"],
)
def test_it_is_told_at_the_next_seven_oclock(cast: Cast, now: dt.datetime, told: dt.datetime) -> None:
    assert next_morning(cast.randers, now) == told


def test_nothing_comes_before_the_morning(cast: Cast, sink) -> None:
    cancelled(cast, 30)
    deliver(urgent=False, now=NOW)
    assert not [mail for mail in sink.messages if mail.to == [cast.karen.email]]


def test_one_thing_is_told_in_its_own_words(cast: Cast, sink) -> None:
    cancelled(cast, 30)
    (mail,) = mornings(cast, sink)
    assert mail.subject == "Vorup Grundejerforening har aflyst sit foredrag"


def test_three_things_are_one_email_and_none_is_told_twice(cast: Cast, sink) -> None:
    cancelled(cast, 30, 31, 32)
    (mail,) = mornings(cast, sink)
    assert mail.subject == "3 ting siden i går"
    assert mail.text.count("har aflyst sit foredrag") >= 3
    assert mornings(cast, sink) == []


def test_what_is_no_longer_true_is_left_out(cast: Cast, sink) -> None:
    cancelled(cast, 30, 31)
    Booking.objects.earliest("pk").delete()
    (mail,) = mornings(cast, sink)
    assert mail.subject == "Vorup Grundejerforening har aflyst sit foredrag"


def test_what_was_told_alone_before_its_kind_was_in_the_digest_is_not_told_again(cast: Cast, sink) -> None:
    cancelled(cast, 30)
    digest = first_digest(cast)
    (key,) = digest.about["things"]
    Message.objects.get(key=key).delete()
    Message.objects.filter(pk=digest.pk).update(key=key, state="sent", ended_at=NOW)
    posting.tell_coordinators(Booking.objects.get(), "association_cancelled", NOW)
    assert mornings(cast, sink) == []


def test_a_thing_told_on_an_earlier_morning_is_not_told_again(cast: Cast, sink) -> None:
    cancelled(cast, 30)
    mornings(cast, sink)
    days_later = NOW + dt.timedelta(days=3)
    posting.tell_coordinators(Booking.objects.get(), "association_cancelled", days_later)
    assert mornings(cast, sink, days_later + dt.timedelta(days=1)) == []


def test_what_comes_after_staff_have_sent_it_early_is_in_a_second_one(cast: Cast, sink) -> None:
    cancelled(cast, 30)
    send_now(message=first_digest(cast), by=cast.karen, now=NOW)
    assert len(mornings(cast, sink, NOW)) == 1
    cancelled(cast, 31)
    (mail,) = mornings(cast, sink)
    assert mail.subject == "Vorup Grundejerforening har aflyst sit foredrag"


def test_each_thing_says_what_its_own_message_would(cast: Cast, sink) -> None:
    cancelled(cast, 30, 31)
    (mail,) = mornings(cast, sink)
    assert mail.text.count("Vi giver foredragsholderen besked.") == 2
    assert re.findall(r"^(\d)\. ", mail.text, re.MULTILINE) == ["1", "2"]


def test_a_thing_that_is_due_later_is_told_on_that_morning(cast: Cast) -> None:
    asked = [requested(cast, slot(cast.speaker, days=day)) for day in (40, 41)]
    for person in (cast.karen, cast.anne):
        (warning,) = Message.objects.filter(kind="outbox.digest", recipient=person, due_at__gt=MORNING)
        assert {thing["about"]["booking"] for thing in warning.about["things"].values()} == {one.pk for one in asked}
        assert warning.due_at == dt.datetime(2026, 11, 30, 6, tzinfo=dt.UTC)


def test_the_same_thing_said_again_is_one_thing(cast: Cast, sink) -> None:
    cancelled(cast, 30)
    posting.tell_coordinators(Booking.objects.get(), "association_cancelled", NOW)
    (mail,) = mornings(cast, sink)
    assert mail.subject == "Vorup Grundejerforening har aflyst sit foredrag"


def test_what_happens_after_the_morning_is_told_on_the_next(cast: Cast, sink) -> None:
    cancelled(cast, 30)
    mornings(cast, sink)
    bookings.cancel(booking=confirmed(cast, slot(cast.speaker, days=31)), by=cast.ruth, now=MORNING)
    assert mornings(cast, sink) == []
    assert len(mornings(cast, sink, MORNING + dt.timedelta(days=1))) == 1


def first_digest(cast: Cast) -> Message:
    return Message.objects.filter(kind="outbox.digest", recipient=cast.karen).earliest("due_at")


def mornings(cast: Cast, sink, now: dt.datetime = MORNING) -> list:
    """Send what is due in the morning, and return what the coordinator got."""
    before = len(sink.messages)
    deliver(urgent=False, now=now)
    return [mail for mail in sink.messages[before:] if mail.to == [cast.karen.email]]
