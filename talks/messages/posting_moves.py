"""Which messages a chair's question to move a talk causes, to whom and when."""

import datetime as dt
from typing import Any

from partnership.people.models import Role, User
from talks.messages.posting import tell, tell_chair, tell_coordinators, warned_at
from talks.models import Booking, SlotHold


def tell_asked(hold: SlotHold, now: dt.datetime) -> None:
    """Post our deadline to the chair, the task to the coordinators, and what is due if nobody has answered by then: a
    warning, and an apology. The final check drops these two if there is an answer.
    """
    booking, until = _talk(hold), hold.held_until
    about: dict[str, Any] = {"version": str(hold.pk), "hold": hold.pk}
    tell_chair(booking, "move_received", now, expires_at=until, **about)
    coordinators = User.objects.holding(Role.Kind.COORDINATOR, partnership=booking.partnership)
    for person in coordinators:
        tell(person, "asked_to_move", booking, now, expires_at=until, **about)
    due_at = warned_at(hold.answer_by, booking.partnership)
    if due_at > now:
        staff = (Role.Kind.COORDINATOR, Role.Kind.ADMINISTRATOR)
        for person in User.objects.holding(*staff, partnership=booking.partnership):
            tell(person, "move_due", booking, now, due_at=due_at, expires_at=until, **about)
    # A hold that lasts until the talk begins ends too late for a word about it.
    if until < booking.starts_at:
        tell_chair(booking, "move_unanswered", now, due_at=until, expires_at=booking.starts_at, **about)


def tell_refused(hold: SlotHold, step: int, now: dt.datetime) -> None:
    """Tell the chair that the talk stays where it is; the reason stands in the step."""
    asked_for = hold.starts_at.isoformat()
    tell_chair(_talk(hold), "stays", now, version=str(hold.pk), asked_for=asked_for, step=step)


def tell_taken_back(hold: SlotHold, now: dt.datetime, *, by: User, is_for_caller: bool = False) -> None:
    """Tell the coordinators that the association no longer asks to move; and the chair, if they told staff to do it."""
    booking, version = _talk(hold), str(hold.pk)
    until = booking.starts_at
    tell_coordinators(booking, "move_taken_back", now, version=version, expires_at=until, excluding=by)
    if is_for_caller:
        tell_chair(booking, "stays_as_asked", now, version=version, expires_at=until)


def _talk(hold: SlotHold) -> Booking:
    if hold.booking is None:
        raise ValueError(f"{hold!r} is held for no talk.")
    return hold.booking
