"""Feedback after a talk, and calendar feeds."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from partnership.people.models import WITHOUT_EMAIL_LINK, User
from partnership.places.models import Partnership
from talks.models.bookings import Booking


class Feedback(models.Model):
    """The chair's answers to the two questions, only the newest."""

    class Useful(models.TextChoices):
        YES = "yes", _("Yes, very")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")

    class WillAct(models.TextChoices):
        YES = "yes", _("Yes, we have agreed on something")
        MAYBE = "maybe", _("We are talking about it")
        NO = "no", _("No")

    booking = models.OneToOneField(Booking, on_delete=models.CASCADE, related_name="feedback")
    useful = models.CharField(max_length=6, choices=Useful.choices)
    will_act = models.CharField(max_length=6, choices=WillAct.choices)
    words = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    # Empty if the chair answered for themselves.
    medium = models.CharField(
        max_length=10,
        choices=WITHOUT_EMAIL_LINK,
        blank=True,
        default="",
        db_default="",
        help_text=_("How the chair told staff, who wrote it down"),
    )
    written_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"{self.booking}: {self.useful}, {self.will_act}"


def new_nonce() -> str:
    """Return a random text of 22 characters that nobody can guess."""
    return secrets.token_urlsafe(16)


class CalendarFeed(models.Model):
    """One person's calendar feed. Its address is signed from `nonce`, so a copy of this table gives no access."""

    class Kind(models.TextChoices):
        SPEAKER = "speaker", _("the talks that I give")
        COORDINATOR = "coordinator", _("all talks")

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="calendar_feeds")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="calendar_feeds")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    nonce = models.CharField(max_length=32, default=new_nonce, help_text=_("Renewed when the old address is revoked"))
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "person", "kind"], name="feed_once_for_a_person")]

    def __str__(self) -> str:
        return f"{self.person}: {self.kind}"
