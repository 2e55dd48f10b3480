"""What an association tells us anew about its place and its guests, itself or through staff."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partnership import cases
from partnership.people.models import User
from partnership.people.rules import speaks_for
from partnership.refusals import Refused
from talks import rules
from talks.actions.holding import lock
from talks.messages import posting
from talks.models import Booking

S = Booking.State


@transaction.atomic
def change_answers(*, booking: Booking, answers: Mapping[str, Any], by: User, now: dt.datetime) -> bool:
    """Store the answers that are new, until the talk begins, and return whether there were any. Of a confirmed talk
    speaker and chair are told, and coordinators of what the association changed; a request's page is enough.

    Refused: not_yours, too_late.
    """
    booking = lock(booking)
    if not rules.may_cancel(by, booking):
        raise Refused("not_yours", _("Only the association and the coordinator can change this."))
    if not booking.may_be_told_anew(now):
        raise Refused("too_late", _("This can be changed until the talk begins, and not once it is cancelled."))
    changes = {name: answer for name, answer in answers.items() if getattr(booking, name) != answer}
    if not changes:
        return False
    step = cases.stay(booking, by=by, now=now, sequence=booking.sequence + 1, **changes)
    if booking.state == S.CONFIRMED:
        posting.tell_changed(booking, step.pk, now)
        if speaks_for(by, booking.association):
            posting.tell_coordinators(booking, "association_changed", now, about={"step": step.pk})
    return True
