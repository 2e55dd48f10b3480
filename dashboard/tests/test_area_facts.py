"""The facts about areas that the dashboard stores for lower rooms."""

import pytest

from dashboard.actions.area_facts import write_area_facts
from dashboard.tests.builders import ON, a_helper, a_partnership, an_area, kalmar, take
from partnership.places.models import AreaFact, Partnership

Fact = AreaFact.Fact


@pytest.fixture
def randers(db: None) -> Partnership:
    take(*(f"730;1320;2025K{quarter};{count}" for quarter, count in enumerate((89, 40, 54, 84), start=1)))
    return a_partnership()


def value(partnership: Partnership, name: str, fact: str) -> float:
    return AreaFact.objects.get(area__partnership=partnership, area__name=name, fact=fact).value


def test_an_area_with_fewer_helpers_per_home_has_the_greater_need(randers: Partnership) -> None:
    vorup, assentoft = an_area(randers, "Vorup", 200), an_area(randers, "Assentoft", 200)
    for _neighbour in range(4):
        a_helper(randers, vorup, active_on=ON)
    a_helper(randers, assentoft, active_on=ON)
    assert write_area_facts(randers, ON) == 4
    assert value(randers, "Vorup", Fact.HELPERS_PER_100_HOMES) == 2.0
    assert value(randers, "Vorup", Fact.NEED) == pytest.approx(267 / 400 * 0.98)
    assert value(randers, "Assentoft", Fact.NEED) > value(randers, "Vorup", Fact.NEED)


def test_a_need_says_in_which_quarters_its_burglaries_are_counted(randers: Partnership) -> None:
    an_area(randers)
    write_area_facts(randers, ON)
    counted = dict(AreaFact.objects.values_list("fact", "counted_in"))
    assert counted == {Fact.HELPERS_PER_100_HOMES: "", Fact.NEED: "2025K1-2025K4"}


def test_the_same_night_again_writes_the_same(randers: Partnership) -> None:
    an_area(randers)
    assert write_area_facts(randers, ON) == write_area_facts(randers, ON) == AreaFact.objects.count()


def test_an_area_whose_homes_nobody_has_counted_is_left_out(randers: Partnership) -> None:
    an_area(randers, "Vorup", None)
    assert write_area_facts(randers, ON) == 0


def test_without_burglary_figures_there_is_no_need_to_speak_of(db: None) -> None:
    here = kalmar()
    an_area(here, "Malmen")
    write_area_facts(here, ON)
    assert not AreaFact.objects.filter(fact=Fact.NEED).exists()


def test_one_partnerships_night_leaves_anothers_facts_alone(randers: Partnership) -> None:
    other = kalmar()
    an_area(other, "Malmen")
    write_area_facts(other, ON)
    an_area(randers)
    write_area_facts(randers, ON)
    assert AreaFact.objects.filter(area__partnership=other).count() == 1
