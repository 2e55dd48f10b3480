"""A talk's steps in words: what was done, and from what to what."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership import clock
from partnership.fields.printed_days import start_in_words
from partnership.people.access import has_role
from partnership.people.models import Role
from partnership.places.models import Partnership
from talks.models import (
    ASKED_FOR,
    NO_LONGER_ASKED_FOR,
    NONE_SUITS,
    NOT_MOVED_TO,
    OFFER_WITHDRAWN,
    SHOWN,
    SPEAKER_CANNOT_COME,
    Booking,
    BookingStep,
)
from talks.place_facts import changed_in_words
from talks.when import was_agreed

S = Booking.State
_STANDING = {
    S.UNVERIFIED: gettext_lazy("This talk is kept for you, but the email is not confirmed yet."),
    S.REQUESTED: gettext_lazy("This talk is requested."),
    S.OFFERED: gettext_lazy("Other evenings are offered for this talk."),
    S.CONFIRMED: gettext_lazy("This talk is confirmed."),
    S.DECLINED: gettext_lazy("This talk is declined."),
    S.TOOK_PLACE: gettext_lazy("This talk took place."),
    S.DID_NOT_TAKE_PLACE: gettext_lazy("This talk did not take place."),
}
# By the state before.
_LAPSED = {
    S.UNVERIFIED: gettext_lazy("The link in our email was not used in time."),
    S.REQUESTED: gettext_lazy("This request was not answered in time."),
    S.OFFERED: gettext_lazy("No evening was chosen in time."),
}
# In a list, and as a sentence.
_CANCELLED = {
    "": (S.CANCELLED.label, gettext_lazy("This talk is cancelled.")),
    "association": (
        gettext_lazy("cancelled by the association"),
        gettext_lazy("This talk is cancelled by the association."),
    ),
    "withdrawn": (
        gettext_lazy("withdrawn by the association"),
        gettext_lazy("This request is withdrawn by the association."),
    ),
    NONE_SUITS: (
        gettext_lazy("none of the offered evenings suited the association"),
        gettext_lazy("This talk is cancelled, since none of the offered evenings suited the association."),
    ),
    "no talk": (
        gettext_lazy("none of the offered evenings suited the association"),
        gettext_lazy("No talk was agreed, since none of the offered evenings suited the association."),
    ),
    SPEAKER_CANNOT_COME: (
        gettext_lazy("the speaker cannot come, and the talk is cancelled"),
        gettext_lazy("This talk is cancelled, since the speaker cannot come."),
    ),
}
# By whether the talk was agreed.
_CANCELLED_BY_US = {
    True: gettext_lazy("We have cancelled this talk."),
    False: gettext_lazy("We have withdrawn this request."),
}


def in_words(step: BookingStep, here: Partnership) -> str:
    """Return what a step did. Steps from before it was recorded say only the state."""
    changed = step.changed or {}
    state = step.get_to_state_display()
    if not step.from_state and step.to_state == S.REQUESTED and step.medium:
        return _("asked for, and written down by staff")
    if not step.from_state and step.to_state == S.REQUESTED:
        return _("made from the days that the association wished for")
    if step.to_state == S.CANCELLED:
        return cancelled_in_words(step)
    if step.to_state == S.UNVERIFIED:
        return _("the request was sent, and the evening kept until the email was confirmed")
    if SHOWN in changed:
        return _("the place is shown on the public page")
    if ASKED_FOR in changed:
        return _("asked to move to %(new)s") % {"new": _when(changed[ASKED_FOR][0], here)}
    if NO_LONGER_ASKED_FOR in changed:
        return _("no longer asks to move to %(new)s") % {"new": _when(changed[NO_LONGER_ASKED_FOR][0], here)}
    if OFFER_WITHDRAWN in changed:
        return _("the offer is withdrawn, and the talk confirmed on the original evening")
    if _stays(step) and step.to_state == S.OFFERED:
        return _("offered other evenings instead")
    if NOT_MOVED_TO in changed:
        return _("not moved to %(new)s") % {"new": _when(changed[NOT_MOVED_TO][0], here)}
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
        said = _("the association has changed: %(what)s") if _is_by_association(step) else _("changed: %(what)s")
        return said % {"what": changed_in_words(changed)}
    return state


def cancelled_in_words(step: BookingStep) -> str:
    """Return how a talk came to be cancelled, for the talk's page and the list of changes."""
    words, _sentence = _CANCELLED[_cause(step)]
    return str(words)


