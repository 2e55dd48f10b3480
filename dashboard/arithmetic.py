"""The arithmetic of change, in counts. Pure, with the source of each formula.

Burglaries come in series, so the true variation is larger than these formulas assume: a change that they call normal
variation is that, and one that they call larger may still be chance.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import exp, sqrt

NORMAL = 3.0  # beyond three standard deviations a change is called one
WIDTH_95 = 1.96
# Below this a percentage suggests more precision than its counts have.
FEWEST_FOR_PERCENT = 50


def path(baseline: float | Fraction, share_left: Fraction, *, step: int, steps: int) -> float:
    """Return the count at `step` of `steps` on a constant-rate path: the same share falls away in every quarter."""
    return float(baseline) * float(share_left) ** (min(max(step, 0), steps) / steps)


def change_z(before_a_year: float | Fraction, after: float, *, years: float | Fraction = 1) -> float:
    """Return how many standard deviations a yearly count has moved from a baseline of that many years.

    The square root of a count varies by about 1/4 (variance), whatever the count; a mean of k years by 1/4k. Two
    single years give √2·(√after − √before), a long baseline 2·(√after − √before).
    """
    return 2 * (sqrt(after) - sqrt(before_a_year)) / sqrt(1 + 1 / years)


def is_normal_variation(z: float) -> bool:
    """Return whether a change is within three standard deviations, so that it may be chance alone."""
    return abs(z) < NORMAL


def even_course(goal: int, *, day: int, days: int) -> int | None:
    """Return how much of a goal would be reached on one of its days if it grew by the same every day, to two digits;
    None before the first day and after the last.
    """
    if not 0 < day <= days:
        return None
    reached = goal * day / days
    step = 10 ** max(0, len(str(int(reached))) - 2)
    return round(reached / step) * step


def percent(before: float | Fraction, after: float) -> int | None:
    """Return the change in whole per cent; None if the counts are too small for a percentage."""
    if before < FEWEST_FOR_PERCENT:
        return None
    change = (Fraction(after) - Fraction(before)) / Fraction(before) * 100
    return int(abs(change) + Fraction(1, 2)) * (1 if change > 0 else -1)


@dataclass(frozen=True, slots=True)
class Ratio:
    """The change of an area relative to its comparison: below 1 it did better. `low` to `high` is the 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether 1 is outside the interval, as shown with two decimals."""
        return round(self.high, 2) < 1 or round(self.low, 2) > 1


def ratio(*, before: int, after: int, others_before: int, others_after: int) -> Ratio | None:
    """Return (after/before) / (others' after/before); None if a count is zero.

    Both `before` may be totals of several years: their length cancels out. The logarithm's standard error is
    √(1/before + 1/after + 1/others before + 1/others after).
    """
    if 0 in (before, after, others_before, others_after):
        return None
    value = (after / before) / (others_after / others_before)
    error = sqrt(1 / before + 1 / after + 1 / others_before + 1 / others_after)
    spread = exp(WIDTH_95 * error)
    return Ratio(value, value / spread, value * spread)
