"""Associations, landlords, authorities and others, and the people who represent them."""

import datetime as dt

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, prefetch_related_objects
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partnership.fields.columns import NameColumn
from partnership.people.models.people import User
from partnership.places.models import Area, Partnership

# The kinds that consist of people who live in one area. The first migration repeats them for the database.
ASSOCIATIONS = ("homeowners", "owner_flats", "cooperative", "housing", "watch_group")


def contacts(path: str = "contacts") -> Prefetch:
    """Return a `Prefetch` that fetches an organisation's contacts and their people in one query."""
    return Prefetch(path, queryset=OrganisationContact.objects.select_related("person"))


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def with_contacts(self) -> "OrganisationQuerySet":
        """Fetch all contacts in one further query, so that `chair` and `deputy` need no queries."""
        return self.prefetch_related(contacts())

    def chaired_by(self, person: User) -> "OrganisationQuerySet":
        """Return the organisations whose chair is `person`."""
        return self.filter(contacts__person=person, contacts__role=OrganisationContact.Role.CHAIR)

    def deputised_by(self, person: User) -> "OrganisationQuerySet":
        """Return the organisations whose deputy is `person`."""
        return self.filter(contacts__person=person, contacts__role=OrganisationContact.Role.DEPUTY)

    def spoken_for_by(self, person: User) -> "OrganisationQuerySet":
        """Return the organisations of which `person` is chair or deputy."""
        held = OrganisationContact.objects.filter(person=person, role__in=OrganisationContact.SPEAKS_FOR_IT)
        return self.filter(pk__in=held.values("organisation"))

    def vouched_for(self) -> "OrganisationQuerySet":
        """Leave out those from a form whose link nobody has used: a stranger may have sent it, so they say nothing of
        whoever has the mailbox.
        """
        return self.exclude(confirmed_on__isnull=True, made_by_form__isnull=False)

    def unconfirmed(self, partnership: Partnership, year: int) -> "OrganisationQuerySet":
        """Return the associations whose chair has not confirmed them in `year`."""
        here = self.vouched_for().filter(partnership=partnership, kind__in=ASSOCIATIONS)
        unsaid = Q(confirmed_on__isnull=True) | Q(confirmed_on__lt=dt.date(year, 1, 1))
        return here.filter(unsaid, contacts__role=OrganisationContact.Role.CHAIR).order_by("pk")

    def only_typed(self) -> "OrganisationQuerySet":
        """Return the associations of which we know only what somebody typed: nobody has confirmed them, and they came
        from the public form, or their chair has never logged in.
        """
        came = OrganisationContact.objects.filter(
            organisation=OuterRef("pk"), role=OrganisationContact.Role.CHAIR, person__last_login__isnull=False
        )
        never = ~Exists(came) | Q(made_by_form__isnull=False)
        return self.filter(never, kind__in=ASSOCIATIONS, confirmed_on__isnull=True)

    def whose_chair_was_erased(self) -> "OrganisationQuerySet":
        """Return the associations that lost their name with their chair, and stay only as a count."""
        return self.filter(kind__in=ASSOCIATIONS, name="").exclude(contacts__role=OrganisationContact.Role.CHAIR)


