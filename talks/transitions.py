"""The one table of how a booking may move, and the one function that moves it."""

import datetime as dt

from django.utils.translation import gettext as _

from partnership.people.models import User
from partnership.refusals import Refused
from talks.models import Booking, BookingStep

S = Booking.State

TRANSITIONS: dict[str, frozenset[str]] = {
    S.UNVERIFIED: frozenset({S.REQUESTED, S.CANCELLED, S.LAPSED}),
    S.REQUESTED: frozenset({S.CONFIRMED, S.OFFERED, S.DECLINED, S.CANCELLED, S.LAPSED}),
    S.OFFERED: frozenset({S.CONFIRMED, S.DECLINED, S.CANCELLED, S.LAPSED}),
    S.CONFIRMED: frozenset({S.OFFERED, S.CANCELLED, S.HELD, S.NOT_HELD}),
    S.DECLINED: frozenset(),
    S.LAPSED: frozenset(),
    S.CANCELLED: frozenset(),
    S.HELD: frozenset(),
    S.NOT_HELD: frozenset(),
}


# Moved to another evening, a talk stays what it is. This is no row of the table: a second "confirm" must meet a no.
MAY_BE_MOVED = frozenset({S.CONFIRMED})


def first_step(booking: Booking, *, by: User | None, now: dt.datetime) -> None:
    """Write the step that a new booking begins with."""
    BookingStep.objects.create(booking=booking, to_state=booking.state, by=by, at=now)


def step(booking: Booking, to: str, *, by: User | None, now: dt.datetime, why: str = "", **changes: object) -> None:
    """Move a locked booking to state `to`, with `changes` to its fields; refuse where the table has no such way.

    The caller holds the lock on the row, so that of two who answer at once the second meets the refusal.
    """
    if to not in TRANSITIONS[booking.state]:
        raise _no_such_step(booking)
    booking.state = to
    _write(booking, by=by, now=now, why=why, changes=changes)


def stay(booking: Booking, *, by: User | None, now: dt.datetime, why: str = "", **changes: object) -> None:
    """Write `changes` to a locked booking that keeps its state, as a step of its own."""
    if booking.state not in MAY_BE_MOVED:
        raise _no_such_step(booking)
    _write(booking, by=by, now=now, why=why, changes=changes)


def _write(booking: Booking, *, by: User | None, now: dt.datetime, why: str, changes: dict[str, object]) -> None:
    for name, value in changes.items():
        setattr(booking, name, value)
    booking.save(update_fields=["state", *changes])
    BookingStep.objects.create(booking=booking, to_state=booking.state, by=by, at=now, why=why)


def _no_such_step(booking: Booking) -> Refused:
    words = _("This talk is %(state)s, so that can no longer be done. See the page for how it stands now.")
    return Refused("no_such_step", words % {"state": booking.get_state_display()})
