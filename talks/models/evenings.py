"""The stretches of time that speakers have offered."""

import datetime as dt

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from partnership.places.models import Partnership
from talks.models.bookings import Booking, BookingQuerySet
from talks.models.offers import Option, OptionQuerySet
from talks.models.ranges import Busy, TsTzRange
from talks.models.speakers import Speaker, WeeklyPattern


class EveningQuerySet(models.QuerySet["Evening"]):
    def bookable(self, now: dt.datetime, *, but: Booking | None = None) -> "EveningQuerySet":
        """Return the evenings that may still be asked for: in good time, and held by nobody else than `but`."""
        return self.coming(now, but=but).filter(
            speaker__is_active=True, starts_at__gte=now + Evening.NOTICE, is_taken=False
        )

    def coming(self, now: dt.datetime, *, but: Booking | None = None) -> "EveningQuerySet":
        """Return the evenings ahead that have not been taken back, each with `is_taken`; what `but` holds is free."""
        ours = but.pk if but else None
        return (
            self.filter(withdrawn_at__isnull=True, starts_at__gt=now)
            .annotate(is_taken=Exists(_talks(now).exclude(pk=ours)) | Exists(_options(now).exclude(booking=ours)))
            .order_by("starts_at", "pk")
        )


def _talks(now: dt.datetime) -> BookingQuerySet:
    """The talks that keep the speaker from an evening: while she speaks, and while she drives."""
    a_day = dt.timedelta(days=1)
    near = Booking.objects.blocking(now).filter(
        speaker=OuterRef("speaker"),
        # These two say nothing new; they let the index on the speaker's hours find the few that are near.
        starts_at__lt=OuterRef("ends_at") + a_day,
        starts_at__gt=OuterRef("starts_at") - a_day,
    )
    busy = near.alias(busy=Busy("starts_at", "ends_at", "travel_minutes"))
    return busy.filter(busy__overlap=TsTzRange(OuterRef("starts_at"), OuterRef("ends_at")))


def _options(now: dt.datetime) -> OptionQuerySet:
    """The offers that keep an evening until they are answered."""
    return Option.objects.standing(now).filter(
        speaker=OuterRef("speaker"), starts_at__lt=OuterRef("ends_at"), ends_at__gt=OuterRef("starts_at")
    )


class Evening(models.Model):
    """A stretch of time that a speaker has offered."""

    # A speaker needs to plan, and an association needs to invite.
    NOTICE = dt.timedelta(days=7)

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="evenings")
    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="evenings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    pattern = models.ForeignKey(
        WeeklyPattern, null=True, blank=True, on_delete=models.SET_NULL, related_name="evenings"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = EveningQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="evening_ends_after_it_starts"),
            models.UniqueConstraint(fields=["speaker", "starts_at"], name="evening_offered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.speaker} {self.starts_at:%Y-%m-%d %H:%M}"
