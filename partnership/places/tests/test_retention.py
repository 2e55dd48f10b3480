"""The nightly area facts do not grow without limit, and those that pages read stay."""

import datetime as dt

import pytest

from partnership.people.actions.forgetting import run
from partnership.places.models import AreaFact
from partnership.places.need import facts_of
from partnership.places.retention import nights_past
from partnership.tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
Fact = AreaFact.Fact


def nights(area, first: dt.date, last: dt.date, fact: str = Fact.NEED) -> None:
    days = [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]
    AreaFact.objects.bulk_create(AreaFact(area=area, fact=fact, period=str(day), value=day.day) for day in days)


def kept(area, fact: str = Fact.NEED) -> list[str]:
    return list(AreaFact.objects.filter(area=area, fact=fact).order_by("period").values_list("period", flat=True))


def test_sixty_nights_stay_and_of_older_ones_the_newest_of_each_month(cast: Cast) -> None:
    nights(cast.vorup, dt.date(2026, 6, 10), NOW.date())
    run(now=NOW)
    sixty = [str(NOW.date() - dt.timedelta(days=number)) for number in range(60, -1, -1)]
    assert kept(cast.vorup) == ["2026-06-30", "2026-07-31", "2026-08-31", *sixty]
    assert not nights_past(NOW).exists()


def test_areas_and_facts_are_counted_each_for_itself(cast: Cast) -> None:
    nights(cast.vorup, dt.date(2026, 6, 1), dt.date(2026, 6, 20))
    nights(cast.dronningborg, dt.date(2026, 6, 1), dt.date(2026, 6, 9))
    nights(cast.vorup, dt.date(2026, 6, 1), dt.date(2026, 6, 5), Fact.HELPERS_PER_100_HOMES)
    run(now=NOW)
    assert kept(cast.vorup) == ["2026-06-20"]
    assert kept(cast.dronningborg) == ["2026-06-09"]
    assert kept(cast.vorup, Fact.HELPERS_PER_100_HOMES) == ["2026-06-05"]


def test_what_was_counted_in_a_year_or_a_quarter_stays(cast: Cast) -> None:
    for period in ("2019", "2019K4"):
        AreaFact.objects.create(area=cast.vorup, fact=Fact.BURGLARIES_PER_1000_HOMES, period=period, value=1)
    run(now=NOW)
    assert kept(cast.vorup, Fact.BURGLARIES_PER_1000_HOMES) == ["2019", "2019K4"]


def test_the_queue_reads_the_same_before_and_after(cast: Cast) -> None:
    nights(cast.vorup, dt.date(2026, 1, 1), dt.date(2026, 3, 3))
    before = facts_of(cast.randers)[cast.vorup.pk][Fact.NEED].period
    run(now=NOW)
    assert facts_of(cast.randers)[cast.vorup.pk][Fact.NEED].period == before == "2026-03-03"
