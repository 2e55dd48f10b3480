"""The order of the queue: first the association where a talk is needed most, not the one that asks first."""

from collections.abc import Iterable
from typing import TypeVar

from partnership.people.models import Organisation
from partnership.places.models import Area, Partnership
from partnership.places.need import Facts, Need, need_in
from talks.models import Booking, TalkWish

Case = TypeVar("Case", Booking, TalkWish)


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
