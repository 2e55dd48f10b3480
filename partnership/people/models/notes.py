"""What staff note of a contact with a person."""

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from partnership.people.models.people import User
from partnership.places.models import Partnership


class ContactNote(models.Model):
    """One contact with a person: a code, and one short line if the code does not say it all. Kept for a year."""

    class Code(models.TextChoices):
        CALLED_US = "called_us", _("they called us")
        WE_CALLED = "we_called", _("we called them")
        NO_ANSWER = "no_answer", _("we called, and nobody answered")
        WROTE = "wrote", _("they wrote to us")
        CAME_BY = "came_by", _("we met them")
        OTHER = "other", _("another contact")

    LONGEST = 120

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="contact_notes")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="contact_notes")
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    code = models.CharField(max_length=12, choices=Code.choices)
    line = models.CharField(max_length=LONGEST, blank=True)
    submission = models.UUIDField(help_text="Drawn with the form: a double click counts once")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "submission"], name="contact_note_once")]
        indexes = [models.Index(F("person"), F("at").desc(), name="contact_note_newest")]

    def __str__(self) -> str:
        return f"{self.get_code_display()} {self.at:%Y-%m-%d}"