class Organisation(models.Model):
    """An association of residents, or another body that the partnership works with.

    An association has a chair, who also gave its name. Once the chair is erased it has neither chair nor name, only the
    area and number of homes that counts of past talks need.
    """

    class Kind(models.TextChoices):
        HOMEOWNERS = "homeowners", _("homeowners’ association")
        OWNER_FLATS = "owner_flats", _("association of flat owners")
        COOPERATIVE = "cooperative", _("housing cooperative")
        HOUSING = "housing", _("tenants’ or social housing association")
        WATCH_GROUP = "watch_group", _("watch group")
        LANDLORD = "landlord", _("landlord")
        HOUSING_COMPANY = "housing_company", _("housing company")
        CIVIL_SOCIETY = "civil_society", _("civil society organisation")
        AUTHORITY = "authority", _("authority")

    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.CASCADE, related_name="organisations"
    )
    area = models.ForeignKey(
        Area,
        verbose_name=_("local area"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organisations",
        help_text=_("Empty: the whole municipality"),
    )
    name = NameColumn(_("name"), max_length=120, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    homes = models.PositiveIntegerField(_("homes"), null=True, blank=True)
    confirmed_on = models.DateField(
        _("confirmed on"), null=True, blank=True, help_text=_("When the chair last said that this is right")
    )

    made_by_form = models.UUIDField(
        null=True, editable=False, help_text="The form that it came from: it goes if that form is replaced"
    )
    readers_of_older_links = models.CharField(
        max_length=25,
        blank=True,
        editable=False,
        help_text="Digests of chair and deputy when links from before 30 November 2026 got a reader; they end by 2028",
    )
    form_made_chair = models.BooleanField(
        default=False, db_default=False, editable=False, help_text="That form made the chair too, who goes with it"
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.CheckConstraint(condition=Q(homes__gt=0), name="organisation_has_homes_or_no_number"),
            models.CheckConstraint(
                condition=~Q(kind__in=ASSOCIATIONS) | Q(area__isnull=False, homes__isnull=False),
                name="association_has_an_area_and_homes",
                violation_error_message=_("An association has a local area and homes."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ASSOCIATIONS) | ~Q(name=""),
                name="organisation_that_is_no_association_has_a_name",
                violation_error_message=_("Write the name of the organisation."),
            ),
        ]

    def __str__(self) -> str:
        """With its number where it has no name, so that staff can tell two apart."""
        return self.name or f"{self.title} ({self.pk})"

    @property
    def title(self) -> str:
        """The name, or what stands for it once the chair is erased."""
        return self.name or gettext("An association that has been deleted")

    @property
    def is_association(self) -> bool:
        return self.kind in ASSOCIATIONS

    @property
    def chair(self) -> User | None:
        """The chair; None if the chair has been erased."""
        return next(iter(self.holding(OrganisationContact.Role.CHAIR)), None)

    @property
    def chair_title(self) -> str:
        """What the one is called who stands as the chair: "Chair", or "Contact person" of a deputy who took over."""
        prefetch_related_objects([self], contacts())
        led_by = (one for one in self.contacts.all() if one.role == OrganisationContact.Role.CHAIR)
        return next((capfirst(one.title) for one in led_by), gettext("Chair"))

    @property
    def deputy(self) -> User | None:
        """The deputy, if there is one."""
        return next(iter(self.holding(OrganisationContact.Role.DEPUTY)), None)

    def holding(self, *roles: str) -> list[User]:
        """Return the person who holds one of these roles. The contacts are fetched once and cached."""
        prefetch_related_objects([self], contacts())
        return [contact.person for contact in self.contacts.all() if contact.role in roles]


class OrganisationContact(models.Model):
    """Somebody's role in an organisation."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("chair")
        DEPUTY = "deputy", _("deputy")
        CONTACT = "contact", _("contact person")

    # The roles that may act for the organisation; a contact person is only somebody to write to.
    SPEAKS_FOR_IT = (Role.CHAIR, Role.DEPUTY)

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="contacts"
    )
    person = models.ForeignKey(
        User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="organisation_roles"
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    took_over = models.BooleanField(
        _("took over as deputy"),
        default=False,
        db_default=False,
        help_text=_("Acts in the place of a chair who has left, and is called the contact person"),
    )

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "role"],
                condition=Q(role__in=["chair", "deputy"]),
                name="organisation_has_one_chair_and_one_deputy",
            ),
            models.UniqueConstraint(fields=["organisation", "person", "role"], name="contact_holds_a_role_once"),
        ]

    def __str__(self) -> str:
        """Without the person's name: it stands in the administration's log, which outlives them."""
        return self.title

    @property
    def title(self) -> str:
        """What the person is called there: a deputy who took over is no chair before the association says so."""
        is_acting = self.took_over and self.role == self.Role.CHAIR
        return str(self.Role.CONTACT.label if is_acting else self.get_role_display())
