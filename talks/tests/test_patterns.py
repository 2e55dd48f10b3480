"""Recurring slots become offered slots, and keep matching the patterns."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnership import clock
from partnership.places.models import Area
from partnership.places.spans import overlap
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, slot
from talks import tasks
from talks.actions import bookings, patterns, slots
from talks.models import Booking, Busy, Slot, WeeklyPattern
from talks.tests.bookings import confirmed, requested, unverified

TUESDAYS = {"weekday": 1, "starts": dt.time(19), "ends": dt.time(21), "first_on": dt.date(2026, 12, 1)}


def tuesdays(cast: Cast, **changes: object) -> WeeklyPattern:
    pattern = WeeklyPattern(speaker=cast.speaker, **(TUESDAYS | changes))
    return patterns.add_pattern(pattern=pattern, by=cast.sven, now=NOW)


def days(cast: Cast) -> list[dt.date]:
    found = Slot.objects.filter(speaker=cast.speaker, withdrawn_at=None).order_by("starts_at")
    return [clock.local(one.starts_at, cast.randers.zone).date() for one in found]


def test_a_pattern_is_on_offer_six_months_ahead_at_the_same_hour_on_the_wall(cast: Cast) -> None:
    tuesdays(cast)
    walls = [clock.local(one.starts_at, cast.randers.zone) for one in Slot.objects.all()]
    assert {(wall.weekday(), wall.time()) for wall in walls} == {(1, dt.time(19))}
    assert max(walls).date() > dt.date(2027, 5, 1)
    assert {wall.utcoffset() for wall in walls} == {dt.timedelta(hours=1), dt.timedelta(hours=2)}


def test_filling_again_changes_nothing(cast: Cast) -> None:
    tuesdays(cast)
    before = list(Slot.objects.order_by("pk").values())
    patterns.fill(speaker=cast.speaker, now=NOW)
    assert list(Slot.objects.order_by("pk").values()) == before


def test_public_holidays_are_left_out_unless_the_speaker_includes_them(cast: Cast) -> None:
    fridays = {"weekday": 4, "first_on": dt.date(2027, 3, 1)}
    tuesdays(cast, **fridays)
    assert dt.date(2027, 3, 26) not in days(cast)  # Good Friday
    tuesdays(cast, **fridays, starts=dt.time(15), ends=dt.time(17), also_holidays=True)
    assert dt.date(2027, 3, 26) in days(cast)


def test_days_away_are_taken_out_and_come_back(cast: Cast) -> None:
    tuesdays(cast)
    away = patterns.stay_away(
        speaker=cast.speaker,
        first_on=dt.date(2026, 12, 7),
        last_on=dt.date(2026, 12, 20),
        by=cast.sven,
        now=NOW,
    )
    assert not {dt.date(2026, 12, 8), dt.date(2026, 12, 15)} & set(days(cast))
    patterns.come_back(away=away, by=cast.sven, now=NOW)
    assert dt.date(2026, 12, 8) in days(cast)


def test_a_withdrawn_slot_stays_withdrawn(cast: Cast) -> None:
    tuesdays(cast)
    first = Slot.objects.order_by("starts_at")[0]
    slots.withdraw_slot(slot=first, by=cast.sven, now=NOW)
    patterns.fill(speaker=cast.speaker, now=NOW + dt.timedelta(days=1))
    first.refresh_from_db()
    assert first.withdrawn_at


def test_an_ended_pattern_leaves_what_somebody_has_asked_for(cast: Cast) -> None:
    pattern = tuesdays(cast)
    taken = Slot.objects.bookable(NOW)[2]
    requested(cast, taken)
    patterns.end_pattern(pattern=pattern, by=cast.sven, now=NOW)
    assert list(Slot.objects.all()) == [taken]


def test_patterns_do_not_change_single_slots(cast: Cast) -> None:
    single = slot(cast.speaker, days=30)
    patterns.end_pattern(pattern=tuesdays(cast), by=cast.sven, now=NOW)
    assert list(Slot.objects.all()) == [single]


def test_the_night_fills_what_time_has_opened(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    tuesdays(cast)
    newest = max(days(cast))
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(days=21))
    tasks.nightly()
    tasks.nightly()
    assert max(days(cast)) > newest
    assert len(days(cast)) == len(set(days(cast)))


@pytest.mark.parametrize("name", ["helle", "ruth", "frede", "palle", "kerstin", "gunnar"])
def test_who_may_not_change_svens_time(cast: Cast, name: str) -> None:
    with pytest.raises(Refused):
        patterns.add_pattern(pattern=WeeklyPattern(speaker=cast.speaker, **TUESDAYS), by=getattr(cast, name), now=NOW)
    assert not Slot.objects.exists()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    asked=st.lists(
        st.tuples(st.integers(20, 22), st.integers(10, 20), st.sampled_from(["burglary", "group_start", "online"])),
        min_size=2,
        max_size=7,
    )
)
def test_no_two_talks_of_a_speaker_overlap_ever_the_drive_included(cast: Cast, asked: list) -> None:
    Booking.objects.all().delete()
    Slot.objects.all().delete()
    for number, (day, hour, key) in enumerate(asked):
        on = Slot.objects.filter(starts_at=NOW.replace(hour=hour, minute=0) + dt.timedelta(days=day)).first()
        try:
            unverified(cast, on or slot(cast.speaker, days=day, hour=hour), email=f"c{number}@x.example", format=key)
        except Refused:
            continue
    found = Booking.objects.blocking(NOW).annotate(busy=Busy("starts_at", "ends_at", "travel_minutes"))
    spans = [(one.busy.lower, one.busy.upper) for one in found]
    assert spans
    assert not any(overlap(a, b) for n, a in enumerate(spans) for b in spans[n + 1 :])


def test_a_talk_that_cannot_be_reached_in_time_is_refused(cast: Cast) -> None:
    confirmed(cast, slot(cast.speaker, hour=16))
    with pytest.raises(Refused) as refusal:
        unverified(cast, slot(cast.speaker, hour=18), email="else@randers.example", association="Enghaven")
    # The first ends at 17.30, and half an hour each way does not fit before 18.
    assert refusal.value.reason == "too_close"


def test_an_online_talk_may_follow_as_soon_as_the_speaker_is_home(cast: Cast) -> None:
    confirmed(cast, slot(cast.speaker, hour=16))
    later = slot(cast.speaker, hour=18)
    assert unverified(cast, later, email="e@randers.example", association="Enghaven", format="online", place="")


def test_a_speaker_with_a_radius_does_not_go_further_but_speaks_online_to_all(cast: Cast) -> None:
    far = Area.objects.create(partnership=cast.randers, name="Far", slug="far", code="9", latitude=56.7, longitude=10.0)
    cast.speaker.home_area, cast.speaker.radius_km = cast.vorup, 15
    cast.speaker.save(update_fields=["home_area", "radius_km"])
    with pytest.raises(Refused) as refusal:
        unverified(cast, slot(cast.speaker), area=far, association="Far")
    assert refusal.value.reason == "too_far"
    assert unverified(cast, slot(cast.speaker, days=25), area=far, association="Far", format="online", place="")


def test_a_talk_longer_than_the_slot_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        unverified(cast, slot(cast.speaker, hours=1))
    assert refusal.value.reason == "too_short"


def test_the_drive_is_kept_with_the_talk(cast: Cast) -> None:
    cast.speaker.home_area = cast.dronningborg
    cast.speaker.save(update_fields=["home_area"])
    asked = requested(cast)
    talk = bookings.confirm(booking=asked, place_seen=asked.place, by=cast.karen, now=NOW)
    assert talk.travel_minutes == 10


def test_days_away_take_single_evenings_off_the_list_but_not_those_that_are_asked_for(cast: Cast) -> None:
    free, asked, later = (slot(cast.speaker, days=days) for days in (20, 21, 25))
    requested(cast, asked)
    day = clock.local(free.starts_at, cast.randers.zone).date()
    patterns.stay_away(speaker=cast.speaker, first_on=day, last_on=day + dt.timedelta(days=1), by=cast.sven, now=NOW)
    assert set(Slot.objects.bookable(NOW)) == {later}
    assert set(Slot.objects.to_show(NOW)) == {asked, later}
