"""The arithmetic of slots holds for every pattern, every day and every night with a change of clocks."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership import clock
from partnership.holidays import holidays, is_holiday, last_working_day
from partnership.places.models import Area
from partnership.places.spans import busy, overlap, span_on, start_of, travel_minutes
from partnership.weekly import Weekly

COPENHAGEN, STOCKHOLM = ZoneInfo("Europe/Copenhagen"), ZoneInfo("Europe/Stockholm")
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2030, 12, 31))
HOURS = st.times().map(lambda hour: hour.replace(second=0, microsecond=0))
ZONES = st.sampled_from([COPENHAGEN, STOCKHOLM])
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda n: dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=n)
)
CHANGES = [dt.date(2026, 3, 29), dt.date(2026, 10, 25), dt.date(2027, 3, 28), dt.date(2027, 10, 31)]


@given(
    weekday=st.integers(0, 6),
    first_on=DAYS,
    last_on=st.none() | DAYS,
    every=st.integers(1, 8),
    first=DAYS,
    length=st.integers(0, 400),
    excluding=st.sets(DAYS, max_size=20),
)
def test_a_pattern_means_exactly_the_days_that_its_words_say(
    weekday: int, first_on: dt.date, last_on: dt.date | None, every: int, first: dt.date, length: int, excluding: set
) -> None:
    last = first + dt.timedelta(days=length)
    found = list(Weekly(weekday, first_on, last_on, every).days(first, last, excluding=excluding))
    # The slow way: check each day.
    week_of_first = first_on - dt.timedelta(days=first_on.weekday())
    expected = [
        day
        for day in (first + dt.timedelta(days=n) for n in range(length + 1))
        if day.weekday() == weekday
        and first_on <= day <= (last_on or day)
        and (day - week_of_first).days // 7 % every == 0
        and day not in excluding
    ]
    assert found == expected


@given(day=DAYS | st.sampled_from(CHANGES), starts=HOURS, ends=HOURS, zone=ZONES)
def test_a_slot_shows_its_own_hours_on_the_wall_or_is_not_there(
    day: dt.date, starts: dt.time, ends: dt.time, zone: ZoneInfo
) -> None:
    span = span_on(day, starts, ends, zone)
    if span is None:
        skipped = any(_is_skipped(day, hour, zone) for hour in (starts, ends))
        backwards = _moment(day, starts, zone) >= _moment(day, ends, zone)
        assert skipped or backwards
        return
    walls = [clock.local(moment, zone) for moment in span]
    assert [(wall.date(), wall.time()) for wall in walls] == [(day, starts), (day, ends)]
    assert span[0] < span[1]


def _moment(day: dt.date, hour: dt.time, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day, hour, tzinfo=zone).astimezone(dt.UTC)


def _is_skipped(day: dt.date, hour: dt.time, zone: ZoneInfo) -> bool:
    return _moment(day, hour, zone).astimezone(zone).time() != hour


def test_a_slot_across_the_spring_change_is_an_hour_shorter_than_it_looks() -> None:
    span = span_on(dt.date(2026, 3, 29), dt.time(1), dt.time(4), COPENHAGEN)
    assert span[1] - span[0] == dt.timedelta(hours=2)


def test_an_hour_that_the_spring_change_skips_makes_no_slot() -> None:
    assert span_on(dt.date(2026, 3, 29), dt.time(2, 30), dt.time(4), STOCKHOLM) is None


@given(starts=MOMENTS, length=st.integers(1, 400), minutes=st.integers(1, 400))
def test_a_talk_never_runs_past_its_slot(starts: dt.datetime, length: int, minutes: int) -> None:
    slot = starts, starts + dt.timedelta(minutes=length)
    talk = start_of(slot, minutes)
    assert (talk is None) == (minutes > length)
    if talk:
        assert talk == (starts, starts + dt.timedelta(minutes=minutes))


AREAS = st.builds(Area, latitude=st.floats(56.2, 56.7), longitude=st.floats(9.5, 10.6))


@given(home=AREAS, one=AREAS, other=AREAS, first=MOMENTS, gap=st.integers(0, 300), usual=st.integers(5, 60))
def test_between_two_talks_there_is_always_time_to_drive(
    home: Area, one: Area, other: Area, first: dt.datetime, gap: int, usual: int
) -> None:
    talk = first, first + dt.timedelta(minutes=60)
    following = talk[1] + dt.timedelta(minutes=gap), talk[1] + dt.timedelta(minutes=gap + 60)
    ways = travel_minutes(home, one, usual), travel_minutes(home, other, usual)
    if not overlap(busy(talk, ways[0]), busy(following, ways[1])):
        assert gap >= travel_minutes(one, other, usual)


@given(one=st.tuples(MOMENTS, st.integers(1, 500)), other=st.tuples(MOMENTS, st.integers(1, 500)))
def test_overlap_is_the_same_from_both_sides_and_touching_is_none(one: tuple, other: tuple) -> None:
    first = one[0], one[0] + dt.timedelta(minutes=one[1])
    second = other[0], other[0] + dt.timedelta(minutes=other[1])
    assert overlap(first, second) == overlap(second, first)
    assert overlap(first, first)
    assert not overlap(first, (first[1], first[1] + dt.timedelta(minutes=5)))


def test_an_online_talk_needs_no_driving_and_an_unknown_home_the_usual_time() -> None:
    here = Area(latitude=56.46, longitude=10.03)
    assert travel_minutes(here, here, 0) == 0
    assert travel_minutes(None, here, 30) == 30
    assert 20 < here.kilometres_to(Area(latitude=56.65, longitude=10.03)) < 22


@pytest.mark.parametrize(
    "country, day, off",
    [
        ("DK", dt.date(2026, 4, 2), True),  # Maundy Thursday
        ("SE", dt.date(2026, 4, 2), False),
        ("DK", dt.date(2026, 5, 14), True),  # Ascension
        ("DK", dt.date(2026, 5, 1), False),  # Great Prayer Day was abolished, and 1 May never was one
        ("SE", dt.date(2026, 5, 1), True),
        ("SE", dt.date(2026, 6, 19), True),  # Midsummer's Eve
        ("SE", dt.date(2026, 6, 20), True),
        ("DK", dt.date(2026, 6, 5), True),  # Constitution Day
        ("SE", dt.date(2026, 10, 31), True),  # All Saints
        ("DK", dt.date(2026, 12, 24), True),
        ("SE", dt.date(2027, 1, 6), True),  # Epiphany
        ("DK", dt.date(2027, 1, 6), False),
    ],
)
def test_holidays_are_each_countrys_own(country: str, day: dt.date, off: bool) -> None:
    assert is_holiday(country, day) is off


@given(year=st.integers(1950, 2150))
def test_every_year_has_its_holidays_within_it(year: int) -> None:
    for country, fewest in (("DK", 12), ("SE", 14)):
        assert len(holidays(country, year)) >= fewest
        assert {day.year for day in holidays(country, year)} == {year}


@pytest.mark.parametrize(
    "country, day, earlier",
    [
        ("SE", dt.date(2026, 12, 6), dt.date(2026, 12, 4)),  # a Sunday
        ("SE", dt.date(2026, 12, 8), dt.date(2026, 12, 8)),
        ("DK", dt.date(2026, 12, 26), dt.date(2026, 12, 23)),  # Boxing Day, Christmas Day and the eve
        ("SE", dt.date(2027, 1, 6), dt.date(2027, 1, 5)),
    ],
)
def test_a_deadline_is_a_working_day(country: str, day: dt.date, earlier: dt.date) -> None:
    assert last_working_day(country, day) == earlier
