"""The order of the queue: first the association where a talk is needed most, not the one that asks first.

The figures of an area come from `places.AreaFact`; this room does not read burglaries or helpers itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from partnership.people.models import Organisation
from partnership.places.models import Area, AreaFact, Partnership
from talks.models import Booking, TalkWish

Fact = AreaFact.Fact
Facts = Mapping[int, Mapping[str, AreaFact]]
Case = TypeVar("Case", Booking, TalkWish)


@dataclass(frozen=True)
class Need:
    """How much an association needs a talk, and the figures behind it."""

    homes: int
    burglaries: float | None
    helpers: float | None
    period: str
    given: float | None = None

    @property
    def homes_without_helper(self) -> int:
        """Estimated as if the area's helpers were spread evenly over its homes."""
        return round(self.homes * max(0.0, 1 - (self.helpers or 0) / 100))

    @property
    def weight(self) -> float:
        """The area's need times homes: expected burglaries a year in homes without a helper."""
        if self.given is not None:
            return self.given * self.homes
        return (self.burglaries or 0) / 1000 * self.homes_without_helper

    @property
    def is_known(self) -> bool:
        """Whether there is a figure to sort by."""
        return self.given is not None or self.burglaries is not None


def facts_of(partnership: Partnership) -> Facts:
    """Return the newest figure of each kind for each area, in one query."""
    newest = (
        AreaFact.objects.filter(area__partnership=partnership)
        .order_by("area", "fact", "-period")
        .distinct("area", "fact")
    )
    found: dict[int, dict[str, AreaFact]] = {}
    for row in newest:
        found.setdefault(row.area_id, {})[row.fact] = row
    return found


def need_in(area_id: int | None, homes: int, facts: Facts) -> Need:
    """Return the need of talks in an area, from the newest facts of areas by their id; what is unknown is None."""
    here = facts.get(area_id, {}) if area_id else {}
    burglaries, helpers, given = (
        here.get(fact) for fact in (Fact.BURGLARIES_PER_1000_HOMES, Fact.HELPERS_PER_100_HOMES, Fact.NEED)
    )
    measured = burglaries or given
    return Need(
        homes=homes,
        burglaries=burglaries.value if burglaries else None,
        helpers=helpers.value if helpers else None,
        period=(measured.counted_in or measured.period) if measured else "",
        given=given.value if given else None,
    )


def of(case: Booking | TalkWish, facts: Facts) -> Need:
    """Return the need in the area of the association that asks."""
    return need_in(case.association.area_id, case.association.homes or 0, facts)


def by_need(cases: Iterable[Case], facts: Facts) -> list[tuple[Case, Need]]:
    """Return the cases with their need, the greatest first; equal ones in the order they came."""
    weighed = [(case, of(case, facts)) for case in cases]
    return sorted(weighed, key=lambda pair: -pair[1].weight)


def areas_without_association(partnership: Partnership, facts: Facts) -> list[tuple[Area, Need]]:
    """Return the areas with known need and without any association, the greatest need first."""
    asked = Organisation.objects.filter(partnership=partnership, area__isnull=False).values("area")
    silent = partnership.areas.exclude(pk__in=asked)
    weighed = [(area, need_in(area.pk, area.homes or 0, facts)) for area in silent]
    return sorted([pair for pair in weighed if pair[1].weight > 0], key=lambda pair: -pair[1].weight)
