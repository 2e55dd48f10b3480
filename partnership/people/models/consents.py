"""Consents, and the exact words that people were shown."""

import hashlib

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from partnership.people.models.media import Medium
from partnership.people.models.people import User
from partnership.places.models import Partnership


class Wording(models.Model):
    """The exact text that a consent was given to. Never edited: a new text is a new row."""

    purpose = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    text = models.TextField()
    digest = models.CharField(max_length=64, unique=True, help_text=_("SHA-256 of purpose, language and text"))

    def __str__(self) -> str:
        return f"{self.purpose} ({self.language})"

    @staticmethod
    def digest_of(purpose: str, language: str, text: str) -> str:
        """Return the SHA-256 in hex by which the same words are found again."""
        return hashlib.sha256("\n".join((purpose, language, text)).encode()).hexdigest()


class ConsentQuerySet(models.QuerySet["Consent"]):
    def live(self, person: User, purpose: str) -> bool:
        """Return whether the newest answer of `person` on `purpose` is yes. No answer means no."""
        newest = self.filter(person=person, wording__purpose=purpose).order_by("-pk").first()
        return newest is not None and newest.is_given


class Consent(models.Model):
    """One yes or no. Rows are added, never changed: a trigger in the database refuses it."""

    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.CASCADE, related_name="consents"
    )
    person = models.ForeignKey(User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="consents")
    wording = models.ForeignKey(Wording, verbose_name=_("wording"), on_delete=models.PROTECT)
    is_given = models.BooleanField(_("says yes"), help_text=_("False withdraws"))
    at = models.DateTimeField(_("said on"))
    medium = models.CharField(_("said how"), max_length=10, choices=Medium.choices)
    written_by = models.ForeignKey(
        User,
        verbose_name=_("written down by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Staff who typed a slip"),
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        indexes = [models.Index(F("person"), F("id").desc(), name="consent_newest")]

    def __str__(self) -> str:
        return f"{self.wording.purpose}: {'yes' if self.is_given else 'no'}"
