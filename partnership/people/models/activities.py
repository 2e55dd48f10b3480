"""What helpers did, by day."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from partnership.people.models.media import WITHOUT_EMAIL_LINK
from partnership.people.models.people import User
from partnership.places.models import Partnership


class Activity(models.Model):
    """Something a helper did, on a day, written by the room where it happened. Active helpers have recent ones."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="activities")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="activities")
    kind = models.CharField(max_length=40, help_text=_("The room and what was done: neighbours.met_a_neighbour"))
    day = models.DateField()
    written_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Staff to whom the person told it; empty if they ticked it themselves"),
    )
    # Empty of older ones, and of those that staff note without saying how they were told.
    medium = models.CharField(max_length=10, choices=WITHOUT_EMAIL_LINK, blank=True, db_default="", default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "day"], name="activity_once_a_day")]
        # With the person, so that counting who is active reads the index alone.
        indexes = [models.Index(fields=["partnership", "day"], include=["person"], name="activity_counted")]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"
