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


MORNING = dt.time(10)
THANKS_STAND = dt.timedelta(days=30)
# Until then speaker or staff have usually said whether the talk took place.
ASSUMED_AFTER_DAYS = 3


def morning_after(booking: Booking, days: int) -> dt.datetime:
    """Return the morning some days after a talk."""
    zone = booking.partnership.zone
    return clock.at(clock.local(booking.ends_at, zone).date() + dt.timedelta(days=days), MORNING, zone)


def question_for(booking: Booking) -> Reminder:
    """Return when the speaker is asked how it went: the morning after the talk."""
    due_at = morning_after(booking, 1)
    return Reminder("question", due_at, due_at + THANKS_STAND)


def thanks_for(booking: Booking) -> Reminder:
    """Return when the chair is asked about a talk of which nobody has said whether it took place."""
    due_at = morning_after(booking, ASSUMED_AFTER_DAYS)
    return Reminder("thanks", due_at, due_at + THANKS_STAND)
