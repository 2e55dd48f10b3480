"""The stretches of time that speakers have offered."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from partnership.places.models import Partnership
from talks.models.bookings import Booking
from talks.models.speakers import Speaker, WeeklyPattern


class EveningQuerySet(models.QuerySet["Evening"]):
    def bookable(self, now: dt.datetime, *, but: Booking | None = None) -> "EveningQuerySet":
        """Return the evenings that may still be asked for: in good time, and held by nobody else than `but`."""
        return self.coming(now, but=but).filter(
            speaker__is_active=True, starts_at__gte=now + Evening.NOTICE, is_taken=False
        )

    def coming(self, now: dt.datetime, *, but: Booking | None = None) -> "EveningQuerySet":
        """Return the evenings ahead that have not been taken back, each with `is_taken`; what `but` holds is free."""
        return (
            self.filter(withdrawn_at__isnull=True, starts_at__gt=now)
            .annotate(is_taken=_is_taken(now, but.pk if but else None))
            .order_by("starts_at", "pk")
        )


def _is_taken(now: dt.datetime, but: int | None) -> RawSQL:
    """Say of an evening whether a talk (while she speaks and drives) or an offer keeps the speaker from it.

    As SQL, since every page of this room asks it, and Django takes longer to word it than PostgreSQL to answer. It says
    what `Booking.objects.blocking` and `Option.objects.standing` say; a test compares them.
    """
    return RawSQL(
        """
        EXISTS (
            SELECT FROM talks_booking AS talk
            WHERE talk.speaker_id = talks_evening.speaker_id AND talk.id IS DISTINCT FROM %s
            AND talk.state = ANY(%s) AND NOT (talk.state = ANY(%s) AND talk.held_until <= %s)
            -- These two say nothing new; they let the index on the speaker's hours find the few that are near.
            AND talk.starts_at < talks_evening.ends_at + interval '24 hours'
            AND talk.starts_at > talks_evening.starts_at - interval '24 hours'
            AND talks_busy(talk.starts_at, talk.ends_at, talk.travel_minutes)
                && tstzrange(talks_evening.starts_at, talks_evening.ends_at)
        ) OR EXISTS (
            SELECT FROM talks_option AS option
            WHERE option.speaker_id = talks_evening.speaker_id
            AND (option.booking_id IS NULL OR option.booking_id IS DISTINCT FROM %s)
            AND option.closed_at IS NULL AND option.kept_until > %s
            AND option.starts_at < talks_evening.ends_at AND option.ends_at > talks_evening.starts_at
        )
        """,
        [but, [*map(str, Booking.BLOCKING)], [*map(str, Booking.PENDING)], now, but, now],
        output_field=models.BooleanField(),
    )


class Evening(models.Model):
    """A stretch of time that a speaker has offered."""

    # A speaker needs to plan, and an association needs to invite.
    NOTICE = dt.timedelta(days=7)

    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.CASCADE, related_name="evenings"
    )
    speaker = models.ForeignKey(Speaker, verbose_name=_("speaker"), on_delete=models.CASCADE, related_name="evenings")
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    pattern = models.ForeignKey(
        WeeklyPattern,
        verbose_name=_("weekly pattern"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="evenings",
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = EveningQuerySet.as_manager()

    class Meta:
        verbose_name = _("evening")
        verbose_name_plural = _("evenings")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="evening_ends_after_it_starts"),
            models.UniqueConstraint(fields=["speaker", "starts_at"], name="evening_offered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.speaker} {self.starts_at:%Y-%m-%d %H:%M}"
