"""Finding people by a part of what staff know of them, in any spelling."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import F, Func, Q, QuerySet, Value

from partnership.people.models import User, UserQuerySet
from partnership.places.models import Address, Partnership
from partnership.registers import Register
from written.mailboxes import canonical, readable
from written.streets import folded, plain

_WORDS = re.compile(r"[a-z0-9]+")
# Fewer digits are a house number.
FEWEST_DIGITS = 4
# Shorter words may be a door: "th". Shorter texts are looked for at the beginning of words only.
SHORTEST = 3
# Who needs more has not said enough of whom they look for.
MOST_FOUND, MOST_READ = 50, 5_000
# A function returns rows with `person_id` and `lives_at`, the number of an address: where people of a partnership live.
Homes = Callable[[Partnership], QuerySet]
homes: Register[Homes] = Register("homes of people")
COLUMNS = ("pk", "name", "email", "phone")
# Three times as fast as a regular expression: what is left of the number without digits is taken out of it.
_NO_DIGITS = Func(F("phone"), Value("0123456789"), Value(""), function="translate")
_PHONE_DIGITS = Func(F("phone"), _NO_DIGITS, Value(""), function="translate")


@dataclass(frozen=True)
class Row:
    """Somebody who was found, and where they live if a room knows it."""

    person: User
    home: Address | None


def found(people: UserQuerySet, here: Partnership, wanted: str) -> tuple[list[Row], int | None]:
    """Return the people whose name, road and house number, mailbox or telephone number has this in it, at most
    50 by name; and how many there are in all. None: so many may fit that they are not read.

    The database finds those who may fit, and they are read here: it does not know that "Gl." is "Gammel".
    """
    likely = list(_likely(people, here, wanted)[: MOST_READ + 1])
    if len(likely) > MOST_READ:
        return [], None
    lives = homes_of(here, [pk for pk, *_rest in likely])
    fitting = [
        pk for pk, name, email, phone in likely if _fits(wanted, name, email or "", phone, *_house(lives.get(pk)))
    ]
    listed = people.filter(pk__in=fitting).order_by("name", "pk")[:MOST_FOUND]
    return [Row(person, lives.get(person.pk)) for person in listed], len(fitting)


def homes_of(here: Partnership, people: Iterable[int]) -> dict[int, Address]:
    """Return where these people live, by their numbers; those of whom no room knows it are left out."""
    wanted = list(people)
    rows = [row for find in homes for row in find(here).filter(person__in=wanted).values_list("person_id", "lives_at")]
    addresses = here.addresses.in_bulk({home for _person, home in rows})
    return {person: addresses[home] for person, home in rows}


def _likely(people: UserQuerySet, here: Partnership, wanted: str) -> QuerySet:
    """Return number, name, mailbox and telephone of everybody who may fit."""
    if "@" in wanted:
        some = people.filter(Q(email__contains=canonical(wanted)) | Q(email__contains="xn--"))
    elif is_telephone(wanted):
        some = _with_digits(people, _digits(wanted))
    else:
        return _with_words(people, here, wanted)
    return some.values_list(*COLUMNS)


def _with_digits(people: UserQuerySet, digits: str) -> UserQuerySet:
    if not (wanted := digits.lstrip("0")):
        return people.none()
    numbered = people.exclude(phone="").alias(
        digits=_PHONE_DIGITS, own=Func(_PHONE_DIGITS, Value("0"), function="ltrim")
    )
    ends = [digits[since:] for since in range(len(digits))]
    return numbered.filter(Q(digits__contains=wanted) | Q(own__in=ends))


def _with_words(people: UserQuerySet, here: Partnership, wanted: str) -> QuerySet:
    """Return who has a word that stands in no address here; or else the longest word, in the name or in the address."""
    streets = list(here.addresses.order_by("street").values_list("street", flat=True).distinct())
    names, places = [], Q(pk__in=[])
    for number, asked in enumerate(_readings(wanted)):
        roads = {street: _readings(street)[number] for street in streets}
        places |= _places_unspaced(roads, asked.replace(" ", ""))
        words = asked.split()
        if of_people := [word for word in words if not _may_be_in_an_address(word, roads)]:
            names.append(of_people)
        elif words:
            longest = max(words, key=lambda word: (not word.isdigit(), len(word)))
            names.append([longest])
            places |= _places_with(roads, longest)
    if not names:
        return people.none().values_list(*COLUMNS)
    # Read first: otherwise the database reads every home of the partnership for the few.
    addresses = list(here.addresses.filter(places).values_list("pk", flat=True)[: MOST_READ + 1])
    living = [find(here).filter(lives_at__in=addresses).values("person_id") for find in homes]
    parts = [people.with_words(here, *names), *(people.filter(pk__in=some) for some in living)]
    first, *others = (part.order_by().values_list(*COLUMNS) for part in parts)
    return first.union(*others)


def _may_be_in_an_address(word: str, roads: Mapping[str, str]) -> bool:
    return len(word) <= SHORTEST or not word.isalpha() or any(_has_word(road, word) for road in roads.values())


def _has_word(road: str, word: str) -> bool:
    return f" {road}".find(f" {word}") >= 0


def _places_with(roads: Mapping[str, str], word: str) -> Q:
    """Return the condition that an address has a word that begins so, or that is the house number."""
    return Q(street__in=[street for street, road in roads.items() if _has_word(road, word)]) | Q(
        number__in=[word, word.upper()]
    )


def _places_unspaced(roads: Mapping[str, str], unspaced: str) -> Q:
    """Return the condition that an address has this in it when written without spaces: "vestergade12"."""
    if len(unspaced) < SHORTEST:
        return Q(pk__in=[])
    bare = {street: road.replace(" ", "") for street, road in roads.items()}
    places = Q(street__in=[street for street, road in bare.items() if unspaced in road])
    places |= Q(number__in=[unspaced, unspaced.upper()])
    for begins in re.finditer(r"[0-9]+", unspaced):
        if road_ends := unspaced[: begins.start()]:
            streets = [street for street, road in bare.items() if road.endswith(road_ends)]
            places |= Q(street__in=streets, number__startswith=begins[0])
    return places


def _house(home: Address | None) -> tuple[str, str, str]:
    return (home.street, home.number, home.floor_door) if home else ("", "", "")


def is_telephone(wanted: str) -> bool:
    """Return whether somebody is looked for by a telephone number, or a part of one."""
    return len(_digits(wanted)) >= FEWEST_DIGITS and not any(map(str.isalpha, wanted))


def _fits(wanted: str, name: str, email: str, phone: str, street: str, number: str, door: str) -> bool:
    if "@" in wanted:
        return canonical(wanted) in email or wanted.strip().lower() in readable(email)
    if is_telephone(wanted):
        return _is_in(_digits(wanted), _digits(phone))
    person, house = _bare(f"{name} {email}"), _bare(f"{number} {door}")
    roads = zip(_readings(wanted), _readings(street), strict=True)
    return any(_matches(asked, f"{road} {house}", f"{person} {road} {house}") for asked, road in roads)


@lru_cache(maxsize=5000)
def _readings(text: str) -> tuple[str, str]:
    """Return a text as it is written, and with "Gl." read as "Gammel"; cached, since many live on one street."""
    return _bare(text), plain(text)


def _bare(text: str) -> str:
    return " ".join(_WORDS.findall(text.lower() if text.isascii() else folded(text)))


def _matches(wanted: str, address: str, words: str) -> bool:
    """Return whether what is looked for stands in the address, or each of its words begins one of `words`."""
    unspaced = wanted.replace(" ", "")
    # 12 is also 12B, and is not 120.
    ends = r"(?!\d)" if unspaced[-1:].isdigit() else ""
    if unspaced and re.search(re.escape(unspaced) + ends, address.replace(" ", "")):
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
