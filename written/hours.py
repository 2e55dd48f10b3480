"""Hours as people write them, and as we print them: 19, 19.00, 19:00, 1900, "kl. 19", "klokken 19.30", 7 p.m."""

import datetime as dt
import re

LONGEST = 40
_HOUR = re.compile(
    r"(?:(?:klokken|klockan|kl\.?|at) ?)?"
    r"(?P<hour>\d{1,2})(?: ?[.:,h] ?(?P<minute>\d\d)(?:[.:]00)?|(?<=\d\d)(?P<bare>\d\d))?"
    r"(?: ?(?:h|hrs|uhr|timer)\b\.?)?(?: ?(?P<half>[ap])\.?m\.?)?"
)
_WORDS = {"noon": dt.time(12), "midnight": dt.time(0)}


def hour(text: str) -> dt.time | None:
    """Return the time of day, or None if it is none."""
    tidy = text.strip().lower()
    if tidy in _WORDS:
        return _WORDS[tidy]
    found = _HOUR.fullmatch(tidy) if len(tidy) <= LONGEST else None
    if not found:
        return None
    number, minute = int(found["hour"]), int(found["minute"] or found["bare"] or 0)
    if found["half"]:
        if not 1 <= number <= 12:
            return None
        number = number % 12 + (12 if found["half"] == "p" else 0)
    return dt.time(number, minute) if number < 24 and minute < 60 else None
