"""Imported statistics. They are public, and belong to no partnership."""

from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ImportQuerySet(models.QuerySet["Import"]):
    def with_figures_of(self, area_code: str) -> "ImportQuerySet":
        """Return the imports that have figures of this area: another country's sources say nothing there."""
        quarterly = BurglaryCount.objects.filter(area_code=area_code).values("from_import")
        yearly = YearlyCount.objects.filter(area_code=area_code).values("from_import")
        return self.filter(Q(pk__in=quarterly) | Q(pk__in=yearly))


class Import(models.Model):
    """One imported file or answer, kept for ever, so that a figure can be traced after its revision."""

    source = models.CharField(_("source"), max_length=120)
    format = models.CharField(_("format"), max_length=16)
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    fetched_at = models.DateTimeField(_("fetched on"))
    imported_at = models.DateTimeField(_("imported on"))
    replaces = models.ForeignKey(
        "self",
        verbose_name=_("replaces"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
    )
    rows = models.PositiveIntegerField(_("figures"))
    revised = models.PositiveIntegerField(_("of these revised"), default=0)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-fetched_at", "-id"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(name="import_sha256_is_hex", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.fetched_at:%Y-%m-%d}"


class Figure(models.Model):
    """A published number in one of its imported versions."""

    # The fields that identify a figure, whichever import it is from.
    KEY: ClassVar[tuple[str, ...]]

    class Meta:
        abstract = True


OneFigure = TypeVar("OneFigure", bound=Figure)


class FigureQuerySet(models.QuerySet[OneFigure]):
    """Figures of one kind, with all their imported versions."""

    def newest_first(self) -> Self:
        return self.order_by(*self.model.KEY, "-from_import__fetched_at", "-from_import__id")

    def current(self) -> Self:
        """Return one row for each key: the one from the newest import."""
        return self.newest_first().distinct(*self.model.KEY)


class BurglaryCount(Figure):
    """Reported burglaries of one offence in one area and quarter, from one import. A count of None was suppressed at
    the source: it is unknown, and never summed as zero.
    """

    KEY = ("area_code", "offence", "quarter")

    from_import = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="burglary_counts")
    area_code = models.CharField(max_length=4)
    offence = models.CharField(max_length=8)
    quarter = models.CharField(max_length=6)
    count = models.PositiveIntegerField(null=True, blank=True)
    preliminary = models.BooleanField(default=False)

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ["area_code", "offence", "quarter"]
        constraints = [
            models.UniqueConstraint(
                fields=["area_code", "offence", "quarter", "from_import"], name="burglary_count_once_an_import"
            ),
            models.CheckConstraint(
                name="burglary_count_quarter_is_one", condition=Q(quarter__regex=r"^2[0-9]{3}K[1-4]$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_code} {self.offence} {self.quarter}: {self.count}"


class YearlyCount(Figure):
    """A published yearly count with a definition of its own, kept apart from the quarterly one."""

    KEY = ("area_code", "series", "year")

    from_import = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="yearly_counts")
    area_code = models.CharField(max_length=4)
    series = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField()
    preliminary = models.BooleanField(default=False)

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ["area_code", "series", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["area_code", "series", "year", "from_import"], name="yearly_count_once_an_import"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_code} {self.series} {self.year}: {self.count}"
