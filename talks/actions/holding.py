"""What every action on a talk does first: lock in one order, release expired holds, check that the slot is free."""

import datetime as dt
import uuid
from typing import Any, NoReturn

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from partnership import cases
from partnership.people.actions.locking import still_there
from partnership.places import spans
from partnership.places.models import Area, Partnership
from partnership.refusals import Refused
from talks.actions.free_evenings import occupied, refusal_of, refused_withdrawn, unavailable
from talks.formats import FORMATS
from talks.messages import posting
from talks.models import Booking, Slot, SlotHold, Speaker

S = Booking.State
LOCK_NOT_AVAILABLE = "55P03"


def lock_speakers(*ids: int | None) -> None:
    """Lock the speakers' rows, always in the same order: with the constraint alone, many inserts at once deadlock. None
    is an erased speaker of a talk that is over.
    """
    rows = Speaker.objects.select_for_update(no_key=True).filter(pk__in=set(ids)).order_by("pk")
    try:
        list(rows.values_list("pk"))
    except OperationalError as waited:
        if getattr(waited.__cause__, "sqlstate", "") != LOCK_NOT_AVAILABLE:
            raise
        # After three seconds of waiting the reader gets a sentence instead of an error page.
        raise refused_busy() from waited


def refused_busy() -> Refused:
    """Return the refusal (busy) for who lost a race for a lock; the caller raises it."""
    return Refused("busy", _("Somebody else is changing this talk right now. Please try again."))


def refuse_not_offered() -> NoReturn:
    """Raise Refused (not_offered)."""
    raise Refused("not_offered", _("This evening is no longer kept for you. See the page for how it stands now."))


def lock_form(partnership: Partnership, submission: uuid.UUID) -> None:
    """Let one form that is sent more than once at the same time make one row: the second looks after the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{partnership.pk} {submission}"])


def lock(booking: Booking, *with_speakers: int) -> Booking:
    """Lock the booking's speaker (and those it may move to) and then the booking, and read it again."""
    for _attempt in range(5):
        try:
            # A savepoint: if the talk has moved to another speaker meanwhile, rolling back releases these locks.
            # Keeping them and adding the other speaker's would lock in a different order, and cause deadlocks.
            with transaction.atomic():
                return _lock_where_seen(booking, with_speakers)
        except _MovedMeanwhile:
            continue
    raise refused_busy()


class _MovedMeanwhile(Exception):
    """The talk was moved to another speaker between reading and locking it."""


def _lock_where_seen(booking: Booking, with_speakers: tuple[int, ...]) -> Booking:
    seen = still_there(Booking.objects.only("speaker_id"), booking.pk).speaker_id
    lock_speakers(seen, *with_speakers)
    locked = still_there(Booking.objects.select_for_update(no_key=True, of=("self",)).with_names(), booking.pk)
    if locked.speaker_id != seen:
        raise _MovedMeanwhile
    return locked


def lapse_locked(booking: Booking, now: dt.datetime) -> None:
    """Lapse a locked booking whose hold has expired, and tell those concerned."""
    was = booking.state
    cases.move(booking, S.LAPSED, by=None, now=now)
    release_holds(booking, now)
    if was == S.REQUESTED:
        posting.tell_chair(booking, "lapsed", now)
        posting.tell_missed_deadline(booking, now)
    if was == S.OFFERED:
        posting.tell_chair(booking, "offer_lapsed", now)
        posting.tell_coordinators(booking, "offer_unanswered", now)


def release_holds(booking: Booking, now: dt.datetime) -> None:
    """Release the slots that were held for this talk."""
    SlotHold.objects.filter(booking=booking, closed_at__isnull=True).update(closed_at=now)


def take_evening_off(booking: Booking, now: dt.datetime) -> None:
    """Withdraw the slots that a booking is on: the evening was said to be impossible, so nobody is offered it again. If
    its speaker had offered none, one is noted as withdrawn, since the talk could return to its own evening.
    """
    on_it = Slot.objects.filter(speaker=booking.speaker, starts_at__lt=booking.ends_at, ends_at__gt=booking.starts_at)
    if not on_it.update(withdrawn_at=now) and booking.speaker:
        span = {"starts_at": booking.starts_at, "ends_at": booking.ends_at}
        Slot.objects.create(partnership=booking.partnership, speaker=booking.speaker, withdrawn_at=now, **span)


