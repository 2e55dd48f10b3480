"""Today and now: the only module that knows a time zone.

Times are stored and compared in UTC; a day, and the hour on a wall, are local to a partnership. Nothing else
calls `timezone.now()`, so a test can hand in any moment and a move of zone is one line here.
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
    """Return an aware moment as the wall in `zone` shows it."""
    return moment.astimezone(zone)


def at(day: dt.date, hour: dt.time, zone: ZoneInfo = COPENHAGEN) -> dt.datetime:
    """Return the UTC moment when the wall in `zone` shows `hour` on `day`.

    An hour that the spring change skips raises ValueError; of an hour that comes twice in autumn, the first is meant.
    """
    moment = dt.datetime.combine(day, hour.replace(fold=0), tzinfo=zone).astimezone(dt.UTC)
    if moment.astimezone(zone).time() != hour.replace(fold=0):
        raise ValueError(f"{hour:%H:%M} does not exist on {day:%Y-%m-%d} in {zone.key}.")
    return moment


def days_before(moment: dt.datetime, days: int, zone: ZoneInfo = COPENHAGEN) -> dt.datetime:
    """Return the same hour on the wall `days` local days earlier, in UTC.

    Subtracting 24 hours would be an hour off across a change of clocks. A skipped hour becomes the one after it.
    """
    wall = local(moment, zone)
    earlier = dt.datetime.combine(wall.date() - dt.timedelta(days=days), wall.time().replace(fold=0), tzinfo=zone)
    return earlier.astimezone(dt.UTC)
