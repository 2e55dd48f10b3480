"""What staff write down and correct of somebody who is reached by letter, or is known to no room that records it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from partnership.people.models.media import WITHOUT_EMAIL_LINK
from partnership.people.models.people import User
from partnership.places.models import Address


class PostalAddress(models.Model):
    """Where letters go to somebody who has told it to staff. A home that a room knows comes first."""

    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="postal_address")
    address = models.ForeignKey(Address, on_delete=models.PROTECT, related_name="postal_addresses")

    def __str__(self) -> str:
        return str(self.address)


class PersonStep(models.Model):
    """One time that staff wrote down or corrected a person's details: who, when, which of them, and how staff were
    told. The same of another mailbox that the person gave themselves, and of all that they changed of how they are
    reached in a log-in by a code on paper or by text message (`BY_CODE`). What they were is kept nowhere. Rows are
    added, never changed: a trigger in the database refuses it.
    """

    WRITTEN_DOWN = "written_down"
    # Beside the details: the person changed them in a log-in by such a code; and what came so was deleted again.
    BY_CODE, UNPROVEN = "by_own_code", "unproven"
    # In the order of the page.
    DETAILS = {
        "name": _("name"),
        "address": _("address"),
        "phone": _("telephone"),
        "email": _("email address"),
    }

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="detail_steps")
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    medium = models.CharField(max_length=10, choices=WITHOUT_EMAIL_LINK)
    changed = models.JSONField(help_text="The names of the details; written_down if the person is new to us")
    why = models.CharField(max_length=200, blank=True)
    submission = models.UUIDField(help_text="Drawn with the form: a double click counts once")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "submission"], name="person_step_once_for_a_form")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}: {', '.join(self.changed)}"

    @property
    def is_first(self) -> bool:
        """Whether the person was written down, and not corrected."""
        return self.WRITTEN_DOWN in self.changed

    @property
    def is_by_code(self) -> bool:
        """Whether the person changed it themselves, after a code on paper or by text message."""
        return self.BY_CODE in self.changed

    @property
    def is_unproven(self) -> bool:
        """Whether it was deleted, since it came with such a code and nobody had proven it."""
        return self.UNPROVEN in self.changed

    @property
    def corrected(self) -> list[str]:
        """Return which details were corrected, in words."""
        return [str(label) for name, label in self.DETAILS.items() if name in self.changed]
