"""Today and now: the only module that knows a time zone. Times are stored and compared in UTC; days and clock hours are
local to a partnership. Nothing else calls `timezone.now()`, so a test can pass in any moment.
"""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def now() -> dt.datetime:
    """Return this moment, aware, in UTC."""
    return timezone.now()


def today(zone: ZoneInfo = COPENHAGEN) -> dt.date:
    """Return the local day in `zone`."""
    return local(now(), zone).date()


def local(moment: dt.datetime, zone: ZoneInfo = COPENHAGEN) -> dt.datetime:
    """Return an aware moment in local time of `zone`."""
    return moment.astimezone(zone)


def at(day: dt.date, hour: dt.time, zone: ZoneInfo = COPENHAGEN) -> dt.datetime:
    """Return the UTC moment when clocks in `zone` show `hour` on `day`.

    An hour that the spring change skips raises ValueError; of an hour that comes twice in autumn, the first is meant.
    """
    moment = dt.datetime.combine(day, hour.replace(fold=0), tzinfo=zone).astimezone(dt.UTC)
    if moment.astimezone(zone).time() != hour.replace(fold=0):
        raise ValueError(f"{hour:%H:%M} does not exist on {day:%Y-%m-%d} in {zone.key}.")
    return moment


def end_of(day: dt.date, zone: ZoneInfo = COPENHAGEN) -> dt.datetime:
    """Return the UTC moment when `day` ends in `zone`."""
    return at(day + dt.timedelta(days=1), dt.time(0), zone)


def last_day(end: dt.datetime, zone: ZoneInfo = COPENHAGEN) -> dt.date:
    """Return the local day that is the last one before `end`, which is its midnight or an hour in it."""
    return local(end - dt.timedelta(seconds=1), zone).date()


def days_before(moment: dt.datetime, days: int, zone: ZoneInfo = COPENHAGEN) -> dt.datetime:
    """Return the same local hour `days` local days earlier, in UTC.

    Subtracting 24 hours would be an hour off across a change of clocks. A skipped hour becomes the one after it.
    """
    wall = local(moment, zone)
    earlier = dt.datetime.combine(wall.date() - dt.timedelta(days=days), wall.time().replace(fold=0), tzinfo=zone)
    return earlier.astimezone(dt.UTC)
