"""Other slots for a talk: those that we offer, and the one that a chair asks to move to."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partnership import clock
from talks.models.bookings import Booking
from talks.models.speakers import Speaker


class SlotHoldQuerySet(models.QuerySet["SlotHold"]):
    def standing(self, now: dt.datetime) -> "SlotHoldQuerySet":
        """Return the current holds: not answered, and not expired."""
        return self.filter(closed_at__isnull=True, held_until__gt=now)


class SlotHold(models.Model):
    """A slot that is held for a talk until the other side has answered. It has the times that the talk would have, and
    keeps as much of the speaker's time free. One without a booking is for a request that was not taken, and lasts as
    long as for one that was, so that a slot's being free does not reveal whether a mailbox is known.
    """

    booking = models.ForeignKey(Booking, null=True, blank=True, on_delete=models.CASCADE, related_name="holds")
    submission = models.UUIDField(
        null=True, blank=True, help_text=_("The form that it came from, where there is no booking")
    )
    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    travel_minutes = models.PositiveSmallIntegerField(default=0, db_default=0, help_text=_("One way, as for a talk"))
    is_asked_by_chair = models.BooleanField(
        default=False, help_text=_("The chair asks to move there; otherwise we offer it")
    )
    held_until = models.DateTimeField()
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True, help_text=_("When it was chosen, or another was"))

    objects = SlotHoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["speaker", "submission"], name="slot_hold_once_for_a_form"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="slot_hold_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["booking", "speaker", "starts_at"],
                condition=Q(closed_at__isnull=True),
                name="slot_hold_stands_once_for_a_talk",
            ),
        ]
        indexes = [
            models.Index(
                fields=["speaker", "starts_at"], condition=Q(closed_at__isnull=True), name="slot_hold_of_speaker"
            )
        ]

    def __str__(self) -> str:
        return f"{self.booking_id}: {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def answer_by(self) -> dt.date:
        """The day by which a chair who asks to move gets an answer: the local day on which the hold ends."""
        return clock.last_day(self.held_until, self.speaker.partnership.zone)
