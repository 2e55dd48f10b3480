"""What is recorded after a talk: whether it took place, and how many came."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from partnership import cases, clock
from partnership.fields.printed_days import hour_in_words
from partnership.people.models import User
from partnership.refusals import Refused
from talks import rules
from talks.actions.holding import lock, refuse_unless
from talks.messages import posting
from talks.models import Booking, Feedback

S = Booking.State


@transaction.atomic
def close(*, booking: Booking, took_place: bool, attendance: int | None, by: User, now: dt.datetime) -> Booking:
    """Record after a talk whether it took place, and how many came. Coordinators hear of a talk that did not, though
    the association has answered how it was. Refused: not_yours, or not_over.
    """
    booking = lock(booking)
    refuse_unless(rules.may_close(by, booking))
    if booking.ends_at > now:
        ends = hour_in_words(clock.local(booking.ends_at, booking.partnership.zone))
        raise Refused("not_over", _("The talk is not over yet. Come back after %(time)s.") % {"time": ends})
    if took_place:
        cases.move(booking, S.TOOK_PLACE, by=by, now=now, attendance=attendance)
        posting.thank_chair(booking, now)
    else:
        cases.move(booking, S.DID_NOT_TAKE_PLACE, by=by, now=now)
        posting.tell_there_was_none(booking, now)
        if Feedback.objects.filter(booking=booking).exists():
            posting.tell_coordinators(booking, "answers_disagree", now, excluding=by)
    return booking


@transaction.atomic
def correct(*, booking: Booking, took_place: bool, attendance: int | None, by: User, now: dt.datetime) -> bool:
    """Correct what was recorded, as a step, and return whether it was something else. Nobody is written to twice about
    the same. Refused: not_yours, or too_late after `CORRECTED_WITHIN`.
    """
    booking = lock(booking)
    refuse_unless(rules.may_answer(by, booking))
    if not rules.may_correct(by, booking, now):
        too_late = _("This can be corrected until %(days)s days after it was recorded.")
        raise Refused("too_late", too_late % {"days": rules.CORRECTED_WITHIN.days})
    was, recorded_at = booking.state, booking.steps.recorded().earliest("pk").at
    if not took_place and was == S.TOOK_PLACE:
        cases.move(booking, S.DID_NOT_TAKE_PLACE, by=by, now=now, attendance=None)
        posting.tell_there_was_none(booking, now)
    elif took_place and was == S.DID_NOT_TAKE_PLACE:
        cases.move(booking, S.TOOK_PLACE, by=by, now=now, attendance=attendance)
        posting.thank_chair_after_all(booking, recorded_at, now)
    elif took_place and booking.attendance != attendance:
        cases.stay(booking, by=by, now=now, attendance=attendance)
    else:
        return False
    return True
