"""Whom a chair has asked to be the deputy."""

import datetime as dt

from django.db import models

from partnership.people.models import Organisation, User
from partnership.places.models import Partnership


class DeputyInvitation(models.Model):
    """A name and an address that a chair typed. Only who has the email becomes the deputy; until then nobody is."""

    LASTS = dt.timedelta(days=30)

    association = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="deputy_invitation")
    asked_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    name = models.CharField(max_length=80)
    email = models.EmailField()
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.association}: {self.name}"

    @property
    def partnership(self) -> Partnership:
        return self.association.partnership
