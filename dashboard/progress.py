"""The figures for the progress page, the front page and the staff's dashboard."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from charts.svg import percent_of
from dashboard import arithmetic, efforts, kpis, verdicts
from dashboard.goal_charts import Chart, country_chart, path_chart, quarters_chart, yearly_chart
from dashboard.models import Goal
from dashboard.verdicts import VerdictInWords
from figures.areas import COUNTRY, DWELLINGS
from figures.models import Import, YearlyCount
from figures.quarters import Quarter
from figures.series import Series, burglaries, yearly
from partnership.fields.printed_numbers import grouped
from partnership.places.about import Aim, Remark, about
from partnership.places.models import Partnership


@dataclass
class Progress:
    """One partnership's figures on one day. Each part is read from the database when it is first used."""

    partnership: Partnership
    on: dt.date

    @property
    def name(self) -> str:
        return self.partnership.municipality

    @cached_property
    def goal(self) -> Goal | None:
        """The locked goal that is current, if there is one."""
        return Goal.objects.current(self.partnership)

    @property
    def last_baseline_quarter(self) -> Quarter | None:
        return self.goal.baseline_quarters[-1] if self.goal else None

    @cached_property
    def series(self) -> Series:
        """The area's burglaries by quarter: the goal's area and offence, or dwellings in the municipality without a
        goal.
        """
        code = self.goal.area_code if self.goal else self.partnership.municipality_code
        return burglaries(code, offence=self.goal.offence if self.goal else DWELLINGS, until=self.on)

    @cached_property
    def country(self) -> Series:
        """The country's dwelling burglaries by quarter."""
        return burglaries(COUNTRY, until=self.on)

    @cached_property
    def years(self) -> list[YearlyCount]:
        """The municipality's yearly counts in a definition of their own, oldest first; empty if it has none."""
        return yearly(self.partnership.municipality_code)

    @property
    def newest_year(self) -> YearlyCount | None:
        """The newest of the yearly counts, if there are some."""
        return self.years[-1] if self.years else None

    @cached_property
    def verdict(self) -> kpis.Verdict | None:
        """How the goal stands; None without a goal."""
        return kpis.verdict(self.goal, self.on, series=self.series) if self.goal else None

    @cached_property
    def verdict_in_words(self) -> VerdictInWords | None:
        """The verdict in words, or None if there is no locked goal."""
        return verdicts.in_words(self.verdict) if self.verdict else None

    @cached_property
    def window(self) -> kpis.Window | None:
        """The newest four known quarters; None unless all four are known."""
        return kpis.burglaries_last_four_quarters(self.series.area_code, self.on, series=self.series)

    @property
    def period(self) -> str:
        """The four quarters in words."""
        if self.window is None:
            return ""
        return _("%(first)s to %(last)s") % {"first": self.window.first.label, "last": self.window.last.label}

    @property
    def figures_end(self) -> str:
        """When the newest figures end, in words."""
        return self.window.last.end_in_words if self.window else ""

    @cached_property
    def comparison(self) -> kpis.Comparison | None:
        """The area against the rest of the country; None without a goal, or if a quarter is unknown."""
        if self.goal is None or self.window is None:
            return None
        return kpis.against_the_country(self.goal, self.window.last, series=self.series, country=self.country)

    @property
    def newer_should_be_out(self) -> bool:
        """Whether newer figures must have been published by now than we have."""
        return self.window is not None and kpis.newer_should_be_out(self.window.last, self.on)

    @cached_property
    def newest_import(self) -> Import | None:
        """The newest import that the figures on the page come from."""
        return self.series.newest_import or (self.years[-1].from_import if self.years else None)

    @cached_property
    def helpers_active(self) -> int:
        """How many helpers are active on the day of the page."""
        return efforts.active_helpers(self.partnership, self.on)

    @cached_property
    def helpers_from_before(self) -> int:
        """How many active helpers were helpers before they joined here, and do not count towards the goal."""
        return efforts.active_from_before(self.partnership, self.on)

    @property
    def helpers_on_course(self) -> int | None:
        """How many active helpers there would be by now if as many came every day until the goal's last day."""
        if self.goal is None:
            return None
        signed = self.partnership.signed_on
        days, day = (self.goal.ends_on - signed).days, (self.on - signed).days
        return arithmetic.even_course(self.partnership.helpers_goal, day=day, days=days)

    @property
    def helpers_sentence(self) -> str:
        """How the helpers are doing against an even course, or whose goal it is if it has no last day."""
        if self.helpers_on_course is None:
            here = self.partnership
            return verdicts.goal_without_a_day(here.helpers_goal, is_made_up=here.is_demonstration)
        return verdicts.helpers_sentence(self.helpers_active, self.helpers_on_course)

    @property
    def aims_without_figures(self) -> list[Aim]:
        """The aims of the agreement that no figure here follows, in the reader's language."""
        found = about(self.partnership, get_language() or self.partnership.language).goals
        return [aim for aim in found if not aim.has_figures]

    @property
    def helpers_share(self) -> float:
        """The share of the goal for helpers that is reached, from 0 to 1."""
        return min(self.helpers_active / self.partnership.helpers_goal, 1.0)

    @property
    def helpers_width(self) -> str:
        """The same as a width for SVG, with a visible minimum."""
        return percent_of(max(100 * self.helpers_share, 0.8 if self.helpers_active else 0))

    @cached_property
    def talks_given(self) -> int:
        """How many talks took place this calendar year."""
        return efforts.talks_given(self.partnership, self.on.year)

    @property
    def expected_sentence(self) -> str:
        return verdicts.comparison_sentence(self.comparison, self.name) if self.comparison else ""

    @property
    def certainty_sentence(self) -> str:
        return verdicts.certainty_sentence(self.comparison) if self.comparison else ""

    def remarks(self, beside: str) -> list[Remark]:
        """Return what the profile says about the figures beside the chart of years, or on the progress page."""
        found = about(self.partnership, get_language() or self.partnership.language).remarks
        return [remark for remark in found if remark.beside == beside]

    def charts(self) -> list[Chart]:
        """Return the charts that there are figures for."""
        found: list[Chart | None] = [quarters_chart(self.series, self.goal, self.name)]
        if self.goal and self.verdict and self.verdict_in_words:
            found.append(path_chart(self.series, self.verdict, self.verdict_in_words.sentence, self.name))
        if self.goal and self.comparison:
            words = self.expected_sentence
            found.append(country_chart(self.series, self.country, self.goal, words, self.name))
        found.append(yearly_chart(self.years, self.name, self.remarks("years")))
        return [chart for chart in found if chart is not None]


def share_of_goal(partnership: Partnership) -> float:
    """Return the share of the goal for helpers that is reached today: so many windows are lit."""
    return Progress(partnership, partnership.today()).helpers_share


def street_sentence(active: int, goal: int) -> str:
    """Return the text alternative of the street: how many helpers its lit windows stand for."""
    return _("The street lights up as neighbour helpers become active: %(active)s of %(goal)s so far.") % {
        "active": grouped(active),
        "goal": grouped(goal),
    }