def standing(booking: Booking) -> str:
    """Return how a talk stands, as a sentence; of a cancelled one, how that came, and whether we did it."""
    if booking.state == S.CONFIRMED and booking.ends_at <= clock.now():
        return _("The time of this talk has passed.")
    if booking.state == S.LAPSED:
        return str(_LAPSED[S(newest_step(booking).from_state or S.REQUESTED)])
    if booking.state != S.CANCELLED:
        return str(_STANDING[S(booking.state)])
    step = newest_step(booking)
    cause = _cause(step)
    if not cause and step.by and has_role(step.by, booking.partnership, *Role.STAFF):
        return str(_CANCELLED_BY_US[was_agreed(booking)])
    _words, sentence = _CANCELLED[cause]
    return str(sentence)


def is_cancelled_by_association(booking: Booking) -> bool:
    """Return whether the association has cancelled a talk or withdrawn a request, also by telling staff."""
    return booking.state == S.CANCELLED and _cause(newest_step(booking)) in ("association", "withdrawn")


def _cause(step: BookingStep) -> str:
    """Return what led to a cancellation: a key of `_CANCELLED`."""
    agreed = was_agreed(step.booking)
    if NONE_SUITS in (step.changed or {}):
        return NONE_SUITS if agreed else "no talk"
    if SPEAKER_CANNOT_COME in (step.changed or {}):
        return SPEAKER_CANNOT_COME
    if _is_by_association(step):
        return "association" if agreed else "withdrawn"
    return ""


def _is_by_association(step: BookingStep) -> bool:
    if step.medium:
        return True  # staff did it for them
    association = step.booking.association
    return step.by_id is not None and step.by in (association.chair, association.deputy)


def none_suits(booking: Booking) -> str:
    """Return what it does to say that no offered evening suits: the words of the button."""
    return _("None of them: cancel the talk") if was_agreed(booking) else _("None of them: withdraw the request")


def answer_of(booking: Booking) -> str:
    """Return what staff answered the association when they confirmed its talk; empty for one that it chose itself."""
    step = _confirmation(booking)
    return step.why if step else ""


def is_answer_outdated(booking: Booking) -> bool:
    """Return whether another speaker has taken the talk since staff answered the association: what they wrote may have
    been about the one before.
    """
    step = _confirmation(booking)
    if step is None or not step.why:
        return False
    return any("speaker" in (later.changed or {}) for later in booking.steps.all() if later.pk > step.pk)


def _confirmation(booking: Booking) -> BookingStep | None:
    """Return the step by which staff confirmed a request; None for a talk that was chosen among offered evenings."""
    agreed = (step for step in booking.steps.all() if (step.from_state, step.to_state) == (S.REQUESTED, S.CONFIRMED))
    return next(agreed, None)


def newest_step(booking: Booking) -> BookingStep:
    """Return the newest step, from the steps that are fetched already if they are."""
    return max(booking.steps.all(), key=lambda step: step.pk)


def _stays(step: BookingStep) -> bool:
    return step.from_state == step.to_state


def _corrected(step: BookingStep, came: list[int | None]) -> str:
    was, new = _recorded(step.get_from_state_display(), came[0]), _recorded(step.get_to_state_display(), came[1])
    return _("corrected from “%(was)s” to “%(new)s”") % {"was": was, "new": new}


def _recorded(state: str, came: int | None) -> str:
    return state if came is None else _("%(state)s, attendance %(came)s") % {"state": state, "came": came}


def _when(at: str, here: Partnership) -> str:
    return start_in_words(clock.local(dt.datetime.fromisoformat(at), here.zone))
