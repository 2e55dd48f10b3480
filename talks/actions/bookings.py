"""Actions on bookings. Each locks, checks permission, writes a step and posts messages."""

import datetime as dt
import uuid
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partnership import cases, clock
from partnership.holidays import last_working_day
from partnership.people.actions import inviting, organisations
from partnership.people.actions.mailboxes import verify_mailbox
from partnership.people.mailboxes import is_written_down
from partnership.people.models import Organisation, User
from partnership.people.rules import speaks_for
from partnership.places.models import Area, Partnership
from partnership.refusals import Refused
from talks import rules
from talks.actions.contact import record_verified_asker
from talks.actions.free_evenings import refusal_of
from talks.actions.holding import (
    hold_time,
    lapse_locked,
    lock,
    lock_form,
    lock_speakers,
    placement_on,
    refuse_unless,
    release_holds,
    take_evening_off,
)
from talks.messages import posting, withdrawing
from talks.models import UNVERIFIED_HOLD, Booking, Slot, SlotHold, arrangement_of, open_as_seen
from talks.rules import OPEN_EACH
from talks.when import is_on

S = Booking.State

ANSWER_WITHIN_DAYS = 7


@dataclass(frozen=True)
class TalkRequest:
    """What the chair wrote on the form, cleaned."""

    name: str
    email: str
    association: str
    kind: str
    homes: int
    area: Area
    format: str
    place: str
    is_accessible: bool | None
    has_projector: bool | None
    is_public: bool | None
    note: str
    phone: str


@transaction.atomic
def request_talk(
    *,
    partnership: Partnership,
    slot: Slot,
    asked: TalkRequest,
    submission: uuid.UUID,
    language: str,
    now: dt.datetime,
    by_owner: bool = False,
) -> Booking | None:
    """Hold a slot for an association and email its chair a link that makes it a request.

    The same `submission` again returns the booking that it made. None: the mailbox belongs to another partnership's
    portal or has too many requests waiting. Only an email to the mailbox says so, since the person who typed it may not
    own it; the slot is held all the same, or a slot that is still free would reveal it. `by_owner` says that
    somebody asks who is logged in with that mailbox. Refused: the slot is gone.
    """
    made_by_this_form = Booking.objects.filter(submission=submission, partnership=partnership)
    held_by_this_form = SlotHold.objects.filter(submission=submission, speaker__partnership=partnership)
    if refusal := refusal_of(slot, now):
        # A check before the lock, so that those who come too late need not wait for it.
        made = made_by_this_form.first()
        if made or held_by_this_form.exists():
            return made
        raise refusal
    lock_speakers(slot.speaker_id)
    lock_form(partnership, submission)
    made = made_by_this_form.first()
    if made or held_by_this_form.exists():
        return made
    placement = placement_on(slot, format_key=asked.format, area=asked.area, now=now)
    chair, is_new = asker(asked, partnership, language)
    why_not = reason_not_to_take(chair, partnership, _waiting(chair, by_owner, now))
    with inviting.rehearsed() if why_not else nullcontext():
        booking = Booking(
            partnership=partnership,
            association=association_of(asked, chair, is_new, partnership, submission),
            held_until=now + UNVERIFIED_HOLD,
            submission=submission,
            **arrangement_of(asked),
            **placement,
        )
        booking.save(force_insert=True)
        cases.begin(booking, by=None, now=now)
    if why_not:
        posting.tell_instead(why_not, chair, partnership, now)
        hold_time(placement, now + UNVERIFIED_HOLD, now, submission=submission)
        return None
    posting.ask_to_verify(booking, now)
    return booking


def _waiting(chair: User, by_owner: bool, now: dt.datetime) -> int:
    """Count the requests of a chair that wait. What strangers have asked for in the owner's name, and nobody has
    confirmed, takes none of the owner's places.
    """
    theirs = Organisation.objects.chaired_by(chair)
    waiting = Booking.objects.blocking(now).filter(association__in=theirs, state__in=Booking.PENDING)
    return (waiting.verified() if by_owner else waiting).count()


def asker(asked: TalkRequest, partnership: Partnership, language: str) -> tuple[User, bool]:
    """Return the person with the typed mailbox, locked, so that requests at once are counted one after the other; and
    whether the form has made them.
    """
    return inviting.locked_known_or_new(email=asked.email, name=asked.name, language=language, partnership=partnership)


