"""A typed address leads to a door in the register."""

import pytest

from neighbours.models import Helper
from neighbours.tests import builders as make
from partnership.places.address_lookup import Problem, look_up, streets_beginning
from partnership.tests.cast import visit
from written.streets import close, plain


@pytest.mark.parametrize(
    "one, other",
    [
        ("Aagade", "Ågade"),
        ("GL. HOBROVEJ", "Gammel Hobrovej"),
        ("Sdr. Allé", "Søndre Alle"),
        ("Strömgatan", "Stroemgatan"),
    ],
)
def test_spellings_of_the_same_street_are_alike(one, other):
    assert plain(one)[:4] == plain(other)[:4]
    assert close(one, [other]) == [other]


def test_one_door_is_found_however_it_is_written(cast):
    door = make.home(cast.vorup, "12B")
    for line in ("eksempelvej 12b", "EKSEMPELVEJ 12 B", "Eksempel vej 12B"):
        assert look_up(cast.randers, line, "8900").door == door
        assert look_up(cast.randers, line, " 89 00").door == door


def test_danish_letters_may_be_written_with_others(cast):
    door = make.home(cast.vorup, "3", "Ågade")
    assert look_up(cast.randers, "Aagade 3", "8900").door == door


def test_several_doors_at_a_number_are_asked_about(cast):
    doors = [make.home(cast.vorup, "12", floor_door=floor) for floor in ("st. tv", "1. tv", "2. th")]
    found = look_up(cast.randers, "Eksempelvej 12", "8900")
    assert found.problem == Problem.SEVERAL_DOORS
    assert set(found.choices) == set(doors)
    assert look_up(cast.randers, "Eksempelvej 12, 2 th.", "8900").door == doors[2]


def test_a_slip_of_the_pen_is_asked_about(cast):
    door = make.home(cast.vorup, "12")
    found = look_up(cast.randers, "Eksmpelvej 12", "8900")
    assert (found.door, found.problem, found.choices) == (None, Problem.UNKNOWN_STREET, [door])


def test_the_right_street_under_another_postcode_is_asked_about(cast):
    door = make.home(cast.vorup, "12")
    assert look_up(cast.randers, "Eksempelvej 12", "8930").choices == [door]


def test_a_number_that_has_letters_is_asked_about(cast):
    doors = [make.home(cast.vorup, "12A"), make.home(cast.vorup, "12B")]
    make.home(cast.vorup, "120")
    found = look_up(cast.randers, "Eksempelvej 12", "8900")
    assert (found.problem, found.choices) == (Problem.UNKNOWN_NUMBER, doors)


def test_addresses_of_another_partnership_are_not_found(cast):
    make.home(cast.malmen, "12")
    assert look_up(cast.randers, "Eksempelvej 12", "8900").choices == []


def test_the_form_asks_which_door_and_keeps_what_was_typed(cast):
    door = make.home(cast.vorup, "12", floor_door="1. tv")
    make.home(cast.vorup, "12", floor_door="2. th")
    form = make.typed()

    page = visit(None).post("/en/neighbours/join/", form).content.decode()
    assert "Which door is it?" in page
    assert page.count('name="door"') == 3
    assert 'value="Eksempelvej 12"' in page
    assert not Helper.objects.exists()

    visit(None).post("/en/neighbours/join/", form | {"door": str(door.pk)})
    assert Helper.objects.get().household.address == door


@pytest.mark.parametrize("typed", ["Eksempelvej", "Eksempelvej 13"])
def test_the_form_offers_the_numbers_of_the_street_and_keeps_what_was_typed(cast, typed):
    doors = [make.home(cast.vorup, number) for number in ("12", "14")]
    form = make.typed(address=typed)

    page = visit(None).post("/en/neighbours/join/", form).content.decode()
    assert f'value="{typed}"' in page
    assert f'value="{form["email"]}"' in page
    assert page.count('name="door"') == 3
    assert ("Enter the house number too, or choose it here." in page) == (typed == "Eksempelvej")

    visit(None).post("/en/neighbours/join/", form | {"door": str(doors[1].pk)})
    assert Helper.objects.get().household.address == doors[1]


def test_a_door_that_was_not_offered_cannot_be_picked(cast):
    make.home(cast.vorup, "12", floor_door="1. tv")
    make.home(cast.vorup, "12", floor_door="2. th")
    other = make.home(cast.dronningborg, "50", "Andenvej")
    kalmar = make.home(cast.malmen, "12")
    for door in (other, kalmar):
        visit(None).post("/en/neighbours/join/", make.typed(door=str(door.pk)))
    assert not Helper.objects.exists()


def test_none_of_these_leads_to_a_person(cast):
    make.home(cast.vorup, "12", floor_door="1. tv")
    make.home(cast.vorup, "12", floor_door="2. th")
    page = visit(None).post("/en/neighbours/join/", make.typed(door="none")).content.decode()
    assert "Then the address is not in our register" in page
    assert cast.randers.contact_email in page


def test_streets_are_offered_without_numbers_and_only_of_the_own_partnership(cast):
    make.home(cast.vorup, "12", "Ågade")
    make.home(cast.vorup, "14", "Ågade")
    make.home(cast.malmen, "1", "Aaslättsgatan")
    answer = visit(None).get("/da/neighbours/streets/", {"q": "aag"})
    assert answer.json() == {"streets": ["Ågade"]}
    assert not answer.cookies
    assert answer.headers.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    assert streets_beginning(cast.randers, "a") == []


def test_a_street_is_offered_while_its_name_is_typed_and_for_its_short_form(cast):
    for street in ("Strandvej", "Store Voldgade", "Gammel Hobrovej"):
        make.home(cast.vorup, "1", street)
    assert streets_beginning(cast.randers, "str") == ["Store Voldgade", "Strandvej"]
    assert streets_beginning(cast.randers, "Gl. H") == ["Gammel Hobrovej"]
    assert streets_beginning(cast.randers, "strand") == ["Strandvej"]
