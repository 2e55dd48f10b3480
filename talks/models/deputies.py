"""Whom a chair has asked to be the deputy."""

import datetime as dt

from django.db import models

from partnership.fields.mailbox import MailboxField
from partnership.people.models import Organisation, User
from partnership.places.models import Partnership


class DeputyInvitation(models.Model):
    """A name and a mailbox that a chair typed. Only who has the email becomes the deputy; until then nobody is.

    It stays when it has been accepted, so that a second press of the button finds it.
    """

    LASTS = dt.timedelta(days=30)

    association = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="deputy_invitation")
    asked_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    name = models.CharField(max_length=80)
    email = MailboxField()
    version = models.PositiveIntegerField(default=0)
    accepted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.association}: {self.name}"

    @property
    def partnership(self) -> Partnership:
        return self.association.partnership

    @property
    def waits(self) -> bool:
        """Whether nobody has said yes yet."""
        return self.accepted_at is None

    def is_open_at(self, now: dt.datetime) -> bool:
        """Return whether the newest link may be pressed: who was asked may still say yes, or is the deputy."""
        return now - self.asked_at < self.LASTS and (self.waits or self.has_deputy)

    @property
    def chair_is_another(self) -> bool:
        """Whether somebody else than the one who asked is the chair now."""
        return self.association.chair != self.asked_by

    @property
    def has_deputy(self) -> bool:
        """Whether who said yes is still the deputy."""
        deputy = self.association.deputy
        return not self.waits and deputy is not None and deputy.email == self.email
