"""How much an area needs a visit or an event, from the figures of areas; no room reads burglaries or helpers for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from partnership.places.models import AreaFact, Partnership

Fact = AreaFact.Fact
Facts = Mapping[int, Mapping[str, AreaFact]]


@dataclass(frozen=True)
class Need:
    """How much homes in an area need it, and the figures behind it."""

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
    """Return the need of homes in an area, from the newest facts of areas by their id; what is unknown is None."""
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
