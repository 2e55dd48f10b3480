"""On days on which a speaker is away nobody is offered their evenings, and staff hear of what is on them already."""

import datetime as dt

import pytest

from partnership import clock
from partnership.outbox.models import Message
from partnership.outbox.queue.final_check import final_check
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, slot, visit
from talks.actions import bookings, offers, patterns, slots
from talks.models import Booking, DaysAway, Slot
from talks.scopes import slots_that_suit
from talks.tests.bookings import confirmed, requested
from talks.tests.test_access import at

WARNING = "Sven holder ingen foredrag den dag"


def away(cast: Cast, booking: Booking, days: int = 0) -> DaysAway:
    first = clock.local(booking.starts_at, cast.randers.zone).date()
    return patterns.stay_away(
        speaker=cast.speaker, first_on=first, last_on=first + dt.timedelta(days=days), by=cast.sven, now=NOW
    )


def digests(cast: Cast) -> list[str]:
    """Return the digests of Karen that say anything; a warning that is no longer true says nothing."""
    posted = Message.objects.filter(kind="outbox.digest", recipient=cast.karen).order_by("pk")
    said = (final_check(one, one.due_at).words for one in posted)
    return [str(words) for words in said if words]


def test_a_declined_evening_within_days_away_is_not_public_again(cast: Cast) -> None:
    booking = requested(cast)
    absence = away(cast, booking)
    bookings.decline(booking=booking, by=cast.karen, why="Nej.", now=NOW)
    assert not Slot.objects.bookable(NOW).exists()
    patterns.come_back(away=absence, by=cast.sven, now=NOW)
    assert Slot.objects.bookable(NOW).exists()


def test_an_evening_just_before_midnight_belongs_to_its_local_day(cast: Cast) -> None:
    late = slot(cast.speaker, hour=22, hours=1)  # 23 in Randers
    past_midnight = slot(cast.speaker, hour=23, hours=1)
    day = late.starts_at.date()
    DaysAway.objects.create(speaker=cast.speaker, first_on=day, last_on=day)
    assert list(Slot.objects.bookable(NOW)) == [past_midnight]


def test_who_cannot_come_is_proposed_for_no_evening_within_days_away(cast: Cast) -> None:
    booking = confirmed(cast)
    later = requested(cast, slot(cast.speaker, days=30), email="b@randers.example", association="Haven")
    away(cast, later)
    bookings.cancel(booking=later, by=cast.karen, now=NOW)
    assert slots_that_suit(booking, NOW) == offers.slots_instead(booking, NOW) == []


@pytest.mark.parametrize("make", [requested, confirmed])
def test_staff_are_warned_on_the_page_and_told_in_the_digest(cast: Cast, make) -> None:
    booking = make(cast)
    page = at("answer", booking.pk)
    assert WARNING not in visit(cast.karen).get(page).content.decode()
    away(cast, booking, days=2)
    assert WARNING in visit(cast.karen).get(page).content.decode()
    (digest,) = [one for one in digests(cast) if "Sven har markeret dage uden foredrag" in one]
    assert page in digest


def test_an_evening_that_is_offered_to_a_chair_is_told_too(cast: Cast) -> None:
    kept = slot(cast.speaker, days=50)
    booking = offers.offer(booking=requested(cast), slots=[kept], by=cast.karen, now=NOW)
    day = clock.local(kept.starts_at, cast.randers.zone).date()
    patterns.stay_away(speaker=cast.speaker, first_on=day, last_on=day, by=cast.sven, now=NOW)
    assert at("answer", booking.pk) in digests(cast)[0]


def test_of_days_on_which_nothing_is_planned_nobody_is_told(cast: Cast) -> None:
    booking = confirmed(cast)
    day = clock.local(booking.starts_at, cast.randers.zone).date() + dt.timedelta(days=1)
    patterns.stay_away(speaker=cast.speaker, first_on=day, last_on=day, by=cast.sven, now=NOW)
    assert digests(cast) == []


def test_an_evening_within_days_away_is_not_offered_before_the_mark_is_taken_away(cast: Cast) -> None:
    booking = confirmed(cast)
    away(cast, booking)
    with pytest.raises(Refused) as refused:
        starts = booking.starts_at - dt.timedelta(hours=5)
        slots.offer_slot(
            speaker=cast.speaker, starts_at=starts, ends_at=starts + dt.timedelta(hours=2), by=cast.sven, now=NOW
        )
    assert refused.value.reason == "away"
