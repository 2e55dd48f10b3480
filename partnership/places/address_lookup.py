"""From what someone typed to one door in the local register, or to the doors that they may have meant."""

import enum
from dataclasses import dataclass, field

from geography.streets import close, same, split_line, tight
from partnership.places.models import Address, Partnership

MOST_CHOICES = 60


class Problem(enum.StrEnum):
    NONE = ""
    NO_NUMBER = "no_number"
    SEVERAL_DOORS = "several_doors"
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


def look_up(partnership: Partnership, line: str, postcode: str) -> Found:
    """Match a road with house number, and perhaps a door, against the register of `partnership`."""
    street, number, door = split_line(line)
    postcode = "".join(postcode.split())
    if not number:
        return Found(problem=Problem.NO_NUMBER)
    register = partnership.addresses.offered()
    doors = list(register.matching(street, number, postcode)[:MOST_CHOICES])
    here = register.filter(postcode=postcode)
    streets = [] if doors else _streets(here)
    spelt_same = same(street, streets)
    if not doors and spelt_same:
        doors = _at(here, spelt_same, number)
    if doors:
        return _one_of(doors, door)
    if spelt_same:
        return Found(problem=Problem.UNKNOWN_NUMBER, choices=_lettered(here, spelt_same, number))
    problem = Problem.UNKNOWN_STREET if streets else Problem.UNKNOWN_POSTCODE
    likely = _at(here, close(street, streets), number) or _in_other_postcodes(register, street, number)
    return Found(problem=problem, choices=likely)


def _one_of(doors: list[Address], door: str) -> Found:
    if len(doors) == 1:
        return Found(door=doors[0])
    fitting = [one for one in doors if tight(one.floor_door) == tight(door)]
    if len(fitting) == 1 and door:
        return Found(door=fitting[0])
    return Found(problem=Problem.SEVERAL_DOORS, choices=doors)


def _streets(register) -> list[str]:
    return list(register.order_by("street").values_list("street", flat=True).distinct())


def _at(register, streets: list[str], number: str) -> list[Address]:
    """Return the doors with this number on these streets, in the order of the streets."""
    if not streets:
        return []
    rows = register.filter(street__in=streets, number__iexact=number).order_by("postcode", "floor_door", "pk")
    return sorted(rows[:MOST_CHOICES], key=lambda row: streets.index(row.street))


def _lettered(register, streets: list[str], number: str) -> list[Address]:
    """12 is not in the register, but 12A and 12B are; or the other way round."""
    digits = number.rstrip("abcdefghijklmnopqrstuvwxyzæøåäöABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅÄÖ")
    rows = register.filter(street__in=streets, number__iregex=rf"^{digits}[a-zæøåäö]?$")
    return list(rows.order_by("number", "floor_door")[:MOST_CHOICES])


def _in_other_postcodes(register, street: str, number: str) -> list[Address]:
    streets = _streets(register)
    return _at(register, same(street, streets) or close(street, streets), number)


def streets_beginning(partnership: Partnership, start: str, most: int = 10) -> list[str]:
    """Return streets to suggest: those that begin with `start` in any spelling. No numbers, no people."""
    wanted = tight(start)
    if len(wanted) < 2:
        return []
    return [street for street in _streets(partnership.addresses.offered()) if tight(street).startswith(wanted)][:most]
