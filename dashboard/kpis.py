"""Every figure that the portal shows about its goal, with its definition.

Burglaries: reported burglaries in dwellings (STRAF11, offence 1320), summed over four complete quarters.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from dashboard import arithmetic
from dashboard.efforts import active_helpers, helpers_by_state, talks_given
from dashboard.models import Goal, rounded
from figures.areas import COUNTRY, DWELLINGS
from figures.quarters import Quarter
from figures.series import Series, burglaries

__all__ = [
    "Comparison",
    "Status",
    "Verdict",
    "Window",
    "active_helpers",
    "against_the_country",
    "burglaries_last_four_quarters",
    "helpers_by_state",
    "newer_should_be_out",
    "talks_given",
    "target_path",
    "verdict",
]

# Straffelov § 276 a moved some thefts into burglary on this day: counts on either side are not the same thing.
LAW_CHANGE = Quarter(2018, 1)
# StatBank publishes a quarter in the middle of the following month; after that it should have been imported.
PUBLISHED_AFTER = dt.timedelta(days=21)


class Status(StrEnum):
    """How a goal stands; `_status` decides which."""

    UNKNOWN = "unknown"
    TOO_EARLY = "too_early"
    REACHED = "reached"
    AHEAD = "ahead"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    MISSED = "missed"


UNDER_WAY = (Status.AHEAD, Status.ON_TRACK, Status.BEHIND)


@dataclass(frozen=True, slots=True)
class Window:
    """A count over the four quarters that end with `last`."""

    count: int
    last: Quarter

    @property
    def first(self) -> Quarter:
        """The first of the four quarters."""
        return self.last.shifted(-3)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The status of a goal, with every count that is needed to say it in words (`verdicts.in_words`)."""

    status: Status
    goal: Goal
    window: Window | None = None
    path: int | None = None
    baseline_now: int | None = None

    @property
    def target_now(self) -> int | None:
        """The most that there may be by now; None before and after the time when the path says so."""
        return self.path if self.status in UNDER_WAY else None

    @property
    def z(self) -> float | None:
        """The change since the baseline, in standard deviations."""
        if self.window is None:
            return None
        return arithmetic.change_z(self.goal.baseline_a_year, self.window.count, years=self.goal.baseline_years)

    @property
    def is_normal_variation(self) -> bool:
        """Whether the change is within what chance alone brings; False if the change is unknown."""
        return self.z is not None and arithmetic.is_normal_variation(self.z)

    @property
    def change(self) -> int | None:
        """How many burglaries more (or fewer, if negative) than the baseline; None if unknown."""
        return None if self.window is None else self.window.count - self.goal.baseline

    @property
    def percent(self) -> int | None:
        """The change since the baseline in whole per cent; never shown without both counts."""
        return None if self.window is None else arithmetic.percent(self.goal.baseline_a_year, self.window.count)

    @property
    def was_revised(self) -> bool:
        """Whether the source has revised the baseline's quarters since the goal was locked."""
        return self.baseline_now is not None and self.baseline_now != self.goal.baseline_count


@dataclass(frozen=True, slots=True)
class Comparison:
    """The goal's area and the rest of the country, from the baseline to the four quarters that end with `last`."""

    last: Quarter
    before: int
    after: int
    others_before: int
    others_after: int
    ratio: arithmetic.Ratio

    @property
    def expected(self) -> int:
        """The expected count if the area had changed like the rest of the country."""
        return rounded(Fraction(self.before * self.others_after, self.others_before))


def burglaries_last_four_quarters(
    area_code: str, on: dt.date, *, offence: str = DWELLINGS, series: Series | None = None
) -> Window | None:
    """Return the newest four quarters that are over on `on`; None unless all four are known."""
    series = series or burglaries(area_code, offence=offence, until=on)
    if series.last is None:
        return None
    count = series.four_quarters(series.last)
    return None if count is None else Window(count, series.last)


def target_path(goal: Goal, *quarters: Quarter) -> list[float]:
    """Return the counts of four quarters at `quarters` on the constant-rate path from the baseline to the target."""
    baseline, left, first = goal.baseline_a_year, goal.share_left, goal.first_quarter
    steps = goal.last_quarter.since(first)
    return [arithmetic.path(baseline, left, step=quarter.since(first), steps=steps) for quarter in quarters]


def verdict(goal: Goal, on: dt.date, *, series: Series | None = None) -> Verdict:
    """Return the status of the goal on `on`, from the newest four complete quarters that are known."""
    series = series or burglaries(goal.area_code, offence=goal.offence, until=on)
    window = burglaries_last_four_quarters(goal.area_code, on, series=series)
    baseline_now = series.total(goal.baseline_quarters)
    if window is None:
        return Verdict(Status.UNKNOWN, goal, baseline_now=baseline_now)
    path = rounded(*target_path(goal, window.last))
    return Verdict(_status(goal, window, path), goal, window, path, baseline_now)


def _status(goal: Goal, window: Window, path: int) -> Status:
    if window.last.since(goal.first_quarter) < 4:
        # One of the four quarters is before the agreement, so it says nothing about its effect.
        return Status.TOO_EARLY
    if window.count <= goal.target:
        return Status.REACHED
    if window.last >= goal.last_quarter:
        return Status.MISSED
    if window.count > path:
        return Status.BEHIND
    far_under = not arithmetic.is_normal_variation(2 * (window.count**0.5 - path**0.5))
    return Status.AHEAD if far_under else Status.ON_TRACK


def against_the_country(
    goal: Goal, last: Quarter, *, series: Series | None = None, country: Series | None = None
) -> Comparison | None:
    """Compare the goal's area with the rest of the country; None if a quarter of either is unknown."""
    series = series or burglaries(goal.area_code, offence=goal.offence)
    country = country or burglaries(COUNTRY, offence=goal.offence)
    after, all_after = series.four_quarters(last), country.four_quarters(last)
    all_before = country.total(goal.baseline_quarters)
    before = goal.baseline_count
    if before is None or after is None or all_after is None or all_before is None:
        return None
    years = goal.baseline_years
    others_before, others_after = all_before - before, all_after - after
    found = arithmetic.ratio(before=before, after=after, others_before=others_before, others_after=others_after)
    if found is None:
        return None
    return Comparison(last, goal.baseline, after, rounded(Fraction(others_before) / years), others_after, found)


def newer_should_be_out(last: Quarter, on: dt.date) -> bool:
    """Return whether a quarter after `last` must have been published by now, so that our figures are outdated."""
    return Quarter.ended_by(on - PUBLISHED_AFTER) > last
