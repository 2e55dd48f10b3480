"""What `talks` deletes with a person, and what it keeps as a count. Of a talk that took place only its time, format,
area, number of homes and attendance stay; names and everything that people wrote are deleted.
"""

import datetime as dt

from django.db.models import Q

from partnership.people.models import ASSOCIATIONS, Organisation, User
from talks.actions.bookings import cancel
from talks.models import Booking, BookingStep, Feedback, TalkWish

S = Booking.State


def talks_of_associations(person: User, now: dt.datetime) -> None:
    """Cancel a chair's coming talks, so that the speaker is told, and delete the chair's words from the others.

    An association without a remaining talk is deleted with its chair; the others lose their names
    (people.actions.organisations).
    """
    associations = Organisation.objects.chaired_by(person).filter(kind__in=ASSOCIATIONS)
    asked = Booking.objects.filter(association__in=associations)
    ahead = list(asked.filter(state=S.CONFIRMED, starts_at__gt=now))
    for booking in ahead:
        cancel(booking=booking, by=person, now=now)
    # The email to the speaker is rendered when it is sent, from the row as it is then.
    stays = Q(state__in=[S.TOOK_PLACE, S.CONFIRMED]) | Q(pk__in=[booking.pk for booking in ahead])
    kept = list(asked.filter(stays).values_list("pk", flat=True))
    TalkWish.objects.filter(association__in=associations).delete()
    asked.exclude(pk__in=kept).delete()
    Feedback.objects.filter(booking__in=kept).delete()
    BookingStep.objects.filter(booking__in=kept).update(why="")
    Booking.objects.filter(pk__in=kept).update(place="", note="")


def speaker_of_ended_talks(person: User, now: dt.datetime) -> None:
    """Remove a speaker from ended talks. A coming talk prevents erasing: another speaker must take it first."""
    Booking.objects.filter(speaker__person=person, state__in=Booking.ENDED).update(speaker=None)
