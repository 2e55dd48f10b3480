"""The cards on which helpers without email tell what they have done."""

from django.db import models
from django.db.models import Q

from neighbours.models.membership import Helper
from partnership.paper.models import PrintedCode
from partnership.people.models import User

# The purpose of the numbers of cards, as rows of printed codes store it.
PURPOSE = "neighbours.reply_card"


class ReplyCard(models.Model):
    """A card that was printed for a helper, with a number and boxes to tick and no name; and, once staff have typed it
    in, what was ticked. The newest number of a helper ends the one before.
    """

    helper = models.ForeignKey(Helper, on_delete=models.CASCADE, related_name="reply_cards")
    code = models.OneToOneField(PrintedCode, on_delete=models.CASCADE, related_name="+")
    # None of a card that goes out with a letter by itself.
    made_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_with = models.UUIDField(null=True, blank=True, help_text="Drawn with the form: a double click counts once")
    day = models.DateField(null=True, blank=True, help_text="The day of what is ticked, as staff wrote it")
    noted_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    noted_with = models.UUIDField(null=True, blank=True, help_text="Drawn with the form: a double click counts once")
    things = models.JSONField(default=list, help_text="The kinds of the things that are ticked")
    added = models.JSONField(default=list, help_text="Those that were not noted for that day before: undone with it")
    asks_for_another = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(noted_at=None, day=None) | Q(noted_at__isnull=False, day__isnull=False),
                name="reply_card_noted_for_a_day",
            ),
            models.UniqueConstraint(fields=["helper", "made_with"], name="reply_card_made_once_for_a_form"),
        ]
        indexes = [models.Index(fields=["noted_by", "noted_at"], name="reply_card_noted")]

    def __str__(self) -> str:
        return f"card {self.pk}"
