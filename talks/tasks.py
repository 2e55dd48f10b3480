"""Periodic tasks of the room."""

from celery import shared_task

from partnership import clock
from partnership.places.models import Partnership
from talks.actions.associations import ask_for_the_year
from talks.actions.bookings import lapse
from talks.actions.patterns import fill
from talks.actions.wishes import report_missed_deadline
from talks.models import Booking, Speaker, TalkWish


@shared_task(name="talks.release", ignore_result=True)
def release() -> None:
    """Lapse requests and offers whose hold has ended, and tell those concerned. Their slots count as free already."""
    now = clock.now()
    for booking in Booking.objects.run_out(now).order_by("pk")[:500]:
        lapse(booking=booking, now=now)


@shared_task(name="talks.nightly", ignore_result=True)
def nightly() -> None:
    """Nightly work. Running twice changes nothing; after a week without it everything is caught up."""
    now = clock.now()
    for speaker in Speaker.objects.filter(is_active=True, patterns__isnull=False).distinct().order_by("pk"):
        fill(speaker=speaker, now=now)
    for partnership in Partnership.objects.order_by("pk"):
        today = clock.local(now, partnership.zone).date()
        for wish in TalkWish.objects.filter(partnership=partnership).overdue(today).order_by("pk"):
            report_missed_deadline(wish=wish, now=now)
        ask_for_the_year(partnership=partnership, now=now)
