"""The arithmetic of times that can be booked, and whether one can get from one event to the next. Pure: no clock, no
database. Takes local days and hours, returns moments in UTC.
"""

import datetime as dt
import math
from zoneinfo import ZoneInfo

from partnership import clock
from partnership.places.models import Area

Span = tuple[dt.datetime, dt.datetime]

# Roads are longer than the straight line, and a car does about 45 kilometres an hour on average.
DETOUR = 1.3
MINUTES_PER_KM = 60 / 45
TO_THE_CAR_AND_BACK = 10


def span_on(day: dt.date, starts: dt.time, ends: dt.time, zone: ZoneInfo) -> Span | None:
    """Return a slot's start and end; None if the spring change skips one of its hours. Both are local hours, so on a
    night with a change of clocks the slot is an hour shorter or longer than it looks.
    """
    try:
        span = clock.at(day, starts, zone), clock.at(day, ends, zone)
    except ValueError:
        return None
    return span if span[0] < span[1] else None


def start_of(slot: Span, minutes: int) -> Span | None:
    """Return the first `minutes` of a slot; None if it is shorter."""
    ends_at = slot[0] + dt.timedelta(minutes=minutes)
    return (slot[0], ends_at) if ends_at <= slot[1] else None


def busy(event: Span, travel_minutes: int) -> Span:
    """Return the time from departure to return of somebody who travels to an event."""
    way = dt.timedelta(minutes=travel_minutes)
    return event[0] - way, event[1] + way


def overlap(one: Span, other: Span) -> bool:
    """Return whether two periods overlap; one that begins as the other ends does not."""
    return one[0] < other[1] and other[0] < one[1]


def travel_minutes(home: Area | None, there: Area | None, usual: int) -> int:
    """Return the minutes of one way, rounded up to fives; `usual` if either end is unknown.

    Each event reserves the way out and the way home. That leaves time to drive from one to the next, since no direct
    way is longer than the way via home.
    """
    if home is None or there is None or usual == 0:
        return usual
    minutes = TO_THE_CAR_AND_BACK + home.kilometres_to(there) * DETOUR * MINUTES_PER_KM
    return math.ceil(minutes / 5) * 5
