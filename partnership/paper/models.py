"""What is stored of printed codes."""

import uuid

from django.db import models

from partnership.places.models import Partnership


class PrintedCode(models.Model):
    """A code on paper that opens one thing, once. The code itself is stored nowhere: it is made from the seed and the
    portal's secret whenever it is printed, and found again by its keyed hash.

    It names what it opens by number and not by a foreign key, since the rooms that print codes stand above.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="printed_codes")
    purpose = models.CharField(max_length=40, help_text="The room and what is opened: entrance.own_data")
    about = models.BigIntegerField(help_text="The number of the row that it is about")
    seed = models.UUIDField(default=uuid.uuid4, editable=False)
    digits = models.PositiveSmallIntegerField(default=12, db_default=12, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When a newer one took its place")

    class Meta:
        indexes = [models.Index(fields=["purpose", "about"], name="printed_code_of_row")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.made_at:%Y-%m-%d}"
