"""Other slots for a talk: we offer some and the chair chooses; or the chair asks to move, and we answer."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partnership import cases, clock
from partnership.holidays import is_holiday
from partnership.outbox.post import way_to
from partnership.people.models import User
from partnership.refusals import Refused
from talks import rules
from talks.actions.bookings import answer_deadline, move_locked
from talks.actions.free_evenings import occupied, unavailable
from talks.actions.holding import (
    hold_time,
    lock,
    placement_at,
    placement_for_hold,
    placement_on,
    refuse_not_offered,
    refuse_unless,
    release_holds,
    take_evening_off,
)
from talks.messages import posting, posting_moves, withdrawing
from talks.models import (
    ASKED_FOR,
    NO_LONGER_ASKED_FOR,
    NONE_SUITS,
    NOT_MOVED_TO,
    OFFER_WITHDRAWN,
    SPEAKER_CANNOT_COME,
    Booking,
    DaysAway,
    Slot,
    SlotHold,
    TalkWish,
    open_as_seen,
)
from talks.scopes import slots_that_suit
from talks.when import has_own_time, talk_times

S = Booking.State

MOST = 3
PROPOSED = 6
STANDS = dt.timedelta(days=5)
# Letters take about a week, and the answer comes by telephone or by letter.
STANDS_BY_LETTER = dt.timedelta(days=14)


@transaction.atomic
def offer(
    *,
    booking: Booking,
    slots: Sequence[Slot],
    by: User,
    now: dt.datetime,
    why: str = "",
    is_gone: bool = False,
    place_seen: str | None = None,
) -> Booking:
    """Offer up to three other slots for a request or a talk, in place of those that were offered before. They are held
    until the end of the day of `choose_by`; its own slot is released, or withdrawn if the evening itself is gone. The
    chair chooses by a link in an email or by telephone, and the chosen slot is confirmed at once. Of a request,
    `place_seen` is as in `bookings.confirm`. Refused: not_yours, or as `offer_locked`.
    """
    booking = lock(booking, *(slot.speaker_id for slot in slots))
    refuse_unless(rules.may_answer(by, booking))
    # Of a talk it was stored when the talk was confirmed, and of an offer when it was made.
    seen = open_as_seen(booking, place_seen) if booking.state == S.REQUESTED else {}
    offer_locked(booking, slots, by=by, now=now, why=why, seen=seen)
    if is_gone:
        take_evening_off(booking, now)
    return booking


@transaction.atomic
def call_off(*, booking: Booking, slots: Sequence[Slot], by: User, now: dt.datetime, why: str = "") -> Booking:
    """The speaker cannot come, and only staff may say why: mark the day as one without talks, and let the chair choose
    another slot by a link. Without a slot to offer the talk is cancelled. Both sides and the coordinators are told.
    Refused: not_yours, not_ahead for a talk that is not agreed or has begun, or as `offer_locked`.
    """
    booking = lock(booking, *(slot.speaker_id for slot in slots))
    refuse_unless(rules.may_call_off(by, booking))
    if booking.state != S.CONFIRMED or booking.starts_at <= now:
        raise Refused("not_ahead", _("Only a confirmed talk that lies ahead can be called off like this."))
    # What speakers write of themselves may be about their health.
    why = why if rules.may_answer(by, booking) else ""
    _mark_the_day(booking)
    if slots:
        offer_locked(booking, slots, by=by, now=now, why=why)
        posting.tell_coordinators(booking, "speaker_cannot_come", now, excluding=by)
        return booking
    cause = _because(SPEAKER_CANNOT_COME)
    cases.move(booking, S.CANCELLED, by=by, now=now, why=why, on_step=cause, sequence=booking.sequence + 1)
    # An evening that the chair had asked for instead.
    release_holds(booking, now)
    posting.withdraw_reminders(booking, now, withdrawing.SPEAKER_CANNOT_COME)
    posting.tell_cancelled(booking, now, was_confirmed=True, by=by)
    # The kind has the name that stored messages have.
    posting.tell_coordinators(booking, "ill_without_offer", now, excluding=by)
    return booking


@transaction.atomic
def withdraw_offer(*, booking: Booking, by: User, now: dt.datetime) -> Booking:
    """Take back what was offered: the talk takes place on the evening that was asked for or agreed. Refused:
    not_yours, not_offered, or no_evening if it has none, or somebody else has it.
    """
    booking = lock(booking)
    refuse_unless(rules.may_answer(by, booking))
    if booking.state != S.OFFERED:
        refuse_not_offered()
    placement = _own_placement(booking, now)
    cause = _because(OFFER_WITHDRAWN)
    cases.move(booking, S.CONFIRMED, by=by, now=now, on_step=cause, sequence=booking.sequence + 1, **placement)
    release_holds(booking, now)
    posting.withdraw_offers(booking, now, withdrawing.OFFER_WITHDRAWN)
    posting.tell_confirmed(booking, now, kind="on_original_evening", to_speaker="on_original_evening")
    return booking


def why_not_back(booking: Booking, now: dt.datetime) -> str:
    """Return why the talk cannot be on the evening that was asked for or agreed; empty if it can."""
    if booking.speaker is None or not _is_own_evening(booking):
        return _("The speaker no longer offers that evening.")
    span = (booking.starts_at, booking.ends_at)
    refusal = unavailable(booking.speaker, booking.starts_at, now) or occupied(
        booking.speaker, span, booking.travel_minutes, now, booking
    )
    words = {
        "withdrawn": _("The speaker no longer offers that evening."),
        "past": _("That evening has passed."),
        "away": _("The speaker gives no talks on that day."),
        "slot_taken": _("That evening is no longer free."),
        "too_close": _("The speaker cannot get there in time from another talk."),
    }
    return words[refusal.reason] if refusal else ""


def _is_own_evening(booking: Booking) -> bool:
    """Return whether the speaker of a talk stands by its evening: they offer it; or they agreed to it for this
    association alone, which had wished for that day, and have not withdrawn it since.
    """
    if not has_own_time(booking):
        return False
    there = Slot.objects.filter(speaker=booking.speaker, starts_at__lt=booking.ends_at, ends_at__gt=booking.starts_at)
    whole = there.filter(starts_at__lte=booking.starts_at, ends_at__gte=booking.ends_at)
    if whole.filter(withdrawn_at__isnull=True).exists():
        return True
    day = clock.local(booking.starts_at, booking.partnership.zone).date()
    if not hasattr(booking, "wish") or day not in booking.wish.wished_days:
        return False
    return not there.filter(withdrawn_at__gt=booking.wish.closed_at).exists()


def _own_placement(booking: Booking, now: dt.datetime) -> dict[str, Any]:
    """Return the fields that put a talk back on the evening that it had; raise Refused (no_evening)."""
    speaker, why = booking.speaker, why_not_back(booking, now)
    if why or speaker is None:
        raise Refused("no_evening", " ".join((why, _("Offer other evenings, or cancel the talk."))))
    return placement_at(
        (booking.starts_at, booking.ends_at),
        speaker,
        format_key=booking.format,
        area=booking.association.area,
        now=now,
        ignoring=booking,
    )


@transaction.atomic
def accept(*, hold: SlotHold, by: User, now: dt.datetime, medium: str = "") -> Booking:
    """The chair chooses one of the offered slots: the talk is confirmed there. `medium` is how the association has told
    staff, who do it for them. Refused: not_yours, not_offered any more, or as `placement_for_hold`.
    """
    booking = lock(_talk_of(hold), hold.speaker_id)
    if not rules.may_speak(by, booking.association, medium):
        raise Refused("not_yours", _("Only the association can choose among these evenings."))
    if booking.state != S.OFFERED or hold.is_asked_by_chair:
        refuse_not_offered()
    placement = placement_for_hold(hold, booking=booking, now=now)
    told = {"medium": medium}
    cases.move(booking, S.CONFIRMED, by=by, now=now, on_step=told, sequence=booking.sequence + 1, **placement)
    release_holds(booking, now)
    posting.tell_confirmed(booking, now, by=by, part="association" if medium else "")
    return booking


@transaction.atomic
def decline_offer(*, booking: Booking, by: User, now: dt.datetime, medium: str = "") -> Booking:
    """None of the offered slots suits the chair: cancel the talk and release them; the chair has it in writing, and the
    coordinators may call. `medium` is as for `accept`. Refused: not_yours, or not_offered any more.
    """
    booking = lock(booking)
    if not rules.may_speak(by, booking.association, medium):
        raise Refused("not_yours", _("Only the association can choose among these evenings."))
    if booking.state != S.OFFERED:
        refuse_not_offered()
    cause = _because(NONE_SUITS) | {"medium": medium}
    cases.move(booking, S.CANCELLED, by=by, now=now, on_step=cause, sequence=booking.sequence + 1)
    release_holds(booking, now)
    posting.tell_chair(booking, "none_suited", now)
    posting.tell_coordinators(booking, "none_suits", now, excluding=by)
    return booking


@transaction.atomic
def ask_to_move(*, booking: Booking, slot: Slot, by: User, now: dt.datetime) -> SlotHold:
    """The chair asks for another speaker's slot, or asks late: both slots are held until staff answer. Refused:
    not_yours, not_confirmed or begun, or as `placement_on`.
    """
    booking = lock(booking, slot.speaker_id)
    if not rules.speaks_for(by, booking.association):
        raise Refused("not_yours", _("Only the association can ask for this."))
    if booking.state != S.CONFIRMED or booking.starts_at <= now:
        raise Refused("not_confirmed", _("Only a confirmed talk can be moved."))
    placement = placement_on(slot, format_key=booking.format, area=booking.association.area, now=now, ignoring=booking)
    release_holds(booking, now)
    deadline = answer_deadline(booking.partnership, now)
    until = min(clock.end_of(deadline, booking.partnership.zone), booking.starts_at)
    asked = hold_time(placement, until, now, booking=booking, is_asked_by_chair=True)
    cases.stay(booking, by=by, now=now, on_step=_about_move(ASKED_FOR, asked))
    posting_moves.tell_asked(asked, now)
    return asked


@transaction.atomic
def agree_to_move(*, hold: SlotHold, by: User, now: dt.datetime) -> Booking:
    """Move the talk to the slot that the chair asked for. Refused: not_yours, not_offered any more, chair_chooses
    among what we have offered, or as `move_locked`.
    """
    booking = lock(_talk_of(hold), hold.speaker_id)
    refuse_unless(rules.may_answer(by, booking))
    if not hold.is_asked_by_chair:
        raise Refused("chair_chooses", _("Other evenings have been offered. It is the chair who chooses."))
    move_locked(booking, placement_for_hold(hold, booking=booking, now=now), by=by, now=now, is_answer=True)
    return booking


@transaction.atomic
def refuse_to_move(*, hold: SlotHold, by: User, now: dt.datetime, why: str = "") -> Booking:
    """Refuse the move, with a reason for the chair if there is one to give: the talk stays where it is. Refused:
    not_yours, or not_offered: it was held for no talk.
    """
    booking = lock(_talk_of(hold))
    refuse_unless(rules.may_answer(by, booking))
    if SlotHold.objects.standing(now).filter(pk=hold.pk, is_asked_by_chair=True).update(closed_at=now):
        step = cases.stay(booking, by=by, now=now, why=why, on_step=_about_move(NOT_MOVED_TO, hold))
        posting_moves.tell_refused(hold, step.pk, now)
    return booking


@transaction.atomic
def take_back_move(*, hold: SlotHold, by: User, now: dt.datetime, medium: str = "") -> Booking:
    """The chair no longer asks to move: the talk stays where it is, and the coordinators need not answer. `medium` is
    as for `accept`; then the chair has it in writing too. Refused: not_yours, not_offered as for `refuse_to_move`,
    or answered already.
    """
    booking = lock(_talk_of(hold))
    if not rules.may_speak(by, booking.association, medium):
        raise Refused("not_yours", _("Only the association can take this back."))
    asked = SlotHold.objects.standing(now).filter(pk=hold.pk, is_asked_by_chair=True)
    if not asked.update(closed_at=now):
        raise Refused("answered", _("We have answered this already. See the page of the talk."))
    cases.stay(booking, by=by, now=now, on_step=_about_move(NO_LONGER_ASKED_FOR, hold) | {"medium": medium})
    posting_moves.tell_taken_back(hold, now, by=by, is_for_caller=bool(medium))
    return booking


def kept_for(case: Booking | TalkWish) -> dt.timedelta:
    """Return how long we keep evenings for a chair to choose from: longer for one whom no message reaches at once."""
    chair = case.association.chair
    return STANDS_BY_LETTER if chair and way_to(chair).is_slow else STANDS


def choose_by(booking: Booking, slots: Sequence[Slot], now: dt.datetime) -> dt.date:
    """Return the last day on which the chair can choose: the day before the first evening at the latest, but today if
    that is the day of it.
    """
    zone = booking.partnership.zone
    first = min(clock.local(slot.starts_at, zone).date() for slot in slots)
    latest = min(clock.local(now + kept_for(booking), zone).date(), first - dt.timedelta(days=1))
    return max(latest, clock.local(now, zone).date())


def _because(cause: str) -> dict[str, Any]:
    """Return what a step says of why a talk is cancelled, or its offer withdrawn."""
    return {"changed": {cause: []}}


def _about_move(what: str, hold: SlotHold) -> dict[str, Any]:
    """Return what a step says about a move that is asked for, taken back or refused."""
    return {"changed": {what: [talk_times(hold)[0]]}}


def _talk_of(hold: SlotHold) -> Booking:
    """Return the talk that a slot is held for; refused if it is held without a booking."""
    if hold.booking is None:
        refuse_not_offered()
    return hold.booking


def offer_locked(
    booking: Booking,
    slots: Sequence[Slot],
    *,
    by: User,
    now: dt.datetime,
    why: str,
    seen: Mapping[str, Any] | None = None,
) -> None:
    """Hold up to three slots for a locked booking, and let its chair choose; `seen` is new of what staff have seen.
    Another speaker whose slot is held is told if it is chosen, and not before: they have offered it to anybody, their
    page shows that it is kept, and most that are kept are free again within days. Refused: how_many, past once the talk
    has begun, or as `placement_on`.
    """
    slots = list({slot.pk: slot for slot in slots}.values())
    if not 1 <= len(slots) <= MOST:
        raise Refused("how_many", _("Pick one, two or three evenings to offer."))
    was_confirmed = booking.state == S.CONFIRMED
    if was_confirmed and booking.starts_at <= now:
        raise Refused("past", _("This talk has begun. Say below how it went."))
    last = clock.end_of(choose_by(booking, slots, now), booking.partnership.zone)
    until = min(last, *(slot.starts_at for slot in slots))
    # The state first: of two who answer at once, the second must not hold any slot.
    changes: dict[str, Any] = {"sequence": booking.sequence + 1, "held_until": until, **(seen or {})}
    if booking.state == S.OFFERED:
        cases.stay(booking, by=by, now=now, why=why, **changes)
        posting.withdraw_offers(booking, now, withdrawing.OTHERS_OFFERED)
    else:
        cases.move(booking, S.OFFERED, by=by, now=now, why=why, **changes)
    release_holds(booking, now)
    for slot in slots:
        placement = placement_on(
            slot,
            format_key=booking.format,
            area=booking.association.area,
            now=now,
            ignoring=booking,
            at_short_notice=True,
        )
        hold_time(placement, until, now, booking=booking)
    posting.withdraw_reminders(booking, now, withdrawing.OTHERS_OFFERED)
    posting.tell_offered(booking, now, was_confirmed=was_confirmed)


def _mark_the_day(booking: Booking) -> None:
    """Note that a speaker cannot come that day, on which nobody is offered their slots; they are back with the mark."""
    day = clock.local(booking.starts_at, booking.partnership.zone).date()
    DaysAway.objects.get_or_create(speaker=booking.speaker, first_on=day, last_on=day)


def slots_instead(booking: Booking, now: dt.datetime) -> list[Slot]:
    """Return up to six slots to propose in place of a talk: all those of the speaker's substitutes before the nearest
    of others. First the same day with a substitute, then in order of time. Not on a public holiday or an eve; of the
    same speaker only on a later day.
    """
    zone = booking.partnership.zone
    day = clock.local(booking.starts_at, zone).date()

    def is_sensible(slot: Slot) -> bool:
        on = clock.local(slot.starts_at, zone).date()
        return (slot.speaker_id != booking.speaker_id or on > day) and not is_holiday(booking.partnership.country, on)

    steps_in = {one.pk for one in booking.speaker.substitutes.all()} if booking.speaker else set()

    def is_a_strangers(slot: Slot) -> bool:
        return slot.speaker_id not in steps_in

    found = [slot for slot in slots_that_suit(booking, now, at_short_notice=True) if is_sensible(slot)]
    nearest = sorted(found, key=lambda slot: (is_a_strangers(slot), abs(slot.starts_at - booking.starts_at)))

    def place(slot: Slot) -> tuple[bool, dt.date, bool, dt.datetime]:
        on = clock.local(slot.starts_at, zone).date()
        return is_a_strangers(slot) or on != day, on, is_a_strangers(slot), slot.starts_at

    return sorted(nearest[:PROPOSED], key=place)
