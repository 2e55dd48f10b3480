"""What someone may: a Naboven in one local area, everybody else in the whole partnership."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnership.people.models.people import User
from partnership.places.models import Area, Partnership


class RoleQuerySet(models.QuerySet["Role"]):
    def of(self, user: User, partnership: Partnership) -> "RoleQuerySet":
        """Return the roles that `user` has in a partnership or in one of its areas."""
        return self.filter(user=user, partnership=partnership)


class Role(models.Model):
    """What someone may in a partnership; only a Naboven's role is bound to one area of it."""

    class Kind(models.TextChoices):
        NABOVEN = "naboven", _("local contact person")
        COORDINATOR = "coordinator", _("coordinator")
        POLICE = "police", _("police officer")
        ADMINISTRATOR = "administrator", _("administrator")

    STAFF = (Kind.COORDINATOR, Kind.ADMINISTRATOR)
    # They see addresses and messages of others, so access to their mailbox alone must not be enough. A Naboven sees
    # names without addresses (docs/decisions/0016-second-factors.md).
    NEEDS_SECOND_FACTOR = (Kind.COORDINATOR, Kind.POLICE, Kind.ADMINISTRATOR)

    user = models.ForeignKey(User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="roles")
    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.CASCADE, related_name="roles"
    )
    area = models.ForeignKey(
        Area, verbose_name=_("local area"), null=True, blank=True, on_delete=models.CASCADE, related_name="roles"
    )
    kind = models.CharField(_("role"), max_length=20, choices=Kind.choices)

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "partnership", "area", "kind"], nulls_distinct=False, name="role_held_once"
            ),
            models.CheckConstraint(
                condition=Q(area=None) | Q(kind="naboven"),
                name="role_of_one_area_is_a_naboven",
                violation_error_message=_(
                    "Only a local contact person has one local area; other roles count everywhere here."
                ),
            ),
        ]

    def __str__(self) -> str:
        """Without the person's name: it stands in the administration's log, which outlives them."""
        return str(self.get_kind_display())
