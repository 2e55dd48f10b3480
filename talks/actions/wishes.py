"""A talk on wished days: the chair names two or three; staff find a speaker, or decline by a deadline."""

import datetime as dt
import uuid
from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partnership import cases, clock
from partnership.people.actions import inviting, organisations
from partnership.people.actions.locking import still_there
from partnership.people.models import Organisation, User
from partnership.places.models import Partnership
from partnership.places.spans import Span, span_on
from partnership.refusals import Refused
from talks import rules
from talks.actions.bookings import (
    TalkRequest,
    answer_deadline,
    asker,
    association_of,
    reason_not_to_take,
    verify_written_down,
)
from talks.actions.contact import record_verified_asker
from talks.actions.holding import lock_form, lock_speakers, placement_at, placement_on, refuse_unless
from talks.actions.offers import offer_locked
from talks.messages import posting, posting_wishes
from talks.models import UNVERIFIED_HOLD, Booking, DaysAway, Slot, Speaker, TalkWish, arrangement_of, as_seen

S = Booking.State


@transaction.atomic
def wish_for_days(
    *,
    partnership: Partnership,
    asked: TalkRequest,
    days: Sequence[dt.date],
    from_hour: dt.time,
    submission: uuid.UUID,
    language: str,
    now: dt.datetime,
    by_owner: bool = False,
) -> TalkWish | None:
    """Store two or three wished days and email the chair a link that verifies the wish. The same `submission` again
    returns the wish that it made. None: as for a request, only an email says why. Refused: as `refuse_days`.
    """
    lock_form(partnership, submission)
    again = TalkWish.objects.filter(submission=submission, partnership=partnership).first()
    if again is not None:
        return again
    refuse_days(days, partnership, now)
    chair, is_new = asker(asked, partnership, language)
    rows = TalkWish.objects.waiting() if by_owner else TalkWish.objects.open(now)
    waiting = rows.filter(association__in=Organisation.objects.chaired_by(chair)).count()
    why_not = reason_not_to_take(chair, partnership, waiting)
    with inviting.rehearsed() if why_not else nullcontext():
        made = TalkWish.objects.create(
            partnership=partnership,
            association=association_of(asked, chair, is_new, partnership, submission),
            days=[day.isoformat() for day in days],
            from_hour=from_hour,
            asked_at=now,
            submission=submission,
            **arrangement_of(asked),
        )
    if why_not:
        posting.tell_instead(why_not, chair, partnership, now)
        return None
    posting_wishes.tell_about_wish(made, "verify_wish", chair, now, expires_at=now + UNVERIFIED_HOLD)
    return made


@transaction.atomic
def verify_wish(*, wish: TalkWish, now: dt.datetime, by: User | None = None) -> TalkWish:
    """The chair, or the reader of a link, has verified the mailbox: set a deadline for the answer. Refused: ran_out
    after two hours, or replaced by another form.
    """
    wish = _lock(wish)
    if wish.verified_at is not None:
        # A second press; or staff wrote the mailbox down for a caller.
        if verify_written_down(by or wish.association.chair, now):
            posting_wishes.tell_wish_again(wish, now, since="verified")
        return wish
    if wish.closed_at is not None:
        raise Refused(
            "replaced", _("The same wishes were sent again with another email address. You need not do anything.")
        )
    if wish.asked_at + UNVERIFIED_HOLD <= now:
        raise Refused("ran_out", _("The link is more than two hours old. Please write your wishes once more."))
    wish.verified_at, wish.answer_by = now, answer_deadline(wish.partnership, now)
    wish.save(update_fields=["verified_at", "answer_by"])
    # First the name that was typed, as for a request.
    record_verified_asker(wish, by or wish.association.chair, now)
    organisations.confirm_once(organisation=wish.association, on=clock.local(now, wish.partnership.zone).date())
    posting_wishes.tell_requested_wish(wish, now)
    return wish


@transaction.atomic
def accept(*, wish: TalkWish, speaker: Speaker, day: dt.date, by: User, now: dt.datetime, answer: str = "") -> Booking:
    """A speaker has agreed to one of the wished days: confirm the talk, since the chair asked for that day. `answer` is
    as in `bookings.confirm`. Refused: not_yours, answered, not_wished for that day, no_such_hour on it, away, or
    as `placement_at`.
    """
    lock_speakers(speaker.pk)
    wish = _lock_to_answer(wish, by)
    if day not in wish.wished_days:
        raise Refused("not_wished", _("The association did not wish for that day."))
    span = _hours(wish, speaker, day, now)
    if DaysAway.objects.covering(speaker, span[0]).exists():
        raise Refused("away", _("The speaker gives no talks on that day. Take the mark away first."))
    placement = placement_at(span, speaker, format_key=wish.format, area=wish.association.area, now=now)
    booking = _begin(wish, placement, by, now)
    cases.move(booking, S.CONFIRMED, by=by, now=now, why=answer)
    _close(wish, by, now, booking=booking)
    posting.tell_confirmed(booking, now)
    return booking


