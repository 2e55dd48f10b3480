"""How somebody told us something."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Medium(models.TextChoices):
    WEB = "web", _("on the web")
    PAPER = "paper", _("on paper")
    PHONE = "phone", _("by telephone")
    PERSON = "person", _("in person")
    EMAIL = "email", _("by email")
    # Only consents are withdrawn so: one press, in the mail program or on the page that it opens.
    EMAIL_LINK = "mail", _("by a link in an email")


WITHOUT_EMAIL_LINK = [(value, label) for value, label in Medium.choices if value != Medium.EMAIL_LINK]
# What staff can be told by.
TOLD_TO_STAFF = (Medium.PHONE, Medium.PERSON, Medium.PAPER, Medium.EMAIL)
