"""What the talks' room forgets with a person, and what it keeps as a count without her.

Of a talk that took place there stays when, which talk, in which area, for how many homes, and how many came. Whatever a
person wrote, and whoever she was, goes.
"""

import datetime as dt

from django.db.models import Q

from partnership.people.models import User
from talks.actions.bookings import cancel
from talks.models import Association, Booking, BookingStep, Feedback, TalkWish

S = Booking.State


def her_associations(person: User, now: dt.datetime) -> None:
    """Cancel a chair's talks ahead, so that the speaker hears of it, and take her words and names off the rest."""
    hers = Booking.objects.filter(association__chair=person)
    ahead = list(hers.filter(state=S.CONFIRMED, starts_at__gt=now))
    for booking in ahead:
        cancel(booking=booking, by=person, now=now)
    # The mail to the speaker is written when it leaves, and looks at the row then.
    stays = Q(state__in=[S.HELD, S.CONFIRMED]) | Q(pk__in=[booking.pk for booking in ahead])
    kept = list(hers.filter(stays).values_list("pk", flat=True))
    TalkWish.objects.filter(association__chair=person).delete()
    hers.exclude(pk__in=kept).delete()
    Feedback.objects.filter(booking__in=kept).delete()
    BookingStep.objects.filter(booking__in=kept).update(why="")
    Booking.objects.filter(pk__in=kept).update(place="", note="")
    Association.objects.filter(bookings__in=kept).update(chair=None, deputy=None, name="", confirmed_on=None)


def her_talks(person: User, now: dt.datetime) -> None:
    """Take a speaker's name off what is over. A talk ahead keeps her: somebody else must take it over first."""
    Booking.objects.filter(speaker__person=person, state__in=Booking.ENDED).update(speaker=None)