def reason_not_to_take(chair: User, partnership: Partnership, waiting: int) -> str:
    """Return why a request is not taken in, for an email; empty if it is. The page does not say, nor does its time."""
    if chair.partnership_id != partnership.pk:
        return "elsewhere"
    if chair.mailbox_opens_at:
        # Staff have written the mailbox down lately: who asks under it causes no letters to the person's home.
        return "held_back"
    return "too_many" if waiting >= OPEN_EACH else ""


def association_of(
    asked: TalkRequest, chair: User, is_new: bool, partnership: Partnership, submission: uuid.UUID
) -> Organisation:
    """Return the chair's association of that name, made if it is new. A form does not change stored values."""
    return organisations.known_or_new(
        chair=chair,
        partnership=partnership,
        name=asked.association,
        kind=asked.kind,
        area=asked.area,
        homes=asked.homes,
        submission=submission,
        is_new_chair=is_new,
    )


@transaction.atomic
def verify(*, booking: Booking, now: dt.datetime, by: User | None = None) -> Booking:
    """The chair, or the reader of a link, has verified the mailbox: set a deadline and queue the request. Refused:
    ran_out after two hours.
    """
    booking = lock(booking)
    by = by or booking.association.chair
    if booking.state in (S.REQUESTED, S.OFFERED, S.CONFIRMED):
        # A second press; or staff wrote the mailbox down for a caller, who gets there now what waited for this.
        if verify_written_down(by, now):
            posting.tell_again(booking, now, since="verified")
        return booking
    if booking.state == S.UNVERIFIED and booking.held_until <= now:
        raise Refused("ran_out", _("The evening was kept for two hours, which have passed. Please pick one again."))
    deadline = answer_deadline(booking.partnership, now)
    held_until = clock.end_of(deadline, booking.partnership.zone)
    cases.move(booking, S.REQUESTED, by=by, now=now, answer_by=deadline, held_until=held_until)
    # First the name that was typed: a chair of a confirmed association counts as verified, and keeps theirs.
    record_verified_asker(booking, by, now)
    today = clock.local(now, booking.partnership.zone).date()
    organisations.confirm_once(organisation=booking.association, on=today)
    posting.tell_requested(booking, now)
    return booking


def answer_deadline(partnership: Partnership, now: dt.datetime, before: dt.datetime | None = None) -> dt.date:
    """Return the day by which we answer a request made at `now`: a working day, within a week, and the day `before` an
    evening at the latest; today, if there is none.
    """
    today = clock.local(now, partnership.zone).date()
    latest = today + dt.timedelta(days=ANSWER_WITHIN_DAYS)
    if before is not None:
        latest = min(latest, clock.local(before, partnership.zone).date() - dt.timedelta(days=1))
    return max(today, last_working_day(partnership.country, latest))


def verify_written_down(by: User | None, now: dt.datetime) -> bool:
    """Verify the mailbox of a reader who presses the button in an email to an address that staff wrote down; return
    False if it was verified before.
    """
    if by is None or by.is_held_back(now) or not is_written_down(by):
        return False
    verify_mailbox(by, now)
    return True


@transaction.atomic
def confirm(*, booking: Booking, by: User, now: dt.datetime, place_seen: str | None, answer: str = "") -> Booking:
    """Confirm a request: both sides get an event for their calendars, and reminders. `answer` is for the chair, to what
    the association asked; the step keeps it.

    `place_seen` is the place of a talk that staff saw to be open to everybody, None of another. If the association has
    changed either since, the public page waits. Refused: not_yours, too_late once the evening has begun, chair_chooses
    while others are offered.
    """
    booking = lock(booking)
    refuse_unless(rules.may_answer(by, booking))
    if booking.starts_at <= now:
        raise Refused("too_late", _("This evening has passed. Decline the request with a kind word and offer another."))
    if booking.state == S.OFFERED:
        raise Refused("chair_chooses", _("Other evenings have been offered. It is the chair who chooses."))
    cases.move(booking, S.CONFIRMED, by=by, now=now, why=answer, **open_as_seen(booking, place_seen))
    posting.tell_confirmed(booking, now)
    return booking


@transaction.atomic
def decline(*, booking: Booking, by: User, why: str, now: dt.datetime, is_gone: bool = False) -> Booking:
    """Decline a request, with a reason for the chair; the slot is free again, unless the evening itself is gone.
    Refused: not_yours.
    """
    booking = lock(booking)
    refuse_unless(rules.may_answer(by, booking))
    cases.move(booking, S.DECLINED, by=by, now=now, why=why)
    release_holds(booking, now)
    if is_gone:
        take_evening_off(booking, now)
    posting.tell_chair(booking, "declined", now)
    return booking


