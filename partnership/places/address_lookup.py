"""From what someone typed to one door in the local register, or to the doors that they may have meant."""

import enum
import re
from dataclasses import dataclass, field
from itertools import islice

from partnership.places.models import Address, AddressQuerySet, Partnership
from written.addresses import House, door_key, fitting, house_in, houses_in, streets_in
from written.streets import beginning, close

MOST_CHOICES = 60
LONGEST = 200
# How many of the numbers in a line are tried as the house number, where the street is none that we know.
MOST_READINGS = 3


class Problem(enum.StrEnum):
    NONE = ""
    NO_NUMBER = "no_number"
    SEVERAL_DOORS = "several_doors"
    UNKNOWN_DOOR = "unknown_door"
    UNKNOWN_POSTCODE = "unknown_postcode"
    UNKNOWN_NUMBER = "unknown_number"
    UNKNOWN_STREET = "unknown_street"


@dataclass(frozen=True)
class Found:
    """One door, or the reason why there is none, with doors to choose from."""

    door: Address | None = None
    problem: Problem = Problem.NONE
    choices: list[Address] = field(default_factory=list)

    def chosen(self, pk: str) -> Address | None:
        """Return the door that was picked, if it was one of those we offered."""
        return next((door for door in self.choices if str(door.pk) == pk), None)


class Streets:
    """The streets of a register, each postcode's read once."""

    def __init__(self) -> None:
        self._by_postcode: dict[str, list[tuple[str, str]]] = {}
        self._all: list[str] | None = None

    def with_towns(self, here: AddressQuerySet, postcode: str) -> list[tuple[str, str]]:
        """Return the streets of a postcode, whose addresses are `here`, with their towns."""
        if postcode not in self._by_postcode:
            self._by_postcode[postcode] = list(here.order_by("street").values_list("street", "town").distinct())
        return self._by_postcode[postcode]

    def of(self, register: AddressQuerySet) -> list[str]:
        """Return all streets of the register."""
        if self._all is None:
            self._all = _streets(register)
        return self._all


def look_up(
    partnership: Partnership, line: str, postcode: str, *, for_staff: bool = False, streets_read: Streets | None = None
) -> Found:
    """Match a road with house number, and perhaps a door, against the register of `partnership`.

    The register's streets come first: only what follows one of them is read as number, letter, floor and door. Staff
    find also what staff have typed. Who looks up a whole file gives one `Streets`, so that none is read for each line.
    """
    register = partnership.addresses.for_staff() if for_staff else partnership.addresses.offered()
    line, postcode = line[:LONGEST], re.sub(r"\D", "", postcode)
    here = register.filter(postcode=postcode)
    read = streets_read or Streets()
    pairs = read.with_towns(here, postcode)
    streets = list(dict.fromkeys(street for street, _town in pairs))
    after = [*_short_and_long({town for _street, town in pairs}), postcode, f"{postcode[:3]} {postcode[3:]}"]
    written = [(street, house_in(rest, after)) for street, rest in streets_in(line, streets)]
    for street, house in written:
        if house and (found := _at_house(here, street, house)):
            return found
    for street, house in written:
        problem = Problem.UNKNOWN_NUMBER if house else Problem.NO_NUMBER
        return Found(problem=problem, choices=_numbers_of(here, street, house))
    houses = list(islice(houses_in(line, after), MOST_READINGS))
    likely = _alike(here, streets, houses) or _in_other_postcodes(register, read, line, houses)
    if not (houses or likely):
        return Found(problem=Problem.NO_NUMBER)
    return Found(problem=Problem.UNKNOWN_STREET if streets else Problem.UNKNOWN_POSTCODE, choices=likely)


def _at_house(here: AddressQuerySet, street: str, house: House) -> Found | None:
    """Return the door at the first of the numbers that the register has; of a range that has several, all to choose."""
    by_number: dict[str, list[Address]] = {}
    for door in _at(here, [street], *house.numbers):
        by_number.setdefault(door.number.upper(), []).append(door)
    held = [number for number in house.numbers if number in by_number]
    if not held:
        return None
    if house.last > house.first and len(held) > 1:
        return Found(problem=Problem.SEVERAL_DOORS, choices=[door for number in held for door in by_number[number]])
    return _one_of(by_number[held[0]], house.door_at(held[0]), may_be_another=bool(house.letter) and held[0].isdigit())


