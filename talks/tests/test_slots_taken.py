"""The SQL for taken slots agrees with the querysets of bookings and holds."""

import datetime as dt

import pytest

from partnership.tests.cast import NOW, Cast, slot
from partnership.tests.moving import bring_to
from talks.models import Booking, Slot, SlotHold
from talks.tests.bookings import requested, unverified

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.mark.parametrize("until", [NOW - HOUR, NOW, NOW + HOUR], ids=["run out", "at this moment", "held"])
@pytest.mark.parametrize("state", Booking.State.values)
def test_a_slot_is_taken_as_long_as_its_talk_blocks(cast: Cast, state: str, until: dt.datetime) -> None:
    on = slot(cast.speaker, days=30)
    booking = unverified(cast, on)
    bring_to(booking, state, now=NOW)
    Booking.objects.filter(pk=booking.pk).update(held_until=until)
    blocks = Booking.objects.blocking(NOW).filter(pk=booking.pk).exists()
    assert Slot.objects.bookable(NOW).filter(pk=on.pk).exists() is not blocks
    assert Slot.objects.bookable(NOW, ignoring=booking).filter(pk=on.pk).exists()


@pytest.mark.parametrize(
    ("closed", "until"), [(None, NOW + DAY), (None, NOW), (NOW - DAY, NOW + DAY)], ids=["stands", "run out", "closed"]
)
def test_a_slot_is_taken_as_long_as_it_is_offered(cast: Cast, closed: dt.datetime | None, until: dt.datetime) -> None:
    on, other = slot(cast.speaker, days=30), slot(cast.speaker, days=40)
    booking = requested(cast, other)
    hold = SlotHold.objects.create(
        booking=booking, speaker=cast.speaker, starts_at=on.starts_at, ends_at=on.ends_at, held_until=until,
        made_at=NOW, closed_at=closed,
    )  # fmt: skip
    stands = SlotHold.objects.standing(NOW).filter(pk=hold.pk).exists()
    assert Slot.objects.bookable(NOW).filter(pk=on.pk).exists() is not stands
    assert Slot.objects.bookable(NOW, ignoring=booking).filter(pk=on.pk).exists()


@pytest.mark.parametrize(("apart", "is_taken"), [(0, True), (59, True), (60, False)])
def test_the_way_home_takes_a_slot_too(cast: Cast, apart: int, is_taken: bool) -> None:
    """The speaker drives for an hour; a slot that begins meanwhile is taken, and one a minute later is free."""
    on = slot(cast.speaker, days=30)
    booking = requested(cast, on)
    Booking.objects.filter(pk=booking.pk).update(travel_minutes=60)
    booking.refresh_from_db()
    begins = booking.ends_at + dt.timedelta(minutes=apart)
    later = Slot.objects.create(partnership=cast.randers, speaker=cast.speaker, starts_at=begins, ends_at=begins + HOUR)
    assert Slot.objects.bookable(NOW).filter(pk=later.pk).exists() is not is_taken