@transaction.atomic
def cancel(
    *, booking: Booking, by: User, why: str = "", now: dt.datetime, is_erased: bool = False, medium: str = ""
) -> Booking:
    """Cancel a talk or a request; the calendar event is cancelled and waiting reminders are withdrawn. `is_erased` says
    that it is because its chair is erased, which coordinators are told; `medium` how the association has told staff,
    who do it for them. Refused: not_yours.
    """
    booking = lock(booking)
    refuse_unless(rules.may_ask_for(by, booking.association) if medium else rules.may_cancel(by, booking))
    if booking.state == S.CANCELLED:
        return booking  # a second press
    was_confirmed = booking.state == S.CONFIRMED
    told = {"medium": medium}
    cases.move(booking, S.CANCELLED, by=by, now=now, why=why, on_step=told, sequence=booking.sequence + 1)
    release_holds(booking, now)
    posting.withdraw_reminders(booking, now, withdrawing.CANCELLED)
    posting.tell_cancelled(booking, now, was_confirmed=was_confirmed, by=by, for_association=bool(medium))
    if was_confirmed and (medium or speaks_for(by, booking.association)):
        about = {**posting.as_it_is(booking), **({"is_erased": True} if is_erased else {})}
        posting.tell_coordinators(booking, "association_cancelled", now, about=about, excluding=by)
    return booking


@transaction.atomic
def move(*, booking: Booking, slot: Slot, by: User, now: dt.datetime, medium: str = "") -> Booking:
    """Move a confirmed talk to another slot; the old one is free again, and the event moves in every calendar. `medium`
    is how the association has told staff, who do it for them.

    Staff move it to any slot, also at short notice; chair and deputy, early enough, to another of the same speaker's. A
    speaker who loses the talk is told. Refused: not_yours, or as `move_locked` and `placement_on`.
    """
    booking = lock(booking, slot.speaker_id)
    may = rules.may_ask_for(by, booking.association) if medium else rules.may_move_to(by, booking, slot.speaker_id, now)
    refuse_unless(may)
    if is_on(booking, slot):
        return booking  # a second press
    placement = placement_on(
        slot,
        format_key=booking.format,
        area=booking.association.area,
        now=now,
        ignoring=booking,
        at_short_notice=bool(medium) or rules.may_answer(by, booking),
    )
    was_at = booking.starts_at.isoformat()
    move_locked(booking, placement, by=by, now=now, medium=medium)
    if medium or speaks_for(by, booking.association):
        posting.tell_coordinators(booking, "association_moved", now, about={"was_at": was_at}, excluding=by)
    return booking


def move_locked(
    booking: Booking,
    placement: dict[str, Any],
    *,
    by: User,
    now: dt.datetime,
    medium: str = "",
    is_answer: bool = False,
) -> None:
    """Move a locked talk to its new placement, and replace the messages about the old slot. `is_answer` says that the
    chair had asked for it. Refused: not_confirmed.
    """
    if booking.state != S.CONFIRMED:
        raise Refused("not_confirmed", _("Only a confirmed talk can be moved."))
    posting.withdraw_reminders(booking, now, withdrawing.MOVED)
    was_at = booking.starts_at.isoformat()
    is_new_to_speaker = placement["speaker"] != booking.speaker
    if is_new_to_speaker:
        posting.tell_relieved(booking, now)
    release_holds(booking, now)
    cases.stay(booking, by=by, now=now, on_step={"medium": medium}, sequence=booking.sequence + 1, **placement)
    to_speaker = "confirmed" if is_new_to_speaker else "moved"
    part = "association" if medium or is_answer else posting.part_of(by, booking)
    about = {"was_at": was_at, **({"is_another_speaker": True} if is_new_to_speaker else {})}
    posting.tell_confirmed(booking, now, by=by, part=part, kind="moved", to_speaker=to_speaker, **about)


@transaction.atomic
def lapse(*, booking: Booking, now: dt.datetime) -> bool:
    """Lapse a request or offer that has expired, and tell those concerned; False if it was answered meanwhile."""
    booking = lock(booking)
    if not booking.runs_out or booking.held_until > now:
        return False
    lapse_locked(booking, now)
    return True
