"""Talks by telephone: staff ask for a talk for an association that calls, with the rules of the public form. Its limits
are for strangers; whoever calls has told staff who they are. `bookings` moves and cancels, with how staff were told.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partnership import cases, clock
from partnership.people.actions import organisations
from partnership.people.actions.mailboxes import keep_typed_mailboxes
from partnership.people.models import ASSOCIATIONS, Organisation, User
from partnership.places.models import Partnership
from partnership.refusals import Refused
from talks import rules
from talks.actions import afterwards
from talks.actions.bookings import TalkRequest, answer_deadline
from talks.actions.holding import lock_form, lock_speakers, placement_on, refuse_unless
from talks.actions.wishes import refuse_days
from talks.messages import posting, posting_wishes
from talks.messages.reaching import no_message_to_chair
from talks.models import Booking, Feedback, Slot, TalkWish, arrangement_of


@dataclass(frozen=True, kw_only=True)
class Call:
    """Who has called (or written, or come by: the `medium`), and which form of whose of the staff it was noted in."""

    caller: User
    medium: str
    submission: uuid.UUID
    by: User


@transaction.atomic
def request_talk(
    *,
    partnership: Partnership,
    slot: Slot,
    asked: TalkRequest,
    call: Call,
    now: dt.datetime,
) -> Booking:
    """Ask for a slot for a caller: a request at once, since staff have heard it, with the deadline of our answer.

    The notice of the public form is not asked for. The same form again returns the booking that it made.
    Refused: not_yours for all but staff, and for the association of the one who writes it down; the slot is gone.
    """
    lock_speakers(slot.speaker_id)
    lock_form(partnership, call.submission)
    made = Booking.objects.filter(submission=call.submission, partnership=partnership, steps__by=call.by).first()
    if made:
        return made
    placement = placement_on(slot, format_key=asked.format, area=asked.area, now=now, at_short_notice=True)
    deadline = answer_deadline(partnership, now, before=placement["starts_at"])
    booking = Booking.objects.create(
        partnership=partnership,
        association=_association_of(asked, call, partnership, now),
        state=Booking.State.REQUESTED,
        answer_by=deadline,
        held_until=min(clock.end_of(deadline, partnership.zone), placement["starts_at"]),
        submission=call.submission,
        **_arrangement_of(asked),
        **placement,
    )
    cases.begin(booking, by=call.by, now=now, on_step={"medium": call.medium})
    posting.tell_requested(booking, now, by=call.by)
    return booking


@transaction.atomic
def wish_for_days(
    *,
    partnership: Partnership,
    days: Sequence[dt.date],
    from_hour: dt.time,
    asked: TalkRequest,
    call: Call,
    now: dt.datetime,
) -> TalkWish:
    """Note two or three days that would suit a caller; as `request_talk`. Refused: not_yours, or as
    `wishes.refuse_days`.
    """
    lock_form(partnership, call.submission)
    made = TalkWish.objects.filter(submission=call.submission, partnership=partnership, written_by=call.by).first()
    if made:
        return made
    refuse_days(days, partnership, now)
    wish = TalkWish.objects.create(
        partnership=partnership,
        association=_association_of(asked, call, partnership, now),
        days=[day.isoformat() for day in days],
        from_hour=from_hour,
        asked_at=now,
        verified_at=now,
        answer_by=answer_deadline(partnership, now),
        medium=call.medium,
        written_by=call.by,
        submission=call.submission,
        **_arrangement_of(asked),
    )
    posting_wishes.tell_requested_wish(wish, now, by=call.by)
    return wish


@transaction.atomic
def send_again(*, case: Booking | TalkWish, submission: uuid.UUID, by: User, now: dt.datetime) -> bool:
    """Send the chair once more what they have heard last, with its links; by letter to who has no mailbox. Return False
    if there is nothing to send, or the same form has sent it. Refused: not_yours, or unreachable: a copy would wait
    beside the first one, or fail as that did.
    """
    refuse_unless(rules.may_ask_for(by, case.association))
    if why := no_message_to_chair(case.association.chair):
        raise Refused("unreachable", why)
    if isinstance(case, Booking):
        return posting.tell_again(case, now, since=str(submission))
    return posting_wishes.tell_wish_again(case, now, since=str(submission))


@transaction.atomic
def answer_questions(*, booking: Booking, by: User, medium: str, now: dt.datetime, **answers: str) -> Feedback:
    """Write down the two answers of a chair who has told them. Refused: not_yours, nothing_to_answer."""
    refuse_unless(rules.may_ask_for(by, booking.association))
    return afterwards.answer(booking=booking, medium=medium, written_by=by, now=now, **answers)


def _association_of(asked: TalkRequest, call: Call, partnership: Partnership, now: dt.datetime) -> Organisation:
    """Return the association of that name that the caller belongs to; if there is none, one that they are the chair of.
    What the caller says of its homes counts.
    """
    caller = call.caller
    if caller.partnership_id != partnership.pk:
        raise Refused("not_yours", _("This person belongs to another partnership."))
    theirs = Organisation.objects.filter(partnership=partnership, contacts__person=caller, kind__in=ASSOCIATIONS)
    known = theirs.filter(name__iexact=asked.association).order_by("pk").first()
    association = known or organisations.known_or_new(
        chair=caller,
        partnership=partnership,
        name=asked.association,
        kind=asked.kind,
        area=asked.area,
        homes=asked.homes,
    )
    if not rules.may_ask_for(call.by, association):
        raise Refused("not_yours", _("Only staff can do that, and not for an association of their own."))
    keep_typed_mailboxes([caller, association.chair])
    Organisation.objects.filter(pk=association.pk).update(homes=asked.homes)
    organisations.confirm_once(organisation=association, on=clock.local(now, partnership.zone).date())
    return Organisation.objects.select_related("partnership", "area").with_contacts().get(pk=association.pk)


def _arrangement_of(asked: TalkRequest) -> dict[str, Any]:
    """Nothing waits for a mailbox to be verified: the person has the name and the number, the association the homes."""
    return {**arrangement_of(asked), "name": "", "phone": "", "homes": None}