def _one_of(doors: list[Address], door: str, *, may_be_another: bool) -> Found | None:
    """Return the one that was written, or all to choose; None if 12 B was written, and 12 has no door B either."""
    key, keys = door_key(door), [door_key(one.floor_door) for one in doors]
    fits = fitting(key, keys)
    if len(fits) == 1:
        return Found(door=doors[fits[0]])
    if may_be_another and not fits:
        return None
    if len(doors) == 1 and not (key and keys[0]):
        return Found(door=doors[0])
    problem = Problem.SEVERAL_DOORS if len(doors) > 1 else Problem.UNKNOWN_DOOR
    return Found(problem=problem, choices=doors)


def _streets(register: AddressQuerySet) -> list[str]:
    return list(register.order_by("street").values_list("street", flat=True).distinct())


def _short_and_long(towns: set[str]) -> list[str]:
    """Return the towns, and their names without what follows: Randers C and Randers."""
    return sorted({*towns, *(town.split()[0] for town in towns)})


def _at(register: AddressQuerySet, streets: list[str], *numbers: str) -> list[Address]:
    """Return the doors with these numbers on these streets, in the order of the streets."""
    if not streets:
        return []
    held = [number.upper() for number in numbers]
    rows = register.filter(street__in=streets, number__in=[*held, *(number.lower() for number in held)])
    rows = rows.order_by("postcode", "number", "floor_door", "pk")
    return sorted(rows[: MOST_CHOICES * len(streets)], key=lambda row: streets.index(row.street))[:MOST_CHOICES]


def _numbers_of(here: AddressQuerySet, street: str, house: House | None) -> list[Address]:
    """Return the street's doors to choose from: those at the same number with other letters, or else all; of many, one
    of each number, the nearest to what was written.
    """
    doors = sorted(here.filter(street=street).order_by("floor_door", "pk"), key=lambda row: _in_order(row.number))
    if house and (lettered := [row for row in doors if _in_order(row.number)[0] == house.first]):
        return lettered[:MOST_CHOICES]
    if len(doors) > MOST_CHOICES:
        doors = list({row.number: row for row in reversed(doors)}.values())[::-1]
    near = sorted(doors, key=lambda row: abs(_in_order(row.number)[0] - (house.first if house else 0)))
    return sorted(near[:MOST_CHOICES], key=lambda row: _in_order(row.number))


def _in_order(number: str) -> tuple[int, str]:
    digits = re.match(r"[0-9]*", number)
    return int(digits[0]) if digits and digits[0] else 0, number


def _in_other_postcodes(
    register: AddressQuerySet, read: Streets, line: str, houses: list[tuple[str, House]]
) -> list[Address]:
    streets = read.of(register)
    for found, rest in streets_in(line, streets):
        if (house := house_in(rest)) and (doors := _likeliest(register, [found], house)):
            return doors
    return _alike(register, streets, houses)


def _alike(register: AddressQuerySet, streets: list[str], houses: list[tuple[str, House]]) -> list[Address]:
    """Return the doors at the first of these houses that a street with a name like the one written has."""
    found = (_likeliest(register, close(street, streets), house) for street, house in houses)
    return next((doors for doors in found if doors), [])


def _likeliest(register: AddressQuerySet, streets: list[str], house: House) -> list[Address]:
    """Return the doors at the likeliest number that one of the streets has; of a range, at all its numbers."""
    doors = _at(register, streets, *house.numbers)
    if house.last > house.first:
        return doors
    at_each = ([door for door in doors if door.number.upper() == number] for number in house.numbers)
    return next((at_one for at_one in at_each if at_one), [])


def streets_beginning(partnership: Partnership, start: str, most: int = 10) -> list[str]:
    """Return streets to suggest: those that begin with `start` in any spelling. No numbers, no people."""
    return beginning(start, _streets(partnership.addresses.offered()))[:most]
