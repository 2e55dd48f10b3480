"""Streets as people write them: aa for å, ae for æ, a missing dot. Pure functions."""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice, product

from written.cleaning import cleaned
from written.folding import SPELT_OUT, table

_LETTERS = table(SPELT_OUT, ü="u", ß="ss")
# What a word may stand for, in Danish and in Swedish.
_STANDS_FOR = {
    "adm": ("admiral",), "al": ("alle",), "all": ("alle",), "bisp": ("biskop",),
    "chr": ("christian", "christians", "kristian"), "d": ("den",), "dr": ("doktor", "dronning"),
    "dronn": ("dronning",), "fr": ("frederik", "fredrik"), "ga": ("gamla",), "gde": ("gade",), "gen": ("general",),
    "gl": ("gammel", "gamle", "gamla"), "gml": ("gammel", "gamle", "gamla"), "gt": ("gatan", "gata"),
    "ing": ("ingenioer",), "joh": ("johannes", "johan"), "kapt": ("kaptajn", "kapten"), "kgs": ("kongens",),
    "l": ("lille", "lilla"), "la": ("lilla",), "ll": ("lille",), "n": ("noerre", "nordre", "norra"), "na": ("norra",),
    "ndr": ("noerre", "nordre"), "nr": ("noerre", "nordre", "norra"), "oe": ("oester", "oestre", "oestra"),
    "oea": ("oestra",), "pl": ("plads", "plats"), "pr": ("prins", "prinsesse"), "prof": ("professor",),
    "s": ("soender", "soendre", "soedra"), "sa": ("soedra",), "sct": ("sankt",), "sdr": ("soender", "soendre"),
    "skt": ("sankt",), "st": ("store", "stora", "sankt"), "sta": ("stora",), "str": ("store", "stora"),
    "v": ("vester", "vestre", "vaestra"), "va": ("vaestra",),
}  # fmt: skip
_ENDINGS = {"v": ("vej", "vaeg", "vaegen"), "g": ("gade", "gatan", "gata"), "gd": ("gade",), "vg": ("vaegen", "vaeg")}
# The streets of a register are compared at each look-up.
_CACHED = 20_000
MOST_WORDS, _MOST_SPELLINGS = 8, 200
WORDS = re.compile(r"[a-z]+|[0-9]+")
# How alike two spellings must be to be offered: a typing mistake or two, not another street.
ALIKE = 0.72


def folded(text: str) -> str:
    """Return a text with lower-case letters from a to z: without accents, with aa for å, and sta for "S:ta"."""
    lower = cleaned(text).lower().translate(_LETTERS)
    bare = "".join(c for c in unicodedata.normalize("NFD", lower) if not unicodedata.combining(c))
    return re.sub(r"\b([a-z]{1,2}):(t?a|t)\b", r"\1\2", bare)


def plain(text: str) -> str:
    """Return a street in one spelling: without case, accents and dots, and with one form of aa or å and of "Gl."."""
    words = re.findall(r"[a-z0-9]+", folded(text))
    return " ".join(_STANDS_FOR.get(word, (word,))[0] for word in words)


@lru_cache(maxsize=_CACHED)
def forms(street: str) -> tuple[str, ...]:
    """Return the words of a street as one, in each way that their short forms may be meant."""
    return tuple(spelt(WORDS.findall(folded(street))[:MOST_WORDS]))


def spelt(words: Iterable[str]) -> list[str]:
    """Return what `forms` does, for words that are folded already."""
    return ["".join(one) for one in islice(product(*map(_meanings, words)), _MOST_SPELLINGS)]


def _meanings(word: str) -> tuple[str, ...]:
    longer = _STANDS_FOR.get(word, ())
    ending = next((end for end in ("vg", "gd", "v", "g") if word.endswith(end) and len(word) > len(end) + 2), "")
    if ending:
        longer = tuple(word.removesuffix(ending) + tail for tail in _ENDINGS[ending])
    return (word, *longer)


def beginning(start: str, streets: Iterable[str]) -> list[str]:
    """Return the streets that begin with what was typed, in any spelling; none for less than two letters."""
    wanted = tuple(forms(start))
    if not wanted or len(wanted[0]) < 2:
        return []
    return [street for street in streets if any(form.startswith(wanted) for form in forms(street))]


def close(street: str, streets: Iterable[str], most: int = 5) -> list[str]:
    """Return up to `most` of `streets` that this one may be a misspelling of, the likeliest first."""
    by_form = {_without_blanks(other): other for other in streets}
    wanted = _without_blanks(street)
    return [by_form[form] for form in difflib.get_close_matches(wanted, by_form, n=most, cutoff=ALIKE)]


@lru_cache(maxsize=_CACHED)
def _without_blanks(street: str) -> str:
    return plain(street).replace(" ", "")
