"""Every local minute of the nights when the clocks change, in 2026 and 2027, and leap days (check R9)."""

import datetime as dt
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership import clock
from talks.reminders import reminders_of

ZONES = [ZoneInfo("Europe/Copenhagen"), ZoneInfo("Europe/Stockholm")]
SPRING = [dt.date(2026, 3, 29), dt.date(2027, 3, 28)]
AUTUMN = [dt.date(2026, 10, 25), dt.date(2027, 10, 31)]
MINUTES = [dt.time(hour, minute) for hour in range(24) for minute in range(60)]
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize("day", [*SPRING, *AUTUMN], ids=str)
def test_each_minute_on_the_wall_is_the_moment_it_names(day: dt.date, zone: ZoneInfo) -> None:
    moments = []
    for minute in MINUTES:
        if day in SPRING and minute.hour == 2:
            with pytest.raises(ValueError, match="does not exist"):
                clock.at(day, minute, zone)
        else:
            moment = clock.at(day, minute, zone)
            assert clock.local(moment, zone).replace(tzinfo=None) == dt.datetime.combine(day, minute)
            moments.append(moment)
    assert moments == sorted(set(moments))


@dataclass(frozen=True)
class Talk:
    starts_at: dt.datetime
    partnership: SimpleNamespace


def due(starts_at: dt.datetime, zone: ZoneInfo) -> dict[str, dt.datetime]:
    talk = Talk(starts_at, SimpleNamespace(zone=zone))
    return {one.name: one.due_at for one in reminders_of(talk, starts_at - 30 * DAY)}


@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize("changes", [*SPRING, *AUTUMN], ids=str)
@pytest.mark.parametrize("ahead", [0, 1, 7], ids=["on the day", "the day after", "a week after"])
def test_each_reminder_comes_once_at_its_hour(changes: dt.date, ahead: int, zone: ZoneInfo) -> None:
    day = changes + ahead * DAY
    for minute in MINUTES:
        if day in SPRING and minute.hour == 2:
            continue
        starts = clock.at(day, minute, zone)
        planned = due(starts, zone)
        assert list(planned) == ["7days", "1day"]
        for days, name in ((7, "7days"), (1, "1day")):
            wall = clock.local(planned[name], zone)
            expected = dt.datetime.combine(day - days * DAY, minute)
            if expected.date() in SPRING and minute.hour == 2:
                expected += dt.timedelta(hours=1)  # a skipped hour becomes the one after it
            assert wall.replace(tzinfo=None) == expected
            assert planned[name] < starts


@given(
    day=st.dates(dt.date(2026, 1, 1), dt.date(2028, 12, 31)),
    minute=st.sampled_from(MINUTES),
    days=st.integers(0, 400),
    zone=st.sampled_from(ZONES),
)
def test_days_before_is_the_same_hour_on_the_wall_on_any_day(
    day: dt.date, minute: dt.time, days: int, zone: ZoneInfo
) -> None:
    try:
        moment = clock.at(day, minute, zone)
        expected = clock.at(day - days * DAY, minute, zone)
    except ValueError:
        return
    assert clock.days_before(moment, days, zone) == expected


@pytest.mark.parametrize(
    ("starts", "week_before", "day_before"),
    [
        (dt.date(2028, 3, 1), dt.date(2028, 2, 23), dt.date(2028, 2, 29)),
        (dt.date(2028, 2, 29), dt.date(2028, 2, 22), dt.date(2028, 2, 28)),
        (dt.date(2027, 3, 1), dt.date(2027, 2, 22), dt.date(2027, 2, 28)),
    ],
)
def test_leap_days_are_days(starts: dt.date, week_before: dt.date, day_before: dt.date) -> None:
    zone, slot = ZONES[0], dt.time(19)
    planned = due(clock.at(starts, slot, zone), zone)
    assert planned == {"7days": clock.at(week_before, slot, zone), "1day": clock.at(day_before, slot, zone)}


PROBE = """
import datetime as dt
from partnership import clock
now = dt.datetime.now(dt.UTC)
print(now.isoformat(timespec="minutes"), clock.local(now).isoformat(timespec="minutes"))
evening = clock.at(clock.today() + dt.timedelta(days=1), dt.time(19))
print(clock.days_before(evening, 1).isoformat(timespec="minutes"))
"""


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("faketime"), reason="libfaketime is not here: apt-get install faketime")
@pytest.mark.parametrize(
    ("told", "wall", "reminder"),
    [
        ("2026-10-25 00:30:00", "2026-10-25T02:30+02:00", "2026-10-25T18:00+00:00"),
        ("2026-10-25 01:30:00", "2026-10-25T02:30+01:00", "2026-10-25T18:00+00:00"),
        ("2027-03-28 01:30:00", "2027-03-28T03:30+02:00", "2027-03-28T17:00+00:00"),
    ],
)
def test_once_for_real_with_the_machines_clock_moved(told: str, wall: str, reminder: str) -> None:
    around = {**os.environ, "TZ": "UTC", "DJANGO_SETTINGS_MODULE": "partnership.settings"}
    said = subprocess.run(
        ["faketime", "-f", f"@{told}", sys.executable, "-c", PROBE],
        env=around,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert said[1:] == [wall, reminder]
