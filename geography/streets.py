"""Streets as people write them: aa for å, ae for æ, a missing dot. Pure functions."""

import difflib
import re
import unicodedata
from collections.abc import Iterable

from partnership.fields.folding import SPELT_OUT, table
from written.cleaning import cleaned

_LETTERS = table(SPELT_OUT, ü="u", ß="ss")
_SHORT = {
    "gl": "gammel",
    "ndr": "noerre",
    "nr": "noerre",
    "sdr": "soender",
    "str": "store",
    "all": "alle",
    "skt": "sankt",
}
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
    return " ".join(_SHORT.get(word, word) for word in words)


def tight(text: str) -> str:
    """Return `plain` without spaces: "2. th" and "2th" are the same door."""
    return plain(text).replace(" ", "")


def same(street: str, streets: Iterable[str]) -> list[str]:
    """Return the streets among `streets` that are this one in another spelling."""
    wanted = tight(street)
    return [other for other in streets if tight(other) == wanted]


def close(street: str, streets: Iterable[str], most: int = 5) -> list[str]:
    """Return up to `most` of `streets` that this one may be a misspelling of, the likeliest first."""
    by_form = {tight(other): other for other in streets}
    return [by_form[form] for form in difflib.get_close_matches(tight(street), by_form, n=most, cutoff=ALIKE)]


_LINE = re.compile(
    r"^(?P<street>.*?\D)[\s,]*(?P<number>\d{1,4}(?:\s?[a-zæøåäö])?)(?=$|[\s,])[\s,]*(?P<door>.*)$", re.IGNORECASE
)


def split_line(line: str) -> tuple[str, str, str]:
    """Return street, house number and door of "Eksempelvej 12 B, 2. th"; a missing part is empty."""
    tidy = " ".join(line.split())
    found = _LINE.match(tidy)
    if not found:
        return tidy.strip(" ,"), "", ""
    return found["street"].strip(" ,"), found["number"].replace(" ", ""), found["door"].strip(" ,")
