"""Whether an evening can be had, and the true reason if it cannot."""

import datetime as dt

from django.utils.translation import gettext as _

from partnership.places import spans
from partnership.places.models import Partnership
from partnership.refusals import Refused
from talks.models import Booking, DaysAway, Slot, SlotHold, Speaker
from talks.when import has_own_time

S = Booking.State
A_DAY = dt.timedelta(days=1)


def refused_taken() -> Refused:
    """Return the refusal (slot_taken); the caller raises it."""
    return Refused("slot_taken", _("This evening has just been taken. Please pick another."))


def refused_withdrawn() -> Refused:
    """Return the refusal (withdrawn); the caller raises it."""
    return Refused("withdrawn", _("The speaker no longer offers this evening. Please pick another."))


def refusal_of(
    slot: Slot, now: dt.datetime, *, ignoring: Booking | None = None, at_short_notice: bool = False
) -> Refused | None:
    """Return why a slot cannot be had; None if it can. What `ignoring` occupies counts as free."""
    rows = Slot.objects.bookable(now, ignoring=ignoring, at_short_notice=at_short_notice)
    if rows.filter(pk=slot.pk).exists():
        return None
    # Read again, since it may have changed after the caller read it.
    found = Slot.objects.select_related("speaker__partnership").filter(pk=slot.pk).first()
    if found is None or found.withdrawn_at:
        return refused_withdrawn()
    span = (found.starts_at, found.ends_at)
    return (
        unavailable(found.speaker, found.starts_at, now)
        or occupied(found.speaker, span, 0, now, ignoring)
        or _refused_too_soon(found.partnership)
    )


def unavailable(speaker: Speaker, starts_at: dt.datetime, now: dt.datetime) -> Refused | None:
    """Return why no talk of a speaker can begin then, whatever else they do: withdrawn, past or away; None if it can.
    A speaker who gives no more talks has withdrawn all evenings.
    """
    if not speaker.is_active:
        return refused_withdrawn()
    if starts_at <= now:
        return Refused("past", _("That evening has passed. Pick a later day."))
    if DaysAway.objects.covering(speaker, starts_at).exists():
        return Refused("away", _("The speaker gives no talks on that day. Please pick another evening."))
    return None


def occupied(
    speaker: Speaker, span: spans.Span, travel_minutes: int, now: dt.datetime, ignoring: Booking | None
) -> Refused | None:
    """Return that a speaker has another talk then (slot_taken), or cannot drive from it or to it in time (too_close);
    None if neither. What is held for somebody counts as a talk.
    """
    near = _near(speaker, span, now, ignoring)
    if any(spans.overlap(one, span) for one, _way in near):
        return refused_taken()
    own = spans.busy(span, travel_minutes)
    if any(spans.overlap(spans.busy(one, way), own) for one, way in near):
        return Refused(
            "too_close", _("The speaker cannot get here in time from another talk. Please pick another evening.")
        )
    return None


def why_not(pk: int, partnership: Partnership, now: dt.datetime, *, at_short_notice: bool = False) -> str:
    """Return the reason for a reader whose slot is no longer among the choices."""
    refusal = _refusal_for(pk, partnership, now, at_short_notice)
    return refusal.message if refusal else _("This evening can no longer be chosen. Please pick another.")


def why_gone(pk: int, partnership: Partnership, now: dt.datetime, *, at_short_notice: bool = False) -> str:
    """Return the reason for a reader whose link names a slot that is no longer among the choices: it may be old."""
    refusal = _refusal_for(pk, partnership, now, at_short_notice)
    if refusal and refusal.reason != "slot_taken":
        return refusal.message
    return _("The evening that you chose is no longer free. Please pick another.")


def _refusal_for(pk: int, partnership: Partnership, now: dt.datetime, at_short_notice: bool) -> Refused | None:
    slot = Slot.objects.filter(pk=pk, partnership=partnership).first()
    return refusal_of(slot, now, at_short_notice=at_short_notice) if slot else None


def evening_now(booking: Booking, now: dt.datetime) -> str:
    """Return, for staff, whether others can have the evening of a talk that has ended before it; "" if it is over, or
    never was one of its own, or the talk still stands.
    """
    if booking.state not in (S.CANCELLED, S.DECLINED, S.LAPSED) or booking.starts_at <= now:
        return ""
    if not has_own_time(booking):
        return ""
    around = {"starts_at__lte": booking.starts_at, "ends_at__gte": booking.ends_at}
    slots = Slot.objects.filter(speaker=booking.speaker_id, **around)
    if slots.bookable(now).exists():
        return _("The evening is free again: others can ask for it.")
    if slots.bookable(now, at_short_notice=True).exists():
        return _("The evening is free again. It is so near that only you can give it to somebody.")
    return _("The evening is not offered again: it is taken, or the speaker no longer offers it.")


def _near(
    speaker: Speaker, span: spans.Span, now: dt.datetime, ignoring: Booking | None
) -> list[tuple[spans.Span, int]]:
    """Return the speaker's talks within a day, and what is held for others, each with the minutes of one way."""
    near = {"speaker": speaker, "starts_at__gt": span[0] - A_DAY, "starts_at__lt": span[1] + A_DAY}
    talks, holds = Booking.objects.blocking(now).filter(**near), SlotHold.objects.standing(now).filter(**near)
    if ignoring is not None:
        talks, holds = talks.exclude(pk=ignoring.pk), holds.exclude(booking=ignoring)
    columns = ("starts_at", "ends_at", "travel_minutes")
    rows = talks.values_list(*columns).union(holds.values_list(*columns))
    return [((starts_at, ends_at), way) for starts_at, ends_at, way in rows]


def _refused_too_soon(partnership: Partnership) -> Refused:
    words = _("This evening is less than seven days away. Please pick a later one, or call %(name)s on %(phone)s.")
    return Refused("too_soon", words % partnership.call_us)
