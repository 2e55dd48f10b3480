"""Who may ask for a talk."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partnership.people.models import User
from partnership.places.models import Area, Partnership


class AssociationQuerySet(models.QuerySet["Association"]):
    def unconfirmed(self, partnership: Partnership, year: int) -> "AssociationQuerySet":
        """Return those whose chair has not said in `year` that all is right."""
        here = self.filter(partnership=partnership)
        unsaid = Q(confirmed_on__isnull=True) | Q(confirmed_on__lt=dt.date(year, 1, 1))
        return here.filter(unsaid, chair__isnull=False).order_by("pk")


class Association(models.Model):
    """A homeowners' or housing association, with the person who speaks for it.

    Where she has been erased it has neither chair nor name: only the area and the homes that its talks are counted by.
    """

    class Type(models.TextChoices):
        HOMEOWNERS = "homeowners", _("homeowners' association")
        OWNER_FLATS = "owner_flats", _("association of flat owners")
        COOPERATIVE = "cooperative", _("housing cooperative")
        HOUSING = "housing", _("tenants' or social housing association")
        WATCH_GROUP = "watch_group", _("watch group")

    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.CASCADE, related_name="associations"
    )
    area = models.ForeignKey(Area, verbose_name=_("local area"), on_delete=models.PROTECT, related_name="associations")
    name = models.CharField(_("name"), max_length=120, blank=True)
    type = models.CharField(_("kind of association"), max_length=20, choices=Type.choices)
    homes = models.PositiveIntegerField(_("homes"))
    chair = models.ForeignKey(
        User,
        verbose_name=_("chair"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="chaired_associations",
    )
    deputy = models.ForeignKey(
        User, verbose_name=_("deputy"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_on = models.DateField(
        _("confirmed on"), null=True, blank=True, help_text=_("When the chair last said that this is right")
    )

    objects = AssociationQuerySet.as_manager()

    class Meta:
        verbose_name = _("association")
        verbose_name_plural = _("associations")
        constraints = [
            models.CheckConstraint(condition=Q(homes__gt=0), name="association_has_homes"),
            models.CheckConstraint(
                condition=Q(chair__isnull=False) | Q(name=""), name="association_has_a_chair_or_no_name"
            ),
            models.UniqueConstraint(fields=["partnership", "chair", "name"], name="association_once_for_its_chair"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.name or gettext("An association that has been deleted")
