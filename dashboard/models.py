"""Goals, and daily snapshots of the figures."""

import datetime as dt
from fractions import Fraction

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from figures.areas import DWELLINGS
from figures.models import Import
from figures.quarters import Quarter, span
from partnership.places.models import Partnership

QUARTER = r"^2[0-9]{3}K[1-4]$"


def rounded(number: float | Fraction) -> int:
    """Return the nearest whole number, halves upwards, as people round."""
    return int(number + Fraction(1, 2) if isinstance(number, Fraction) else number + 0.5)


class GoalQuerySet(models.QuerySet["Goal"]):
    def current(self, partnership: Partnership, *, offence: str = DWELLINGS) -> "Goal | None":
        """Return the locked goal that is not superseded by another locked goal."""
        locked = list(self.filter(partnership=partnership, offence=offence, locked_at__isnull=False))
        superseded = {goal.supersedes_id for goal in locked}
        return next((goal for goal in locked if goal.pk not in superseded), None)


class Goal(models.Model):
    """A goal for a count, with its definition. Once locked it is never changed: a new goal supersedes it. The baseline
    is stored as the count of its whole period. Percentages are never stored.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="goals")
    offence = models.CharField(_("offence"), max_length=8, default=DWELLINGS)
    area_code = models.CharField(_("area code"), max_length=4)
    definition = models.TextField(_("definition"), help_text=_("What is counted, in words for a reader"))
    source = models.CharField(_("source"), max_length=120)
    baseline_from = models.CharField(_("baseline from"), max_length=6, help_text="2022K3")
    baseline_to = models.CharField(_("baseline to"), max_length=6, help_text="2023K2")
    # Two thirds down leaves 1 part of 3: two whole numbers, because a third is not a finite decimal.
    parts_left = models.PositiveSmallIntegerField(_("parts left"), default=1)
    parts_whole = models.PositiveSmallIntegerField(_("parts in all"), default=3)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    approver = models.CharField(_("approved by"), max_length=120)
    approved_on = models.DateField(_("approved on"))
    is_demonstration = models.BooleanField(
        _("demonstration"), default=False, help_text=_("Chosen for the demonstration; nobody signed it")
    )
    supersedes = models.OneToOneField(
        "self",
        verbose_name=_("replaces"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="superseded_by",
    )
    locked_at = models.DateTimeField(_("locked on"), null=True, blank=True, editable=False)
    baseline_count = models.PositiveIntegerField(_("burglaries at the baseline"), null=True, blank=True, editable=False)
    baseline_import = models.ForeignKey(
        Import,
        verbose_name=_("import of the baseline"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["-locked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="goal_baseline_is_quarters",
                condition=Q(baseline_from__regex=QUARTER) & Q(baseline_to__regex=QUARTER),
            ),
            models.CheckConstraint(name="goal_baseline_in_order", condition=Q(baseline_from__lte=F("baseline_to"))),
            models.CheckConstraint(name="goal_starts_before_it_ends", condition=Q(starts_on__lt=F("ends_on"))),
            models.CheckConstraint(
                name="goal_leaves_a_part", condition=Q(parts_left__gt=0) & Q(parts_left__lt=F("parts_whole"))
            ),
            models.CheckConstraint(
                name="goal_locked_with_its_baseline",
                condition=Q(locked_at__isnull=True, baseline_count__isnull=True, baseline_import__isnull=True)
                | Q(locked_at__isnull=False, baseline_count__gt=0, baseline_import__isnull=False),
            ),
            models.UniqueConstraint(
                name="goal_one_first_of_its_kind",
                fields=["partnership", "offence"],
                condition=Q(supersedes__isnull=True, locked_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partnership}: {self.offence} {self.baseline_from}-{self.baseline_to}"

    @property
    def is_locked(self) -> bool:
        """Whether the goal was signed, and can no longer be edited."""
        return self.locked_at is not None

    @property
    def baseline_quarters(self) -> list[Quarter]:
        """The quarters of the baseline, the oldest first."""
        return span(Quarter.parse(self.baseline_from), Quarter.parse(self.baseline_to))

    @property
    def baseline_years(self) -> Fraction:
        """How many years the baseline covers."""
        return Fraction(len(self.baseline_quarters), 4)

    @property
    def share_left(self) -> Fraction:
        """The share of the baseline that the target is: a third, for two thirds fewer."""
        return Fraction(self.parts_left, self.parts_whole)

    @property
    def baseline_a_year(self) -> Fraction:
        """The baseline as a count of four quarters; the mean if it covers several years."""
        return Fraction(self.baseline_count or 0) / self.baseline_years

    @property
    def baseline(self) -> int:
        """The baseline a year, as a whole number."""
        return rounded(self.baseline_a_year)

    @property
    def target(self) -> int:
        """The count of four quarters to reach, as a whole number."""
        return rounded(self.baseline_a_year * self.share_left)

    @property
    def first_quarter(self) -> Quarter:
        """The start of the path: the last quarter that was over when the agreement began."""
        return Quarter.ended_by(self.starts_on)

    @property
    def last_quarter(self) -> Quarter:
        """The end of the path: the last quarter that is over when the agreement ends."""
        return Quarter.ended_by(self.ends_on)

    def is_over(self, on: dt.date) -> bool:
        """Whether the agreement has ended before the day `on`."""
        return on > self.ends_on


class Snapshot(models.Model):
    """The figures of one partnership on one day. Written once; a later run changes nothing."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="snapshots")
    day = models.DateField()
    taken_at = models.DateTimeField()
    figures = models.JSONField()

    class Meta:
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(name="snapshot_once_a_day", fields=["partnership", "day"])]

    def __str__(self) -> str:
        return f"{self.partnership} {self.day}"
