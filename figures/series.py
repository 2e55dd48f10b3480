"""The current figures with their source, for the rooms above."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from figures.areas import DWELLINGS
from figures.models import BurglaryCount, Import, YearlyCount
from figures.quarters import Quarter, four_ending, span

BRA_DWELLINGS = "bra_dwelling_all"


@dataclass(frozen=True, slots=True)
class Series:
    """One area's counts by quarter. A quarter that is absent, or None, is unknown."""

    area_code: str
    offence: str
    counts: dict[Quarter, int | None]
    preliminary: frozenset[Quarter]
    imports: frozenset[int]

    @property
    def newest_import(self) -> Import | None:
        """The newest import that a count is from."""
        return Import.objects.filter(pk__in=self.imports).order_by("-fetched_at", "-pk").first()

    @property
    def last(self) -> Quarter | None:
        """The newest quarter whose count is known."""
        return max((quarter for quarter, count in self.counts.items() if count is not None), default=None)

    def total(self, quarters: Iterable[Quarter]) -> int | None:
        """Return the sum over `quarters`, or None when one of them is unknown: a part is never shown as the whole."""
        found = [self.counts.get(quarter) for quarter in quarters]
        return None if None in found else sum(count for count in found if count is not None)

    def four_quarters(self, last: Quarter) -> int | None:
        """Return the sum of the four quarters that end with `last`, or None when one is unknown."""
        return self.total(four_ending(last))

    def rolling(self) -> list[tuple[Quarter, int]]:
        """Return (last quarter, sum of four) for every quarter where all four are known."""
        if not self.counts:
            return []
        quarters = span(min(self.counts), max(self.counts))
        found = [self.counts.get(quarter) for quarter in quarters]
        fours = [(quarters[end], found[end - 3 : end + 1]) for end in range(3, len(quarters))]
        return [(last, sum(filter(None, four))) for last, four in fours if None not in four]


def burglaries(area_code: str, *, offence: str = DWELLINGS, until: dt.date | None = None) -> Series:
    """Return an area's series; with `until`, only the quarters that were over on that day."""
    rows = BurglaryCount.objects.filter(area_code=area_code, offence=offence).current()
    last = Quarter.ended_by(until) if until else None
    read = rows.values_list("quarter", "count", "preliminary", "from_import")
    known = [(Quarter.parse(text), count, preliminary, number) for text, count, preliminary, number in sorted(read)]
    kept = [row for row in known if last is None or row[0] <= last]
    return Series(
        area_code,
        offence,
        {quarter: count for quarter, count, _preliminary, _import in kept},
        frozenset(quarter for quarter, _count, preliminary, _import in kept if preliminary),
        frozenset(number for _quarter, _count, _preliminary, number in kept),
    )


def yearly(area_code: str, series: str = BRA_DWELLINGS) -> list[YearlyCount]:
    """Return a yearly series, oldest year first."""
    found = YearlyCount.objects.filter(area_code=area_code, series=series).current().select_related("from_import")
    return sorted(found, key=lambda row: row.year)
