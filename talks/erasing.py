"""What the talks' room forgets with a person, and what it keeps as a count without her.

Of a talk that took place there stays when, which talk, in which area, for how many homes, and how many came. Whatever a
person wrote, and whoever she was, goes.
"""

import datetime as dt

from django.db.models import Q

from partnership.people.models import ASSOCIATIONS, Organisation, User
from talks.actions.bookings import cancel
from talks.models import Booking, BookingStep, Feedback, TalkWish

S = Booking.State


def talks_of_associations(person: User, now: dt.datetime) -> None:
    """Cancel a chair's talks ahead, so that the speaker hears of it, and take the chair's words off the rest.

    An association of which no talk stays goes with its chair; the others lose their names
    (people.actions.organisations).
    """
    associations = Organisation.objects.chaired_by(person).filter(kind__in=ASSOCIATIONS)
    asked = Booking.objects.filter(association__in=associations)
    ahead = list(asked.filter(state=S.CONFIRMED, starts_at__gt=now))
    for booking in ahead:
        cancel(booking=booking, by=person, now=now)
    # The mail to the speaker is written when it leaves, and looks at the row then.
    stays = Q(state__in=[S.TOOK_PLACE, S.CONFIRMED]) | Q(pk__in=[booking.pk for booking in ahead])
    kept = list(asked.filter(stays).values_list("pk", flat=True))
    TalkWish.objects.filter(association__in=associations).delete()
    asked.exclude(pk__in=kept).delete()
    Feedback.objects.filter(booking__in=kept).delete()
    BookingStep.objects.filter(booking__in=kept).update(why="")
    Booking.objects.filter(pk__in=kept).update(place="", note="")


def talks_ahead_of(person: User, now: dt.datetime) -> None:
    """Take a speaker's name off what is over. A talk ahead keeps her: somebody else must take it over first."""
    Booking.objects.filter(speaker__person=person, state__in=Booking.ENDED).update(speaker=None)
