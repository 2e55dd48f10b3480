"""The queue says truly how it is sorted: by homes without a helper, at one rate for the whole municipality."""

import pytest

from partnership.places.models import AreaFact
from partnership.tests.cast import Cast, slot, visit
from talks.tests.bookings import requested


@pytest.fixture
def queue(cast: Cast) -> str:
    counted = {"counted_in": "2025K4-2026K3"}
    for area in (cast.vorup, cast.dronningborg):
        AreaFact.objects.create(area=area, fact=AreaFact.Fact.NEED, period="2026-11-20", value=0.005, **counted)
    requested(cast, slot(cast.speaker))
    return " ".join(visit(cast.karen).get("/da/staff/talks/").content.decode().split())


def test_the_order_is_explained_by_homes_without_a_helper(queue: str) -> None:
    assert "Først kommer foreningen med flest boliger uden nabohjælper" in queue
    assert "områdets indbrud" not in queue


def test_without_figures_the_queue_says_that_it_is_sorted_by_the_deadline(cast: Cast) -> None:
    requested(cast, slot(cast.speaker))
    page = " ".join(visit(cast.karen).get("/en/staff/talks/").content.decode().split())
    assert "Sorted by the day of our promised answer." in page
    assert "Sorted by need" not in page
    assert "Need*" not in page


def test_the_number_says_that_its_rate_is_that_of_the_whole_municipality(queue: str) -> None:
    assert "Vi regner med samme tal overalt, nemlig for hele Randers" in queue


def test_the_number_names_the_quarters_that_it_counts_and_not_the_night(queue: str) -> None:
    assert "4. kvartal 2025 til 3. kvartal 2026" in queue
    assert "20. november 2026" not in queue
