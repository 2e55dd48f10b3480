"""A talk's steps in words: what was done, and from what to what."""

import datetime as dt

from django.utils.translation import gettext as _

from partnership import clock
from partnership.fields.printed_days import start_in_words
from partnership.places.models import Partnership
from talks.models import NONE_SUITS, SPEAKER_CANNOT_COME, Booking, BookingStep
from talks.told import told_anew

S = Booking.State


def in_words(step: BookingStep, here: Partnership) -> str:
    """Return what a step did. Steps from before it was recorded say only the state."""
    changed = step.changed or {}
    state = step.get_to_state_display()
    if step.to_state == S.CANCELLED:
        return cancelled_in_words(step)
    if "asked_for" in changed:
        return _("asked to move to %(new)s") % {"new": _when(changed["asked_for"][0], here)}
    if "not_moved_to" in changed:
        return _("not moved to %(new)s") % {"new": _when(changed["not_moved_to"][0], here)}
    if _stays(step) and step.to_state == S.TOOK_PLACE and not changed:
        return _("corrected")
    if step.from_state in Booking.CLOSED:
        return _corrected(step, changed.get("attendance") or [None, None])
    if step.to_state in Booking.CLOSED:
        return _recorded(state, changed.get("attendance", [None, None])[1])
    if times := changed.get("starts_at"):
        was, new = (_when(at, here) for at in times)
        # Of another state, it was offered and chosen: the time before may never have been agreed.
        moved = _("moved from %(was)s to %(new)s") % {"was": was, "new": new} if _stays(step) else f"{state}: {new}"
        return _("%(moved)s, with another speaker") % {"moved": moved} if "speaker" in changed else moved
    if _stays(step) and "speaker" in changed:
        return _("given to another speaker")
    if _stays(step) and changed:
        return _("the association has changed: %(what)s") % {"what": told_anew(changed)}
    return state


def cancelled_in_words(step: BookingStep) -> str:
    """Return how a talk came to be cancelled, for the talk's page and the list of changes."""
    changed = step.changed or {}
    if NONE_SUITS in changed:
        return _("none of the offered evenings suited the association")
    if SPEAKER_CANNOT_COME in changed:
        return _("the speaker cannot come, and the talk is cancelled")
    if step.by_id and step.by in (step.booking.association.chair, step.booking.association.deputy):
        return _("cancelled by the association")
    return step.get_to_state_display()


def none_suited(booking: Booking) -> bool:
    """Return whether a talk was cancelled since none of the offered evenings suited the association."""
    return booking.state == S.CANCELLED and NONE_SUITS in (booking.steps.latest("pk").changed or {})


def _stays(step: BookingStep) -> bool:
    return step.from_state == step.to_state


def _corrected(step: BookingStep, came: list[int | None]) -> str:
    was, new = _recorded(step.get_from_state_display(), came[0]), _recorded(step.get_to_state_display(), came[1])
    return _("corrected from “%(was)s” to “%(new)s”") % {"was": was, "new": new}


def _recorded(state: str, came: int | None) -> str:
    return state if came is None else _("%(state)s, attendance %(came)s") % {"state": state, "came": came}


def _when(at: str, here: Partnership) -> str:
    return start_in_words(clock.local(dt.datetime.fromisoformat(at), here.zone))
