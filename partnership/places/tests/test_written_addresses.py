"""A corpus of addresses as people write them: each leads to the right door, or to the right question."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from partnership.places.address_lookup import Problem, look_up
from partnership.places.models import Address, Partnership
from partnership.places.tests.builders import a_partnership, an_area

LINES = (Path(__file__).parent / "written_addresses.txt").read_text("utf-8").splitlines()
CASES = [tuple(line.split("|")) for line in LINES if line[2:3] == "|"]
WHERE = {"DK": ("randers", "8900", "Randers C"), "SE": ("kalmar", "39231", "Kalmar")}
Register = dict[str, Partnership]


def homes(partnership: Partnership, country: str) -> Iterator[Address]:
    area = an_area(partnership)
    for line in (line[3:] for line in LINES if line.startswith(f"{country}+")):
        houses, _colon, doors = line.partition(": ")
        street, first = houses.split(", ")[0].rsplit(" ", 1)
        for number in [first, *houses.split(", ")[1:]]:
            for door in doors.split("; "):
                yield Address(
                    partnership=partnership, area=area, register_id=f"{street} {number} {door}"[:40], street=street,
                    number=number, floor_door=door, postcode=WHERE[country][1], town=WHERE[country][2],
                )  # fmt: skip


@pytest.fixture
def register(db: None) -> Register:
    held = {country: a_partnership(slug) for country, (slug, *_rest) in WHERE.items()}
    for country, partnership in held.items():
        Address.objects.bulk_create(homes(partnership, country))
    return held


def answer(partnership: Partnership, line: str, postcode: str, *, with_choices: bool) -> str:
    found = look_up(partnership, line, postcode)
    doors = [
        re.sub(r", (\d{4}|\d{3}\s\d{2}) .*$", "", door.label)
        for door in (found.choices if found.door is None else [found.door])
    ]
    if found.door is not None:
        return doors[0]
    return f"?{found.problem}: {'; '.join(doors)}" if with_choices else f"?{found.problem}"


def test_every_line_of_the_corpus_is_answered_rightly(register: Register) -> None:
    assert len(CASES) > 150
    wrong = [
        f"{line}: {said}, not {wanted}"
        for country, line, postcode, wanted in CASES
        if (said := answer(register[country], line, postcode, with_choices=": " in wanted)) != wanted
    ]
    assert wrong == []


def test_where_a_number_is_missing_or_unknown_the_streets_numbers_are_offered(register: Register) -> None:
    def offered(line: str) -> list[str]:
        return [f"{door.number} {door.floor_door}".strip() for door in look_up(register["DK"], line, "8900").choices]

    assert offered("Rudebækvej") == ["26", "28"]
    assert offered("Rudebækvej 99") == ["26", "28"]
    assert offered("Vestergade") == ["12", "12A", "13"]
    assert offered("Eksempelvej 16") == ["16A", "16B"]
    assert offered("Eksempelvej 12, 3. th")[:2] == ["12 1. th", "12 1. tv"]
    assert offered("Skovbakken 7, 2. th") == ["7 1. tv"]


def test_of_a_long_street_the_nearest_numbers_are_offered_in_order(register: Register) -> None:
    here = register["DK"]
    area = here.areas.get()
    Address.objects.bulk_create(
        Address(partnership=here, area=area, register_id=f"l{n}", street="Langvej", number=str(n), postcode="8900",
                town="Randers C")
        for n in range(1, 400, 2)
    )  # fmt: skip
    found = look_up(here, "Langvej 200", "8900")
    numbers = [int(door.number) for door in found.choices]
    assert found.problem == Problem.UNKNOWN_NUMBER
    assert (numbers, len(numbers)) == (sorted(numbers), 60)
    assert {199, 201} <= set(numbers)
    assert look_up(here, "Langvej 199", "8900").door.number == "199"


def test_no_line_makes_the_look_up_fail(register: Register) -> None:
    strange = ["", " ", ",", "c/o", "c/o ", "'", "\0", "12", "½ 3", "Vestergade ½", "Vestergade -", "Vestergade 12-",
               "Vestergade 12-11", "Vestergade 99999", "Vestergade 12 " + "a " * 60, "١٢", "Vestergade ١٢", "." * 200,
               "st " * 40, "v g n s l d " * 10, "Vestergade 12, ", "%", "\\"]  # fmt: skip
    for line in strange:
        assert look_up(register["DK"], line, "8900").problem != "" or "Vestergade" in line
    assert look_up(register["DK"], "Vestergade 12", "").problem == Problem.UNKNOWN_POSTCODE
