"""The times that speakers have offered."""

import calendar
import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Count, F, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from partnership import clock
from partnership.places.models import Partnership
from partnership.places.spans import Span, span_on, start_of
from talks.formats import Format
from talks.models.bookings import Booking
from talks.models.speakers import Speaker, WeeklyPattern

if TYPE_CHECKING:
    from talks.models.wishes import TalkWish


class SlotQuerySet(models.QuerySet["Slot"]):
    def bookable(
        self, now: dt.datetime, *, ignoring: Booking | None = None, at_short_notice: bool = False
    ) -> "SlotQuerySet":
        """Return the slots that can still be asked for: on no day on which the speaker is away, not taken except by
        `ignoring`, and early enough; staff use them `at_short_notice` too.
        """
        rows = self.free(now, ignoring=ignoring).filter(speaker__is_active=True).exclude(_is_on_a_day_away())
        return rows if at_short_notice else rows.filter(starts_at__gte=now + Slot.NOTICE)

    def free(self, now: dt.datetime, *, ignoring: Booking | None = None) -> "SlotQuerySet":
        """Return the future slots that are neither withdrawn nor taken, except by `ignoring`."""
        return self.coming(now, ignoring=ignoring).filter(Q(is_taken=False))

    def coming(self, now: dt.datetime, *, ignoring: Booking | None = None) -> "SlotQuerySet":
        """Return the future slots that are not withdrawn, each with `is_taken`; what `ignoring` takes is free."""
        return (
            self.filter(withdrawn_at__isnull=True, starts_at__gt=now)
            .annotate(is_taken=_is_taken(now, ignoring.pk if ignoring else None))
            .order_by("starts_at", "pk")
        )

    def to_show(self, now: dt.datetime) -> "SlotQuerySet":
        """Return the future slots for their speaker's own page: those that are taken, or on no day away."""
        return self.coming(now).filter(Q(is_taken=True) | ~Q(_is_on_a_day_away()))

    def on_days(self, first_on: dt.date, last_on: dt.date, zone: ZoneInfo) -> "SlotQuerySet":
        """Return the slots that begin on these days of a zone and are not withdrawn."""
        first, end = (clock.at(day, dt.time(0), zone) for day in (first_on, last_on + dt.timedelta(days=1)))
        return self.filter(starts_at__gte=first, starts_at__lt=end, withdrawn_at__isnull=True)

    def in_month(self, first_on: dt.date, zone: ZoneInfo) -> "SlotQuerySet":
        """Return the slots that begin in the month of this first day and are not withdrawn."""
        _weekday, days = calendar.monthrange(first_on.year, first_on.month)
        return self.on_days(first_on, first_on.replace(day=days), zone)

    def counted_by_month(self, zone: ZoneInfo) -> dict[dt.date, int]:
        """Return how many slots begin in each month of a zone that has any, by the first day of the month."""
        month = TruncMonth("starts_at", output_field=models.DateField(), tzinfo=zone)
        return dict(self.values_list(month).annotate(Count("pk")).order_by(month))


def _is_taken(now: dt.datetime, ignoring: int | None) -> RawSQL:
    """Return an SQL expression: whether a talk or a hold occupies the slot, the travel time included. It is SQL since
    every page of this room uses it, and Django takes longer to build `Exists()` than PostgreSQL to run it: with that a
    chair's booking takes 1.16 times as long (benchmarks/RESULTS.md). It equals `Booking.objects.blocking` and
    `SlotHold.objects.standing`; a test compares them.
    """
    return RawSQL(
        """
        EXISTS (
            SELECT FROM talks_booking AS talk
            WHERE talk.speaker_id = talks_slot.speaker_id AND talk.id IS DISTINCT FROM %s
            AND talk.state = ANY(%s) AND NOT (talk.state = ANY(%s) AND talk.held_until <= %s)
            -- These two say nothing new; they let the index on the speaker's hours find the few that are near.
            AND talk.starts_at < talks_slot.ends_at + interval '24 hours'
            AND talk.starts_at > talks_slot.starts_at - interval '24 hours'
            AND talks_busy(talk.starts_at, talk.ends_at, talk.travel_minutes)
                && tstzrange(talks_slot.starts_at, talks_slot.ends_at)
        ) OR EXISTS (
            SELECT FROM talks_slothold AS hold
            WHERE hold.speaker_id = talks_slot.speaker_id
            AND (hold.booking_id IS NULL OR hold.booking_id IS DISTINCT FROM %s)
            AND hold.closed_at IS NULL AND hold.held_until > %s
            AND hold.starts_at < talks_slot.ends_at + interval '24 hours'
            AND hold.starts_at > talks_slot.starts_at - interval '24 hours'
            AND talks_busy(hold.starts_at, hold.ends_at, hold.travel_minutes)
                && tstzrange(talks_slot.starts_at, talks_slot.ends_at)
        )
        """,
        [ignoring, [*map(str, Booking.BLOCKING)], [*map(str, Booking.PENDING)], now, ignoring, now],
        output_field=models.BooleanField(),
    )


def _is_on_a_day_away() -> RawSQL:
    """Return an SQL expression, since a speaker's days are those of the partnership's own time zone."""
    return RawSQL(
        """
        EXISTS (
            SELECT FROM talks_daysaway AS away JOIN places_partnership AS here ON here.id = talks_slot.partnership_id
            WHERE away.speaker_id = talks_slot.speaker_id
            AND (talks_slot.starts_at AT TIME ZONE here.time_zone)::date BETWEEN away.first_on AND away.last_on
        )
        """,
        [],
        output_field=models.BooleanField(),
    )


class Slot(models.Model):
    """A time that a speaker has offered."""

    # The speaker needs time to plan, and the association to invite. Staff may call both, and need not wait.
    NOTICE = dt.timedelta(days=7)

    # For a list of slots: whether what takes it is a talk, and not a request or an offer. Set by the view.
    has_talk = False

    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.CASCADE, related_name="slots"
    )
    speaker = models.ForeignKey(Speaker, verbose_name=_("speaker"), on_delete=models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    pattern = models.ForeignKey(
        WeeklyPattern,
        verbose_name=_("weekly pattern"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="slots",
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = SlotQuerySet.as_manager()

    class Meta:
        verbose_name = _("evening")
        verbose_name_plural = _("evenings")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="slot_ends_after_it_starts"),
            models.UniqueConstraint(fields=["speaker", "starts_at"], name="slot_offered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.speaker} {self.starts_at:%Y-%m-%d %H:%M}"

    def suits(self, case: "Booking | TalkWish") -> bool:
        """Return whether the talk could be on this slot: the speaker gives it and goes there, and it is long enough."""
        about = case.about
        goes_there = about.is_online or self.speaker.goes_to(case.association.area)
        return self.is_long_enough_for(about) and goes_there and self.speaker.gives_format(case.format)

    def from_hour_on(self, days: Collection[dt.date], from_hour: dt.time, about: Format, zone: ZoneInfo) -> Span | None:
        """Return what there is of it from that hour on, if it is on one of these days and long enough for the talk."""
        starts, ends = (clock.local(moment, zone) for moment in (self.starts_at, self.ends_at))
        if starts.date() not in days:
            return None
        rest = span_on(starts.date(), max(starts.time(), from_hour), ends.time(), zone)
        return rest if rest and start_of(rest, about.minutes) else None

    def is_long_enough_for(self, about: Format) -> bool:
        """Return whether it is long enough for a talk of this format."""
        return start_of((self.starts_at, self.ends_at), about.minutes) is not None
