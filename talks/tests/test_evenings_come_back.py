"""An evening that was withdrawn can be offered again, and being back brings back what an absence took."""

import datetime as dt

import pytest

from partnership import clock
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, slot, visit
from talks.actions import offers, patterns, slots, wishes
from talks.models import Booking, DaysAway, Slot, WeeklyPattern
from talks.tests.bookings import confirmed, requested
from talks.tests.test_patterns import tuesdays
from talks.tests.test_wishes import wished

S = Booking.State
HOUR = dt.timedelta(hours=1)
EVENINGS = "/da/talks/evenings/"


def offer(cast: Cast, on: Slot, longer: dt.timedelta = dt.timedelta(0), now: dt.datetime = NOW) -> Slot:
    ends_at = on.ends_at + longer
    return slots.offer_slot(speaker=cast.speaker, starts_at=on.starts_at, ends_at=ends_at, by=cast.sven, now=now)


def back(cast: Cast) -> None:
    patterns.come_back(away=DaysAway.objects.get(), by=cast.sven, now=NOW)


@pytest.mark.parametrize("longer", [dt.timedelta(0), HOUR, -HOUR / 2])
def test_a_withdrawn_evening_is_offered_again_with_the_hours_of_now(cast: Cast, longer: dt.timedelta) -> None:
    on = slot(cast.speaker)
    slots.withdraw_slot(slot=on, by=cast.sven, now=NOW)
    again = offer(cast, on, longer)
    assert list(Slot.objects.bookable(NOW)) == [again]
    assert again.ends_at == on.ends_at + longer


def test_an_evening_of_a_pattern_that_is_offered_again_by_hand_outlives_the_pattern(cast: Cast) -> None:
    pattern = tuesdays(cast)
    on = Slot.objects.order_by("starts_at")[3]
    slots.withdraw_slot(slot=on, by=cast.sven, now=NOW)
    offer(cast, on)
    patterns.end_pattern(pattern=pattern, by=cast.sven, now=NOW)
    assert list(Slot.objects.bookable(NOW)) == [on]


def test_an_evening_that_staff_took_off_the_list_is_put_back_by_them(cast: Cast) -> None:
    on = slot(cast.speaker)
    booking = offers.offer(
        booking=requested(cast, on), slots=[slot(cast.speaker, days=40)], by=cast.karen, now=NOW, is_gone=True
    )
    with pytest.raises(Refused):
        offers.withdraw_offer(booking=booking, by=cast.karen, now=NOW)
    slots.offer_slot(speaker=cast.speaker, starts_at=on.starts_at, ends_at=on.ends_at, by=cast.karen, now=NOW)
    assert offers.withdraw_offer(booking=booking, by=cast.karen, now=NOW).state == S.CONFIRMED


def test_being_back_brings_back_single_evenings_but_not_one_that_was_removed_by_hand(cast: Cast) -> None:
    on, removed = slot(cast.speaker), slot(cast.speaker, hour=10)
    slots.withdraw_slot(slot=removed, by=cast.sven, now=NOW)
    day = clock.local(on.starts_at, cast.randers.zone).date()
    patterns.stay_away(speaker=cast.speaker, first_on=day, last_on=day, by=cast.sven, now=NOW)
    assert not Slot.objects.bookable(NOW).exists()
    back(cast)
    assert list(Slot.objects.bookable(NOW)) == [on]


def test_who_can_come_after_all_has_the_day_back_and_staff_put_the_talk_back(cast: Cast) -> None:
    afternoon = slot(cast.speaker, hour=10)
    booking = confirmed(cast, slot(cast.speaker))
    at_first = booking.starts_at
    booking = offers.call_off(booking=booking, slots=[slot(cast.speaker, days=40)], by=cast.sven, now=NOW)
    with pytest.raises(Refused):
        offers.withdraw_offer(booking=booking, by=cast.karen, now=NOW)
    back(cast)
    assert afternoon in Slot.objects.bookable(NOW)
    booking = offers.withdraw_offer(booking=booking, by=cast.karen, now=NOW)
    assert (booking.state, booking.starts_at) == (S.CONFIRMED, at_first)


def meet(cast: Cast) -> Booking:
    made = wished(cast)
    return wishes.accept(wish=made, speaker=cast.speaker, day=made.wished_days[0], by=cast.karen, now=NOW)


def removed_at_the_wished_hour(cast: Cast) -> Slot:
    """Return a slot at the hour of the first wish that its speaker has removed."""
    on = slot(cast.speaker, days=21)
    slots.withdraw_slot(slot=on, by=cast.sven, now=NOW - HOUR)
    return on


def test_a_wish_is_met_on_an_evening_that_the_speaker_had_withdrawn(cast: Cast) -> None:
    on = removed_at_the_wished_hour(cast)
    assert meet(cast).starts_at == on.starts_at
    assert not Slot.objects.bookable(NOW).exists()


@pytest.mark.parametrize("was_removed", [True, False])
def test_a_talk_that_met_a_wish_returns_to_its_own_evening_after_an_offer(cast: Cast, was_removed: bool) -> None:
    if was_removed:
        removed_at_the_wished_hour(cast)
    booking = meet(cast)
    at_first = booking.starts_at
    booking = offers.offer(booking=booking, slots=[slot(cast.speaker, days=40)], by=cast.karen, now=NOW + HOUR)
    booking = offers.withdraw_offer(booking=booking, by=cast.karen, now=NOW + HOUR)
    assert (booking.state, booking.starts_at) == (S.CONFIRMED, at_first)


@pytest.mark.parametrize("was_removed", [True, False])
def test_a_talk_that_met_a_wish_does_not_return_to_an_evening_that_is_gone(cast: Cast, was_removed: bool) -> None:
    if was_removed:
        removed_at_the_wished_hour(cast)
    booking, other = meet(cast), slot(cast.speaker, days=40)
    booking = offers.offer(booking=booking, slots=[other], by=cast.karen, now=NOW + HOUR, is_gone=True)
    with pytest.raises(Refused) as refused:
        offers.withdraw_offer(booking=booking, by=cast.karen, now=NOW + HOUR)
    assert refused.value.reason == "no_evening"


def test_a_pattern_that_has_ended_begins_again(cast: Cast) -> None:
    patterns.end_pattern(pattern=tuesdays(cast), by=cast.sven, now=NOW)
    assert not Slot.objects.bookable(NOW).exists()
    again = tuesdays(cast, ends=dt.time(22))
    assert Slot.objects.bookable(NOW).exists()
    assert (WeeklyPattern.objects.get(), again.last_on, again.ends) == (again, None, dt.time(22))


def day_fields(name: str, day: dt.date) -> dict[str, int]:
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


@pytest.mark.parametrize("what", ["", "patterns/"])
def test_a_second_press_on_a_new_evening_or_pattern_is_the_first(cast: Cast, what: str) -> None:
    day = clock.local(NOW).date() + dt.timedelta(days=30)
    hours = {"speaker": cast.speaker.pk, "starts": "19.00", "ends": "21.00"}
    sent = {**hours, "weekday": 3, "every_weeks": 1, **day_fields("first_on" if what else "day", day)}
    sven = visit(cast.sven)
    assert [sven.post(EVENINGS + what, sent).status_code for _press in range(2)] == [302, 302]
    assert (WeeklyPattern.objects.count(), Slot.objects.filter(pattern=None).count()) == ((1, 0) if what else (0, 1))
    page = sven.post(EVENINGS + what, {**sent, "ends": "22.00"})
    assert page.status_code == 400
    assert "Du tilbyder allerede" in page.content.decode()
