"""Days as people write them in Danish, Swedish and English, and as we print them: 1. december 2026, 1-12-2026,
2026-12-01, Tuesday 1 December 2026.
"""

import datetime as dt
import re

LONGEST = 60
_MONTHS = (
    "januar januari january", "februar februari february", "marts mars march", "april", "maj may", "juni june",
    "juli july", "august augusti", "september", "oktober october", "november", "december",
)  # fmt: skip
_WEEKDAYS = (
    "mandag", "måndag", "monday", "tirsdag", "tisdag", "tuesday", "onsdag", "wednesday", "torsdag", "thursday",
    "fredag", "friday", "lørdag", "lördag", "saturday", "søndag", "söndag", "sunday",
)  # fmt: skip
_SMALL_WORDS = {"d", "den", "the", "of", "st", "nd", "rd", "th"}
_SHORTEST = 3
_PARTS = re.compile(r"\d+|[^\W\d_]+")
_BETWEEN = re.compile(r"[\s.,/-]*")


def month(word: str) -> int | None:
    """Return the number of a month: december, dec., Dec, sept."""
    start = word.strip(" .").lower()
    if len(start) < _SHORTEST:
        return None
    return next((n for n, names in enumerate(_MONTHS, 1) if any(one.startswith(start) for one in names.split())), None)


def day(text: str) -> dt.date | None:
    """Return the day, or None if it is none, or could be two: the day stands before the month, or the year first. A
    year has four digits.
    """
    if len(text) > LONGEST or _BETWEEN.fullmatch(text) or not _BETWEEN.fullmatch(_PARTS.sub("", text)):
        return None
    parts = [part for part in _PARTS.findall(text.lower()) if part not in _SMALL_WORDS and not _is_a_weekday(part)]
    named = [number for part in parts if (number := month(part))]
    numbers = [part for part in parts if part.isdecimal()]
    if len(named) + len(numbers) != len(parts) or len(parts) != 3 or len(named) > 1:
        return None
    if len(numbers[0]) == len("2026"):
        numbers.reverse()
        if not named:
            return _date(numbers[0], numbers[1], numbers[2])
    return _date(numbers[0], str(named[0]) if named else numbers[1], numbers[-1])


def _is_a_weekday(part: str) -> bool:
    return len(part) >= _SHORTEST and any(name.startswith(part) for name in _WEEKDAYS)


def _date(day: str, month: str, year: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day)) if len(year) == len("2026") and len(day) < len(year) else None
    except ValueError:
        return None