@transaction.atomic
def offer(*, wish: TalkWish, slots: Sequence[Slot], by: User, now: dt.datetime, why: str = "") -> Booking:
    """Offer up to three free slots, since no speaker can come on a wished day. The wish becomes a request of which the
    chair chooses the time; until then it has that of the first slot. Refused: not_yours, answered, how_many,
    wished_for: the talk can be confirmed on that evening; or as `placement_on`.
    """
    lock_speakers(*(slot.speaker_id for slot in slots))
    wish = _lock_to_answer(wish, by)
    if not slots:
        raise Refused("how_many", _("Pick one, two or three evenings to offer."))
    if any(wish.is_met_by(slot) for slot in slots):
        raise Refused("wished_for", _("The association wished for one of these evenings. Confirm the talk on it."))
    area = wish.association.area
    placement = placement_on(slots[0], format_key=wish.format, area=area, now=now, at_short_notice=True)
    booking = _begin(wish, placement, by, now)
    _close(wish, by, now, booking=booking)
    offer_locked(booking, slots, by=by, now=now, why=why)
    return booking


@transaction.atomic
def decline(*, wish: TalkWish, why: str, by: User, now: dt.datetime) -> TalkWish:
    """Decline a wish because no speaker was found, with a reason for the chair. Refused: not_yours, or answered
    already.
    """
    wish = _lock_to_answer(wish, by)
    _close(wish, by, now, why_not=why)
    posting_wishes.tell_about_wish(wish, "wish_declined", wish.association.chair, now)
    return wish


@transaction.atomic
def withdraw(*, wish: TalkWish, by: User, now: dt.datetime, is_for_caller: bool = False) -> TalkWish:
    """The association no longer wishes for these days: its chair has it in writing, and coordinators need not look for
    a speaker. `is_for_caller` says that the association has told staff, who do it for them. Refused: not_yours, or
    answered already.
    """
    wish = _lock(wish)
    may = rules.may_ask_for if is_for_caller else rules.speaks_for
    if not may(by, wish.association):
        raise Refused("not_yours", _("Only the association can withdraw these wishes."))
    if not wish.is_waiting:
        raise Refused("answered", _("This wish has been answered already."))
    _close(wish, by, now)
    posting_wishes.tell_withdrawn(wish, now, by=by)
    return wish


@transaction.atomic
def report_missed_deadline(*, wish: TalkWish, now: dt.datetime) -> bool:
    """Tell the chair and the administrators that the deadline was missed. Return False if it was answered in time.
    The wish stays open, since the chair still waits.
    """
    wish = _lock(wish)
    if (
        not wish.is_waiting
        or wish.answer_by is None
        or wish.answer_by >= clock.local(now, wish.partnership.zone).date()
    ):
        return False
    posting_wishes.tell_missed_deadline(wish, now)
    return True


def _lock(wish: TalkWish) -> TalkWish:
    return still_there(TalkWish.objects.select_for_update(no_key=True, of=("self",)).with_names(), wish.pk)


def _lock_to_answer(wish: TalkWish, by: User) -> TalkWish:
    """Lock a wish that waits. Refused: not_yours, or answered already."""
    wish = _lock(wish)
    refuse_unless(rules.may_answer(by, wish))
    if not wish.is_waiting:
        raise Refused("answered", _("This wish has been answered already."))
    return wish


def _begin(wish: TalkWish, placement: dict[str, Any], by: User, now: dt.datetime) -> Booking:
    """Make the booking of a wish that is being answered."""
    booking = Booking.objects.create(
        partnership=wish.partnership,
        association=wish.association,
        state=S.REQUESTED,
        answer_by=wish.answer_by,
        held_until=placement["starts_at"],
        **as_seen(is_public=wish.is_public, place=wish.place),
        **arrangement_of(wish),
        **placement,
    )
    cases.begin(booking, by=by, now=now)
    return booking


def _close(wish: TalkWish, by: User, now: dt.datetime, **how: object) -> None:
    wish.closed_at, wish.closed_by = now, by
    for name, value in how.items():
        setattr(wish, name, value)
    wish.save(update_fields=["closed_at", "closed_by", *how])


def _hours(wish: TalkWish, speaker: Speaker, day: dt.date, now: dt.datetime) -> Span:
    """Return the hours of the speaker's slot on a wished day; if they have offered none that suits, those of the wish.
    Then the speaker has said yes to this association, and offers the evening to nobody else.
    """
    zone = wish.partnership.zone
    for slot in Slot.objects.filter(speaker=speaker).bookable(now, at_short_notice=True):
        if hours := slot.from_hour_on([day], wish.from_hour, wish.about, zone):
            return hours
    whole_day = dt.datetime.combine(day, wish.from_hour, dt.UTC) + dt.timedelta(minutes=wish.about.minutes)
    span = span_on(day, wish.from_hour, whole_day.time(), zone)
    if span is None:
        raise Refused("no_such_hour", _("The clocks change in that hour. Pick another hour."))
    return span


def refuse_days(days: Sequence[dt.date], partnership: Partnership, now: dt.datetime) -> None:
    """Refused: how_many, if the days are not two or three different ones; too_soon, within the notice."""
    soonest = clock.local(now + Slot.NOTICE, partnership.zone).date()
    if not 1 < len(set(days)) <= TalkWish.MOST_DAYS or len(set(days)) != len(days):
        raise Refused("how_many", _("Give us two or three different days to choose from."))
    if min(days) <= soonest:
        raise Refused("too_soon", _("Wish for days that are more than a week ahead, so that a speaker can plan."))
