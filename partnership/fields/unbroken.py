"""Numbers that a line does not end inside of."""

import re

from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

NO_BREAK = "\N{NO-BREAK SPACE}"
_MONTHS = (
    "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|"
    "januari|februari|mars|augusti|"
    "January|February|March|April|May|June|July|August|September|October|November|December"
)
# A day and its month; "kl." and the hour; and the groups of a telephone number or a large number. A code to be copied
# ("123 456") keeps its space.
_CODE = r"(?<!\d)(?<!\d )\d{3} \d{3}(?! ?\d)"
_INSIDE = re.compile(
    rf"({_CODE})|(?<=\d) (?=(?:{_MONTHS})\b)|(?<=\d\.) (?=(?:{_MONTHS})\b)|(?<=\bkl\.) (?=\d)|(?<=\d) (?=[\d%])"
)
# "19.00–20.30" and "070-174 06 20": a line may end after the dash, and a sign against it would be copied with them.
WITH_A_DASH = re.compile(r"(?<![\w./-])\d[\d.:\u00a0]*[-–]\d[\d.:\u00a0]*(?<=\d)(?![\w/-])")


def unbroken(number: str) -> str:
    """Return a telephone number with no-break spaces."""
    return number.replace(" ", NO_BREAK)


def keep_numbers_whole(text: str) -> str:
    """Return a sentence with no-break spaces inside its telephone numbers, hours, days of the month and percentages."""
    return _INSIDE.sub(lambda found: found[1] or NO_BREAK, text)


def with_whole_spans(text: str) -> str:
    """Return words for a page, as HTML if there are hours such as "19.00–20.30" in them: those stay on one line."""
    if not WITH_A_DASH.search(text):
        return text
    return mark_safe(WITH_A_DASH.sub(r'<span class="nowrap">\g<0></span>', conditional_escape(text)))  # noqa: S308
