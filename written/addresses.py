"""Addresses as people write them, read against the streets of a register. Pure functions.

A street is matched first, as a prefix, since many end in a number or hold one; then the number with its letter, and the
floor and door.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from written.streets import MOST_WORDS, WORDS, folded, forms, spelt

_CARE_OF = re.compile(r"\b(?:c\s?[/.]\s?o\b[.:]?|v/|att\b[.:]?)\s*")
_HOUSE = re.compile(
    r"[\s,.:;-]*(?:(?:husnr|husnummer|nummer|nr|no)\b[\s.:]*)?0*(?P<first>[0-9]{1,4})"
    r"(?:\s*(?:-|/|\+|&|og|och|til|till)\s*(?P<last>[0-9]{1,4})(?=\s*[a-z]?(?:$|[\s,;.])))?"
    r"(?:[\s,.-]*(?P<letter>[a-z])(?=$|[\s,.;:-]|[0-9]))?(?P<rest>.*)"
)
_POSTCODE = r"(?:(?:dk|se|s)[\s-]+)?(?P<code>[0-9]{4}|[0-9]{3} ?[0-9]{2})"
_TOWN = re.compile(rf"[\s,.;]{_POSTCODE}[\s,]+[a-z].*$")
# Words about floors and doors; those that say nothing of their own are None.
_DOOR_WORDS: dict[str, str | None] = {
    "stuen": "st", "stue": "st", "stueetage": "st", "stueetagen": "st", "bv": "st", "nb": "st",
    "kaelder": "kl", "kaelderen": "kl", "kld": "kl", "kaelderlejlighed": "kl",
    "venstre": "tv", "vaenster": "tv", "vae": "tv", "hoejre": "th", "hoeger": "th", "hoe": "th", "midtfor": "mf",
    "midten": "mf", "mitten": "mf", "midt": "mf", "foerste": "1", "anden": "2", "tredje": "3", "fjerde": "4",
    "foersta": "1", "andra": "2", "fjaerde": "4",
    **dict.fromkeys(
        ("til", "till", "for", "sal", "etage", "et", "tr", "trappa", "trappor", "vaaning", "vaaningen", "vaan", "plan",
         "doer", "doerr", "lejl", "lejlighed", "lgh", "laegenhet", "apt", "nr", "dr", "opg", "opgang", "uppg", "vaer",
         "uppgaang", "vaerelse", "i", "paa", "og", "och", "port")
    ),
}  # fmt: skip
_SIDES = {"v": "tv", "h": "th", "m": "mf"}


@dataclass(frozen=True, slots=True)
class House:
    """A house number as it was written: "26-28 a, 2. th" has first 26, last 28, letter a and door "2. th"."""

    first: int
    last: int
    letter: str
    door: str

    @property
    def numbers(self) -> list[str]:
        """The numbers that it may be, the likeliest first."""
        with_letter = [f"{self.first}{self.letter.upper()}"] if self.letter else []
        step = 2 if (self.last - self.first) % 2 == 0 else 1
        return [*with_letter, *(str(number) for number in range(self.first, self.last + 1, step))]

    def door_at(self, number: str) -> str:
        """Return what is left for the door: a letter that is not of the number may be one."""
        return self.door if not self.letter or number[-1:].isalpha() else f"{self.letter} {self.door}"


def streets_in(line: str, streets: Iterable[str]) -> list[tuple[str, str]]:
    """Return each street that a line begins with and the rest of the line, the longest first. A name with c/o or a
    comma may stand before it.
    """
    text = folded(line)
    by_form: dict[str, list[str]] = defaultdict(list)
    for street in streets:
        for form in forms(street):
            by_form[form].append(street)
    found: dict[str, str] = {}
    for start in _starts(text):
        words = [(word.group(), start + word.end()) for word in WORDS.finditer(text[start:])][:MOST_WORDS]
        for many in range(len(words), 0, -1):
            for form in spelt(word for word, _end in words[:many]):
                for street in by_form.get(form, ()):
                    found.setdefault(street, text[words[many - 1][1] :])
        if found:
            break
    return list(found.items())


def _starts(text: str) -> Iterator[int]:
    care_of = _CARE_OF.match(text)
    if care_of:
        yield from (word.start() for word in WORDS.finditer(text) if word.start() >= care_of.end())
        return
    yield 0
    yield from (comma.end() for comma in re.finditer(r",\s*", text))


def houses_in(line: str, towns: Iterable[str] = ()) -> Iterator[tuple[str, House]]:
    """Yield what may be a street, known or not, and the house after it: at each place in a line from which `house_in`
    reads a number, the first first. A number may be part of a street's name.
    """
    towns, text = list(towns), folded(line)
    before = 0
    for word in WORDS.finditer(text):
        street = _last_part(text[:before])
        if street and (house := house_in(text[before:], towns)):
            yield street, house
        before = word.end()


def _last_part(text: str) -> str:
    """Return what stands after the name of a person and a comma, or after c/o; empty if there is no word or digit."""
    parts = [part.strip() for part in _CARE_OF.split(text)[-1].split(",")]
    return next((part for part in reversed(parts) if WORDS.search(part)), "")


def house_in(rest: str, towns: Iterable[str] = ()) -> House | None:
    """Return the house and door at the start of `rest`, which followed a street; None if it has no number.

    What ends the line is left out: one of `towns`, which may be postcodes too, a country, and a name after c/o.
    """
    text = _without_town(_CARE_OF.split(folded(rest))[0], towns)
    found = _HOUSE.fullmatch(text)
    if found is None or not int(found["first"]):
        return None
    first, last = int(found["first"]), int(found["last"] or 0)
    if found["last"] and not first < last <= first + 40:
        return House(first, first, found["letter"] or "", f"{found['last']} {found['rest']}")
    return House(first, max(first, last), found["letter"] or "", found["rest"])


def _without_town(text: str, towns: Iterable[str]) -> str:
    for name in ("danmark", "denmark", "sverige", "sweden", *map(folded, towns)):
        text = re.sub(rf"(?:^|[\s,.;]+){re.escape(name)}[\s.,]*$", "", text)
    town = _TOWN.search(text)
    if town is None or not _HOUSE.match(text[: town.start()]):
        return text
    # A number such as 1102 after a word for a flat is no postcode.
    return text if _ends_with_a_door_word(text[: town.start()]) else text[: town.start()]


def _ends_with_a_door_word(text: str) -> bool:
    words = WORDS.findall(text)
    return bool(words) and words[-1] in ("lgh", "laegenhet", "lejl", "lejlighed", "doer", "apt", "nr")


def door_key(text: str) -> tuple[str, ...]:
    """Return a floor and a door in one spelling: ("2", "th") for "2. sal t.h.", ("1102",) for "lgh 1102".

    Words that are neither, such as the name of a village, are left out.
    """
    sides = re.sub(r"\b(t|m)\s?[.:/]?\s?([vhf])\b", r"\1\2", folded(text))
    words = WORDS.findall(re.sub(r"\b(st|kl)(th|tv|mf)\b", r"\1 \2", sides))
    told = [_DOOR_WORDS.get(word, word) for word in words]
    kept = [word for word in told if word and (word.isdigit() or len(word) <= 2)]
    if len(kept) > 1 and kept[-1] in _SIDES:
        kept[-1] = _SIDES[kept[-1]]
    return tuple(word.lstrip("0") or word for word in kept)


def fitting(written: tuple[str, ...], keys: list[tuple[str, ...]]) -> list[int]:
    """Return the positions in `keys` of the doors that fit: the same ones, or else those of the same floor or side."""
    exact = [index for index, key in enumerate(keys) if key == written]
    size = len(written)
    part = [index for index, key in enumerate(keys) if size and written in (key[:size], key[-size:])]
    return exact or part
