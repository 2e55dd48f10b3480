"""Who of the staff has looked at whose data."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from partnership.places.models import Partnership


class LookUp(models.Model):
    """One reading of one person's data. Rows are added, never changed: a trigger in the database refuses it. It names
    both by number and not by a foreign key, so that erasing a person needs no change here.
    """

    class Purpose(models.TextChoices):
        CALL = "call", _("they called")
        LETTER_OR_SLIP = "letter_or_slip", _("a letter or a slip")
        EMAIL = "email", _("an email")
        VISIT = "visit", _("they came by")
        CORRECTING = "correcting", _("to correct or end something")
        MESSAGE_FAILED = "message_failed", _("a message did not arrive")
        OTHER = "other", _("something else")

    class SeenOn(models.TextChoices):
        PAGE = "page", _("the page of the person")
        SEARCH = "search", _("the search")
        ADMINISTRATION = "administration", _("the administration")
        LETTERS = "letters", _("letters to print")
        CODES = "codes", _("letters with codes")
        TALK = "talk", _("the page of a talk")
        MESSAGE = "message", _("the page of a message")
        HELPERS = "helpers", _("the list of helpers")
        SLIP = "slip", _("a slip of somebody already known")
        TYPED = "typed", _("an email address that another partnership typed")
        MAILBOXES = "mailboxes", _("the list of people with one mailbox")

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="look_ups")
    by_id = models.BigIntegerField(help_text="The number of who looked")
    person_id = models.BigIntegerField(help_text="The number of whom they looked at")
    at = models.DateTimeField()
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    seen_on = models.CharField(max_length=20, choices=SeenOn.choices)

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "at"], name="look_up_of_person"),
            models.Index(fields=["by_id", "at"], name="look_up_by_reader"),
        ]

    def __str__(self) -> str:
        return f"{self.by_id} looked at {self.person_id}"
