"""A partnership, its local areas and its addresses: everything else refers to these."""

import datetime as dt
import math
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from partnership import clock
from partnership.fields import phone
from partnership.fields.columns import PhoneColumn, PostcodeColumn
from partnership.fields.postcode import in_print
from partnership.fields.texts import no_cpr_inside
from partnership.fields.unbroken import unbroken

# Sweden's number for non-urgent calls is written with a space, as it is said in Swedish.
EMERGENCY_NUMBERS = {"DK": ("112", "114"), "SE": ("112", "114 14")}
KM_PER_DEGREE = 111.2


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def for_host(self, host: str) -> "Partnership | None":
        """Return the partnership that answers under `host` (no port); with only one loaded, that one."""
        named = self.filter(host_names__contains=[host.lower()]).first()
        if named is not None:
            return named
        everyone = list(self.order_by("pk")[:2])
        return everyone[0] if len(everyone) == 1 else None


class Partnership(models.Model):
    """A municipality, its police and the others who have signed one agreement; every citizen's row belongs to one."""

    class Country(models.TextChoices):
        DENMARK = "DK", _("Denmark")
        SWEDEN = "SE", _("Sweden")

    class Skyline(models.TextChoices):
        TOWN = "town", _("a town and its church")
        RIVER = "river", _("brick houses by a river")
        CASTLE = "castle", _("a castle by the sea")

    slug = models.SlugField(_("short code"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=40)
    municipality = models.CharField(_("municipality"), max_length=80)
    municipality_code = models.CharField(
        _("municipality code"), max_length=4, help_text=_("730 for Randers, 0880 for Kalmar")
    )
    country = models.CharField(_("country"), max_length=2, choices=Country.choices)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    languages = models.JSONField(_("languages"), default=list, help_text=_("Codes, in the order of the language menu"))
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/Copenhagen")
    host_names = models.JSONField(
        _("host names"), default=list, help_text=_("The first one stands in every link we send")
    )
    police_name = models.CharField(_("the police"), max_length=80)
    contact_name = models.CharField(_("contact"), max_length=120)
    contact_email = models.EmailField(_("the contact’s email"))
    contact_phone = PhoneColumn(_("the contact’s telephone"), max_length=30)
    postal_address = models.CharField(
        _("postal address"),
        max_length=120,
        blank=True,
        default="",
        db_default="",
        help_text=_("Where our letters come from, on one line: they go back there if the post cannot deliver them"),
    )
    hand_in_at = models.CharField(
        _("where slips are handed in"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text=_("Name and address of the place; empty: we tell those who call"),
    )
    colour = models.CharField(_("colour"), max_length=7, default="#00566b")
    skyline = models.CharField(
        _("skyline"),
        max_length=10,
        choices=Skyline.choices,
        default=Skyline.TOWN,
        db_default=Skyline.TOWN,
        help_text=_("What stands behind the street, and beside the name"),
    )
    helpers_goal = models.PositiveIntegerField(_("goal for helpers"), default=3500)
    signed_on = models.DateField(_("signed on"))
    bounds = models.JSONField(
        _("bounds"), null=True, blank=True, help_text=_("West, south, east and north in degrees: no point lies outside")
    )
    postcodes = models.JSONField(
        _("postcodes"),
        blank=True,
        default=list,
        db_default=[],
        help_text=_("All that lie in the municipality, or partly; empty: an address may have any"),
    )
    partners = models.JSONField(_("partners"), default=list, help_text=_("name, role and url of each partner"))
    about = models.JSONField(
        _("about"),
        blank=True,
        default=dict,
        db_default={},
        help_text=_("What the partnership’s page says: agreement, goals, contacts and press"),
    )
    is_demonstration = models.BooleanField(_("demonstration"), default=False)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        constraints = [models.CheckConstraint(condition=Q(helpers_goal__gt=0), name="partnership_has_a_goal")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a person's number in any text, also in those of the partnership's page. A telephone number has its own
        rule.
        """
        wrong = {}
        for field in self._meta.fields:
            value = getattr(self, field.attname)
            try:
                no_cpr_inside([value] if isinstance(value, str) and not isinstance(field, PhoneColumn) else value)
            except ValidationError as refused:
                wrong[field.name] = refused
        if wrong:
            raise ValidationError(wrong)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def emergency_numbers(self) -> tuple[str, str]:
        """The emergency number, and the one for everything else."""
        return EMERGENCY_NUMBERS[self.country]

    def in_groups(self, number: str) -> str:
        """Return a telephone number as people here read it, in groups that do not break; for words and lists. Pages on
        which it can be called have the tag `dial`.
        """
        return unbroken(phone.link(number, self.country)[1])

    @property
    def call_us(self) -> dict[str, str]:
        """Whom to call, for a sentence: name and telephone number."""
        return {"name": self.contact_name, "phone": self.in_groups(self.contact_phone)}

    def url(self, path: str) -> str:
        """Return the full public URL of `path`; for email, which is sent outside a request."""
        port = f":{settings.PUBLIC_PORT}" if settings.PUBLIC_PORT else ""
        return f"{settings.PUBLIC_SCHEME}://{self.host_names[0]}{port}{path}"

    @property
    def home_url(self) -> str:
        """The full public URL of the portal."""
        return self.url("/")

    def today(self) -> dt.date:
        """Return the local day."""
        return clock.today(self.zone)


class Area(models.Model):
    """A local area: the smallest unit that figures are shown for. In Randers a parish."""

    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.CASCADE, related_name="areas"
    )
    code = models.CharField(_("code"), max_length=10)
    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("name in web addresses"), max_length=80)
    latitude = models.FloatField(_("latitude"), help_text=_("A point inside the area, in degrees"))
    longitude = models.FloatField(_("longitude"))
    boundary = models.JSONField(null=True, blank=True, help_text=_("GeoJSON geometry"))
    homes = models.PositiveIntegerField(_("homes"), null=True, blank=True)
    homes_made_up = models.BooleanField(
        _("made-up number of homes"), default=False, help_text=_("The number of homes is the demonstration’s own")
    )

    class Meta:
        verbose_name = _("local area")
        verbose_name_plural = _("local areas")
        constraints = [
            models.UniqueConstraint(fields=["partnership", "code"], name="area_code_once_in_a_partnership"),
            models.UniqueConstraint(fields=["partnership", "slug"], name="area_slug_once_in_a_partnership"),
        ]

    def __str__(self) -> str:
        return self.name

    def kilometres_to(self, other: "Area") -> float:
        """Return the distance in a straight line; a flat earth is exact enough within a municipality."""
        north = (other.latitude - self.latitude) * KM_PER_DEGREE
        east = (other.longitude - self.longitude) * KM_PER_DEGREE * math.cos(math.radians(self.latitude))
        return math.hypot(north, east)


class AddressQuerySet(models.QuerySet["Address"]):
    def offered(self) -> "AddressQuerySet":
        """Return the addresses that the register has not closed. Those that staff have typed are offered to nobody
        else: each is there because a helper lives at it.
        """
        return self.for_staff().exclude(register_id__startswith=Address.TYPED)

    def for_staff(self) -> "AddressQuerySet":
        """Return the addresses that the register has not closed, and those that staff have typed."""
        return self.filter(is_closed=False)


class Address(models.Model):
    """One door in the local register (a DAR extract), or one that staff have typed, which the register does not know
    yet. Look-ups never leave this machine.
    """

    TYPED = "typed:"  # how the identifier of one begins that staff have typed

    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.CASCADE, related_name="addresses"
    )
    area = models.ForeignKey(Area, verbose_name=_("local area"), on_delete=models.PROTECT, related_name="addresses")
    register_id = models.CharField(
        _("number in the register"), max_length=40, help_text=_("Identifier in the source register")
    )
    street = models.CharField(_("road"), max_length=80)
    number = models.CharField(_("house number"), max_length=8, help_text=_("House number with its letter: 12B"))
    floor_door = models.CharField(_("floor and door"), max_length=20, blank=True, help_text=_("2. th"))
    postcode = PostcodeColumn(_("postcode"), max_length=5)
    town = models.CharField(_("town"), max_length=40)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)

    is_closed = models.BooleanField(
        _("closed"),
        default=False,
        db_default=False,
        help_text=_("The register has closed the address: it is no longer offered"),
    )

    objects = AddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        constraints = [
            models.UniqueConstraint(fields=["partnership", "register_id"], name="address_once_in_a_register"),
        ]
        indexes = [
            models.Index("partnership", "postcode", Lower("street"), name="address_look_up"),
            models.Index(fields=["partnership", "street", "number"], name="address_by_street"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_typed(self) -> bool:
        """Whether staff have typed the address, which the register does not know."""
        return self.register_id.startswith(self.TYPED)

    @property
    def line(self) -> str:
        """Road, house number and door, as people write them on one line."""
        door = f", {self.floor_door}" if self.floor_door else ""
        return f"{self.street} {self.number}{door}"

    @property
    def label(self) -> str:
        """The whole postal address on one line."""
        return f"{self.line}, {self.town_line}"

    @property
    def town_line(self) -> str:
        """Postcode and town, as its country prints them."""
        return f"{in_print(self.postcode)} {self.town}"


class Household(models.Model):
    """The people behind one door; made when the first of them joins."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="households")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="households")
    address = models.OneToOneField(Address, on_delete=models.PROTECT, related_name="household")

    def __str__(self) -> str:
        return self.address.label


class AreaFactQuerySet(models.QuerySet["AreaFact"]):
    def of_days(self) -> "AreaFactQuerySet":
        """Return the facts of single days, not those of a quarter or a year."""
        return self.filter(period__regex=r"^\d{4}-\d{2}-\d{2}$")


class AreaFact(models.Model):
    """A figure that an upper room has computed for an area, written each night so that lower rooms can read it."""

    class Fact(models.TextChoices):
        NEED = "need", _("Need")
        BURGLARIES_PER_1000_HOMES = "burglaries_per_1000_homes", _("Burglaries per 1,000 homes")
        HELPERS_PER_100_HOMES = "helpers_per_100_homes", _("Helpers per 100 homes")

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="facts")
    fact = models.CharField(max_length=40, choices=Fact.choices)
    period = models.CharField(max_length=10, help_text=_("2025, 2025K4 or 2025-11-30"))
    # A need of one night stands on burglaries of four quarters.
    counted_in = models.CharField(
        max_length=13, blank=True, help_text=_("2025K1-2025K4, if what is counted is not of the period")
    )
    value = models.FloatField()

    objects = AreaFactQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(F("area"), F("fact"), F("period"), name="area_fact_once_a_period")]

    def __str__(self) -> str:
        return f"{self.area} {self.fact} {self.period}"
