"""Which rows of other rooms the staff's dashboard and the follow-up of talks are made of."""

import datetime as dt

from django.db.models import Q, QuerySet

from figures.models import Import
from neighbours.models import Helper, HelperQuerySet
from partnership.people.models import Role
from partnership.places.models import Partnership
from talks.models import NOT_MOVED_TO, Booking, BookingQuerySet, BookingStep

S = Booking.State
# Somebody erased has left no name at their steps, and nor have staff and the portal: these steps are a chair's alone.
OF_CHAIRS = Q(to_state=S.CANCELLED) | Q(from_state__in=[S.OFFERED, S.CONFIRMED], to_state=S.CONFIRMED)


def steps_by_others(here: Partnership, since: dt.datetime) -> QuerySet[BookingStep]:
    """Return what chairs, deputies and speakers have done with talks, the newest first. Asking for a talk is not among
    it: that waits for an answer.
    """
    staff = Role.objects.filter(partnership=here, kind__in=Role.STAFF).values("user")
    return (
        BookingStep.objects.filter(booking__partnership=here, at__gt=since)
        .filter(Q(by__isnull=False) & ~Q(by__in=staff) | Q(by__isnull=True) & OF_CHAIRS)
        .exclude(changed__has_key=NOT_MOVED_TO)
        .exclude(to_state__in=[S.UNVERIFIED, S.REQUESTED])
        # Nobody has confirmed it: a corrected address made another of it, and the night ends the rest.
        .exclude(from_state=S.UNVERIFIED)
        .select_related("by", "booking__association__area", "booking__speaker", "booking__partnership")
        .order_by("-at", "-pk")
    )


def talks_ahead(here: Partnership, now: dt.datetime) -> BookingQuerySet:
    """Return the confirmed talks to come, the next first."""
    return Booking.objects.filter(partnership=here).upcoming(now).select_related("association__area")


def talks_in_areas(here: Partnership) -> BookingQuerySet:
    """Return the talks that took place in an area, newest first."""
    over = Booking.objects.filter(partnership=here, state=S.TOOK_PLACE, association__area__isnull=False)
    return over.select_related("association__area").order_by("-starts_at")


def helpers_in_areas(here: Partnership) -> HelperQuerySet:
    """Return the present helpers whose home is known."""
    return Helper.objects.filter(partnership=here, household__isnull=False).confirmed()


def imports_of(here: Partnership) -> QuerySet[Import]:
    """Return the imports that have figures of the municipality: another country's sources say nothing here."""
    return Import.objects.with_figures_of(here.municipality_code)
