"""Wishes for a talk on days that no speaker has offered."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnership.people.models import WITHOUT_EMAIL_LINK, Organisation, User, contacts
from partnership.places.models import Partnership
from talks.models.arrangements import UNVERIFIED_HOLD, Arrangement
from talks.models.bookings import Booking
from talks.models.slots import Slot


class TalkWishQuerySet(models.QuerySet["TalkWish"]):
    def waiting(self) -> "TalkWishQuerySet":
        """Return those that wait for us to find a speaker."""
        return self.filter(verified_at__isnull=False, closed_at__isnull=True)

    def open(self, now: dt.datetime) -> "TalkWishQuerySet":
        """Return those that wait for our answer, or for the chair to verify the mailbox."""
        may_be_verified = Q(verified_at__isnull=True, asked_at__gt=now - UNVERIFIED_HOLD)
        return self.filter(Q(verified_at__isnull=False) | may_be_verified, closed_at__isnull=True)

    def overdue(self, day: dt.date) -> "TalkWishQuerySet":
        """Return those whose deadline is before `day`."""
        return self.waiting().filter(answer_by__lt=day)

    def with_names(self) -> "TalkWishQuerySet":
        """Fetch association and contacts too, so that their names need no queries."""
        rows = self.select_related("partnership", "association__area", "booking")
        return rows.prefetch_related(contacts("association__contacts"))


class TalkWish(Arrangement):
    """Two or three days that would suit an association. Its timestamps give its state: asked, verified, closed with a
    talk or a reason. It holds no slot, so it needs no states and steps; the booking made from it has both.
    """

    MOST_DAYS = 3

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="talk_wishes")
    association = models.ForeignKey(Organisation, on_delete=models.RESTRICT, related_name="wishes")
    days = models.JSONField(help_text=_("ISO dates, the most wanted first"))
    from_hour = models.TimeField(default=dt.time(19), help_text=_("On the wall of the partnership"))
    asked_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateField(null=True, blank=True, help_text=_("The day we have promised an answer by"))
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    why_not = models.CharField(max_length=300, blank=True)
    booking = models.OneToOneField(Booking, null=True, blank=True, on_delete=models.SET_NULL, related_name="wish")
    medium = models.CharField(
        max_length=10,
        choices=WITHOUT_EMAIL_LINK,
        blank=True,
        default="",
        db_default="",
        help_text=_("How the association told staff, who wrote it down; empty if it came by the form"),
    )
    written_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    submission = models.UUIDField(default=uuid.uuid4, help_text=_("The form that it came from"))

    objects = TalkWishQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "submission"], name="wish_once_for_a_form"),
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True, answer_by__isnull=True)
                | Q(verified_at__isnull=False, answer_by__isnull=False),
                name="wish_is_answered_by_a_promised_day",
            ),
            models.CheckConstraint(
                condition=Q(booking__isnull=True) | Q(closed_at__isnull=False), name="wish_with_a_talk_is_closed"
            ),
        ]
        indexes = [
            models.Index(fields=["partnership", "answer_by"], condition=Q(closed_at__isnull=True), name="wish_queue")
        ]

    def __str__(self) -> str:
        return f"{self.association}: {', '.join(self.days)}"

    @property
    def wished_days(self) -> list[dt.date]:
        return [dt.date.fromisoformat(day) for day in self.days]

    def is_met_by(self, slot: Slot) -> bool:
        """Return whether the talk could be on a slot on a wished day, at the wished hour or later."""
        return slot.from_hour_on(self.wished_days, self.from_hour, self.about, self.partnership.zone) is not None

    @property
    def is_withdrawn(self) -> bool:
        """Whether the association no longer wishes for these days."""
        return self.closed_at is not None and self.verified_at is not None and not (self.booking_id or self.why_not)

    @property
    def is_waiting(self) -> bool:
        """Whether the chair has used the link, and nobody has answered."""
        return self.verified_at is not None and self.closed_at is None
