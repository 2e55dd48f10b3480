"""Numbers as people write them, and as we print them in each language: 1.200, 1 200, 1,200."""

import re

_SIGNS = re.compile(r"([+-]?)\s*(.+)")
_GROUPED = re.compile(r"\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*")
LONGEST = 40


def is_key(text: str) -> bool:
    """Return whether a text can be the number of a row: longer ones exceed the database's integers, or Python's."""
    return text.isascii() and text.isdecimal() and len(text) < 19


def whole(text: str) -> str:
    """Return a whole number without its grouping: 1200 for 1.200, 1,200 and 1 200. Anything else stays, with commas for
    dots: Django drops a dot and zeros, and would read a mistyped 1.0000 as 1.
    """
    found = _SIGNS.fullmatch(text.strip()) if len(text) <= LONGEST else None
    if not found:
        return text
    sign, digits = found[1].replace("+", ""), found[2]
    if _GROUPED.fullmatch(digits):
        return sign + re.sub(r"\D", "", digits)
    return sign + digits.replace(".", ",")


def decimal(text: str, point: str) -> str:
    """Return a number with a dot before its decimals; `point` is the reader's own sign for it, "," or "."."""
    found = _SIGNS.fullmatch(text.strip()) if len(text) <= LONGEST else None
    if not found:
        return text
    before, mark, after = found[2].partition(point)
    if not mark and point == "," and not _GROUPED.fullmatch(before):
        before, mark, after = before.partition(".")  # 12.5 has one meaning where 1.200 has another
    if _GROUPED.fullmatch(before):
        before = re.sub(r"\D", "", before)
    sign = found[1].replace("+", "")
    return f"{sign}{before}.{after}" if mark else sign + before
