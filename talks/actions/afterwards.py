"""The chair's feedback after a talk."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from partnership.people.models import User
from partnership.refusals import Refused
from talks.actions.holding import lock
from talks.messages import posting
from talks.models import Booking, Feedback

S = Booking.State


@transaction.atomic
def answer(
    *,
    booking: Booking,
    useful: str,
    will_act: str,
    words: str,
    now: dt.datetime,
    medium: str = "",
    written_by: User | None = None,
) -> Feedback:
    """Store the chair's answers to the two questions, and tell the coordinators; newer answers replace older ones.
    `medium` is how the chair told staff, one of whom has `written_by` them down. The same answers again tell nobody and
    change nothing. Refused: nothing_to_answer.
    """
    booking = lock(booking)
    if booking.ends_at > now or booking.state not in (S.CONFIRMED, S.TOOK_PLACE):
        raise Refused(
            "nothing_to_answer", _("There is nothing to answer yet. The questions are about a talk that took place.")
        )
    said = {"useful": useful, "will_act": will_act, "words": words}
    if again := Feedback.objects.filter(booking=booking, **said).first():
        return again  # a second press
    how = {"medium": medium, "written_by": written_by, "at": now}
    feedback, _made = Feedback.objects.update_or_create(booking=booking, defaults={**said, **how})
    at = now.isoformat()
    posting.tell_coordinators(booking, "questions_answered", now, version=at, excluding=written_by, about={"at": at})
    return feedback
