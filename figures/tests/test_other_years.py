"""A file whose line of quarters has been moved by a year is asked about, and imported when somebody is sure."""

import datetime as dt

import pytest

from figures.actions.importing import import_straf11
from figures.models import BurglaryCount, Import
from figures.quarters import Quarter, span
from partnership.refusals import Refused

pytestmark = pytest.mark.django_db

HEAD = "\ufeffOMRÅDE;OVERTRÆD;TID;INDHOLD\r\n"
NOW = dt.datetime(2026, 2, 20, 9, 0, tzinfo=dt.UTC)
STORED = span(Quarter(2021, 1), Quarter(2024, 4))


def true(quarter: Quarter, area: int = 0) -> int:
    return 40 + (quarter.year * 31 + quarter.number * 17 + area * 7) % 61


def take(figures: dict[Quarter, int], *, is_sure: bool = False) -> None:
    lines = [f"{area};1320;{quarter};{count + number}\r\n" for number, area in enumerate(("730", "751"))
             for quarter, count in figures.items()]  # fmt: skip
    import_straf11((HEAD + "".join(lines)).encode(), fetched_at=NOW, now=NOW, is_sure=is_sure)


@pytest.fixture(autouse=True)
def stored() -> None:
    take({quarter: true(quarter) for quarter in STORED})


@pytest.mark.parametrize("years", [1, -1, 2])
def test_figures_of_other_years_are_refused_with_the_reason_and_stored_if_sure(years: int) -> None:
    moved = {quarter.shifted(4 * years): true(quarter) for quarter in STORED if quarter.shifted(4 * years).year < 2026}
    with pytest.raises(Refused) as refused:
        take(moved)
    assert refused.value.reason == "other_years"
    first = next(iter(moved))
    assert f"{first} (line 2)" in refused.value.message
    assert str(first.shifted(-4 * years)) in refused.value.message
    assert Import.objects.count() == 1
    take(moved, is_sure=True)
    assert Import.objects.count() == 2


def test_a_new_year_with_the_figures_of_the_year_before_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        take({Quarter(2025, number): true(Quarter(2024, number)) for number in (1, 2, 3, 4)})
    assert refused.value.reason == "other_years"


def test_a_new_year_of_its_own_and_revised_figures_are_taken() -> None:
    take({quarter: true(quarter) + (quarter.year == 2024) for quarter in STORED})
    take({Quarter(2025, number): true(Quarter(2025, number)) for number in (1, 2, 3, 4)})
    assert BurglaryCount.objects.filter(quarter="2025K4").count() == 2


def test_small_figures_that_are_the_same_every_year_are_taken() -> None:
    BurglaryCount.objects.all().delete()
    for year in (2024, 2025):
        take({Quarter(year, number): 3 for number in (1, 2, 3, 4)})
    assert Import.objects.count() == 3
