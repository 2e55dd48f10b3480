"""Facts about each area, which the dashboard computes and lower rooms read."""

import datetime as dt

from django.db import transaction

from dashboard import efforts
from dashboard.progress import Progress
from partnership.places.models import AreaFact, Partnership

Fact = AreaFact.Fact


@transaction.atomic
def write_area_facts(partnership: Partnership, on: dt.date) -> int:
    """Store the facts of each area on the day `on`, and return how many; repeating it for a day overwrites them.

    Helpers are active ones per 100 homes. Need is the expected burglaries a year per home in homes without a helper:
    the municipality's rate (none is published for smaller areas) times the share of homes without a helper. An area
    without a known number of homes gets no facts, and without four known quarters no area gets a need.
    """
    rows = [row for row in efforts.helpers_by_area(partnership, on) if row.area.homes]
    homes = sum(row.area.homes or 0 for row in rows)
    window = Progress(partnership, on).window
    facts = []
    for row in rows:
        covered = min(100.0, row.per_hundred_homes or 0.0)
        facts.append(_fact(row, Fact.HELPERS_PER_100_HOMES, on, covered))
        if window:
            need = _fact(row, Fact.NEED, on, window.count / homes * (1 - covered / 100))
            need.counted_in = f"{window.first}-{window.last}"
            facts.append(need)
    AreaFact.objects.filter(area__partnership=partnership, period=str(on)).delete()
    AreaFact.objects.bulk_create(facts)
    return len(facts)


def _fact(row: efforts.AreaRow, fact: str, on: dt.date, value: float) -> AreaFact:
    return AreaFact(area=row.area, fact=fact, period=str(on), value=value)
