"""How somebody told us something."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Medium(models.TextChoices):
    WEB = "web", _("on the web")
    PAPER = "paper", _("on paper")
    PHONE = "phone", _("by telephone")
    PERSON = "person", _("in person")
    EMAIL = "email", _("by email")


# What staff can be told by.
TOLD_TO_STAFF = (Medium.PHONE, Medium.PERSON, Medium.PAPER, Medium.EMAIL)