def hold_time(placement: dict[str, Any], until: dt.datetime, now: dt.datetime, **whom: Any) -> SlotHold:
    """Hold the time of a placement until then, for a talk or for a request that was not taken."""
    return SlotHold.objects.create(**placement, held_until=until, made_at=now, **whom)


def placement_on(
    slot: Slot,
    *,
    format_key: str,
    area: Area | None,
    now: dt.datetime,
    ignoring: Booking | None = None,
    at_short_notice: bool = False,
) -> dict[str, Any]:
    """Return the fields that put a talk on this slot. Call it with the slot's speaker locked. What `ignoring` occupies
    counts as free; expired holds are released. Staff need not keep the notice. Refused: same_slot, as `refusal_of` if
    the slot cannot be had, not_given by that speaker, too_far for them, too_short for the talk, or as `occupied` if
    they cannot drive there in time from another.
    """
    is_there = ignoring is not None and (ignoring.speaker_id, ignoring.starts_at) == (slot.speaker_id, slot.starts_at)
    if ignoring is not None and is_there and ignoring.state == S.CONFIRMED:
        raise Refused("same_slot", _("The talk is on that evening already."))
    if refusal := refusal_of(slot, now, ignoring=ignoring, at_short_notice=at_short_notice):
        raise refusal
    return _placement(slot.speaker, (slot.starts_at, slot.ends_at), format_key, area, now, ignoring)


def placement_at(
    span: spans.Span,
    speaker: Speaker,
    *,
    format_key: str,
    area: Area | None,
    now: dt.datetime,
    ignoring: Booking | None = None,
) -> dict[str, Any]:
    """Return the fields that put a talk in a time of the speaker, who need not have offered it; otherwise as
    `placement_on`. Refused: as `unavailable` and `occupied`, not_given, too_far, too_short.
    """
    if refusal := unavailable(speaker, span[0], now):
        raise refusal
    return _placement(speaker, span, format_key, area, now, ignoring)


def placement_for_hold(hold: SlotHold, *, booking: Booking, now: dt.datetime) -> dict[str, Any]:
    """Return the fields that put a talk on the slot that was held for it. Refused: not_offered if the hold has ended,
    withdrawn, or as `placement_on`: not_given, too_far, too_short.
    """
    if hold.booking_id != booking.pk or not SlotHold.objects.standing(now).filter(pk=hold.pk).exists():
        refuse_not_offered()
    if Slot.objects.filter(speaker=hold.speaker_id, starts_at=hold.starts_at, withdrawn_at__isnull=False).exists():
        raise refused_withdrawn()
    span = (hold.starts_at, hold.ends_at)
    return _placement(hold.speaker, span, booking.format, booking.association.area, now, booking)


def _placement(
    speaker: Speaker,
    slot: spans.Span,
    format_key: str,
    area: Area | None,
    now: dt.datetime,
    ignoring: Booking | None,
) -> dict[str, Any]:
    about = FORMATS[format_key]
    if not speaker.gives_format(format_key):
        raise Refused("not_given", _("That talk is not given on this evening. Please pick another evening or talk."))
    if not about.is_online and not speaker.goes_to(area):
        raise Refused(
            "too_far", _("This speaker does not come to that part of the municipality. Pick another evening.")
        )
    talk = spans.start_of(slot, about.minutes)
    if talk is None:
        raise Refused("too_short", _("The evening is too short for that talk. Please pick another evening or talk."))
    travel = spans.travel_minutes(speaker.home_area, area, about.travel_minutes)
    if refusal := occupied(speaker, talk, travel, now, ignoring):
        raise refusal
    _sweep(speaker, now)
    return {"speaker": speaker, "starts_at": talk[0], "ends_at": talk[1], "travel_minutes": travel}


def _sweep(speaker: Speaker, now: dt.datetime) -> None:
    """Release the speaker's expired holds now; the constraint does not know the time and would still count them."""
    for stale in Booking.objects.run_out(now).filter(speaker=speaker).select_for_update(no_key=True, of=("self",)):
        lapse_locked(stale, now)


def refuse_unless(allowed: bool) -> None:
    """Raise Refused (not_yours) unless it is `allowed`."""
    if not allowed:
        raise Refused("not_yours", _("Only staff can do that, and not for an association of their own."))
