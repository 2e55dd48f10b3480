"""Practical details of a talk, the same for a request and for a wish."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from talks import formats

# Long enough to find the email, short enough that a false request does not block a slot for others.
UNVERIFIED_HOLD = dt.timedelta(hours=2)


class Arrangement(models.Model):
    """Which talk, where, and for whom."""

    format = models.CharField(_("talk"), max_length=20, choices=formats.CHOICES)
    place = models.CharField(_("place"), max_length=160, blank=True, help_text=_("Where; empty for an online talk"))
    # Empty in these three: not known.
    is_accessible = models.BooleanField(
        _("way in without steps"), null=True, blank=True, help_text=_("There is a way in without steps")
    )
    has_projector = models.BooleanField(_("screen or projector"), null=True, blank=True)
    is_public = models.BooleanField(
        _("open to all neighbours"), null=True, blank=True, help_text=_("Neighbours who are not members may come")
    )
    note = models.CharField(_("note"), max_length=500, blank=True)
    phone = models.CharField(
        _("telephone"),
        max_length=20,
        blank=True,
        default="",
        db_default="",
        help_text=_("As it was typed, until the email address is confirmed; then the chair has it"),
    )
    name = models.CharField(
        _("name"),
        max_length=80,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text=_("As the chair typed it, until the email address is confirmed"),
    )
    homes = models.PositiveIntegerField(
        _("homes"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("As the chair typed it, until the email address is confirmed; then the association has it"),
    )

    class Meta:
        abstract = True

    @property
    def about(self) -> formats.Format:
        return formats.FORMATS[self.format]


def arrangement_of(one: object) -> dict[str, object]:
    """Return the fields of `Arrangement` from an object with the same attributes: form data, a request or a wish."""
    return {field.name: getattr(one, field.name) for field in Arrangement._meta.fields}
