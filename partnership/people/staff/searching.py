"""Finding people by a part of what staff know of them, in any spelling."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from partnership.people.models import User, UserQuerySet
from partnership.places.models import Address, Partnership
from partnership.registers import Register
from written.mailboxes import canonical, readable
from written.streets import folded, plain

_WORDS = re.compile(r"[a-z0-9]+")
# Fewer digits are a house number.
FEWEST_DIGITS = 4
# Who needs more has not said enough of whom they look for.
MOST_FOUND = 50
# A function returns where people of a partnership live, by their number.
Homes = Callable[[Partnership], Mapping[int, Address]]
homes: Register[Homes] = Register("homes of people")


@dataclass(frozen=True)
class Row:
    """Somebody who was found, and where they live if a room knows it."""

    person: User
    home: Address | None


def found(people: UserQuerySet, here: Partnership, wanted: str) -> tuple[list[Row], int]:
    """Return the people whose name, road and house number, mailbox or telephone number has this in it, at most
    50 by name; and how many there are in all.

    A partnership has some thousands of people: all are read, since the database does not know that aa is å.
    """
    lives = {pk: home for find in homes for pk, home in find(here).items()}
    fitting = [
        pk
        for pk, name, email, phone in people.values_list("pk", "name", "email", "phone")
        if _fits(wanted, name, email or "", phone, *_house(lives.get(pk)))
    ]
    listed = people.filter(pk__in=fitting).order_by("name", "pk")[:MOST_FOUND]
    return [Row(person, lives.get(person.pk)) for person in listed], len(fitting)


def _house(home: Address | None) -> tuple[str, str, str]:
    return (home.street, home.number, home.floor_door) if home else ("", "", "")


def _fits(wanted: str, name: str, email: str, phone: str, street: str, number: str, door: str) -> bool:
    if "@" in wanted:
        return canonical(wanted) in email or wanted.strip().lower() in readable(email)
    digits = _digits(wanted)
    if len(digits) >= FEWEST_DIGITS and not any(map(str.isalpha, wanted)):
        return _is_in(digits, _digits(phone))
    person, house = _bare(f"{name} {email}"), _bare(f"{number} {door}")
    roads = zip(_readings(wanted), _readings(street), strict=True)
    return any(_is_read(asked, f"{road} {house}", f"{person} {road} {house}") for asked, road in roads)


@lru_cache(maxsize=5000)
def _readings(text: str) -> tuple[str, str]:
    """Return a text as it is written, and with "Gl." read as "Gammel"; kept, since many helpers live on one street."""
    return _bare(text), plain(text)


def _bare(text: str) -> str:
    return " ".join(_WORDS.findall(text.lower() if text.isascii() else folded(text)))


def _is_read(wanted: str, address: str, words: str) -> bool:
    in_one = wanted.replace(" ", "")
    # 12 is also 12B, and is not 120.
    ends = r"(?!\d)" if in_one[-1:].isdigit() else ""
    if in_one and re.search(re.escape(in_one) + ends, address.replace(" ", "")):
        return True
    asked = wanted.split()
    return bool(asked) and all(any(_begins(word, one) for word in words.split()) for one in asked)


def _begins(word: str, asked: str) -> bool:
    return word == asked if asked.isdigit() else word.startswith(asked)


def _is_in(digits: str, number: str) -> bool:
    """Return whether two telephone numbers are one, or the first is a part of the second; either may have the code of
    its country, or a zero before it.
    """
    wanted, own = digits.lstrip("0"), number.lstrip("0")
    return bool(wanted and own) and (wanted in number or digits.endswith(own))


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))
