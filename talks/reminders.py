"""When chair and speaker are reminded of a talk."""

import datetime as dt
from dataclasses import dataclass

from partnership import clock
from talks.models import Booking


@dataclass(frozen=True)
class Reminder:
    """One reminder of a talk, with the times when it is due and when it expires."""

    name: str
    due_at: dt.datetime
    expires_at: dt.datetime


def reminders_of(booking: Booking, now: dt.datetime) -> list[Reminder]:
    """Return the coming reminders of a talk that is confirmed at `now`: seven days and one day before it. They are at
    the local hour of the talk, also across a change of clocks.
    """
    zone = booking.partnership.zone
    planned = [
        Reminder("7days", clock.days_before(booking.starts_at, 7, zone), clock.days_before(booking.starts_at, 2, zone)),
        Reminder("1day", clock.days_before(booking.starts_at, 1, zone), booking.starts_at - dt.timedelta(hours=1)),
    ]
    return [one for one in planned if one.due_at > now]


THANKS_AT = dt.time(10)
THANKS_STAND = dt.timedelta(days=30)


def thanks_for(booking: Booking) -> Reminder:
    """Return when chair and speaker are thanked: the morning after the talk."""
    zone = booking.partnership.zone
    next_day = clock.local(booking.ends_at, zone).date() + dt.timedelta(days=1)
    due_at = clock.at(next_day, THANKS_AT, zone)
    return Reminder("thanks", due_at, due_at + THANKS_STAND)
