"""Days are read as they are written in Danish, Swedish and English; what is no day, or could be two, is none."""

import datetime as dt

import pytest

from written.days import LONGEST, day, month

FIRST = dt.date(2026, 12, 1)


@pytest.mark.parametrize(
    "text",
    ["1-12-2026", "01-12-2026", "1/12/2026", "1.12.2026", "1. 12. 2026", "2026-12-01", "2026.12.1", "1. december 2026",
     "1 dec 2026", "1 dec. 2026", "1. DECEMBER 2026", "den 1. december 2026", "tirsdag den 1. december 2026",
     "tisdag 1 december 2026", "Tuesday 1 December 2026", "tue 1st of December 2026", "the 1st December 2026",
     "December 1, 2026", "2026 december 1", "tirs. d. 1.12.2026"],
)  # fmt: skip
def test_a_day_is_read(text: str) -> None:
    assert day(text) == FIRST


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("3-4-2026", dt.date(2026, 4, 3)),
        ("2026-04-03", dt.date(2026, 4, 3)),
        ("2026 3 april", dt.date(2026, 4, 3)),
        ("3 maj 2026", dt.date(2026, 5, 3)),
        ("29-2-2028", dt.date(2028, 2, 29)),
    ],
)
def test_the_day_stands_before_the_month_or_the_year_first(text: str, read: dt.date) -> None:
    assert day(text) == read


@pytest.mark.parametrize(
    "text",
    ["", " - ", "1-12-26", "12-2026", "1 december", "31-4-2026", "29-2-2027", "12-31-2026", "2026-13-01", "0-1-2026",
     "1 december november", "1 2 3 2026", "1 decembre 2026", "1 de 2026", "01-12-02026", "1+12+2026", "1-12-2026 19:00",
     "tomorrow", "1" * (LONGEST + 1)],
)  # fmt: skip
def test_what_is_no_day_or_could_be_two_is_none(text: str) -> None:
    assert day(text) is None


@pytest.mark.parametrize(
    ("word", "number"),
    [("januar", 1), ("feb.", 2), ("MARTS", 3), ("mars", 3), ("apr", 4), ("maj", 5), ("may", 5), ("juni", 6),
     ("july", 7), ("aug", 8), ("sept", 9), ("okt", 10), ("oct", 10), ("nov", 11), ("dec.", 12), ("ma", None)],
)  # fmt: skip
def test_a_month_is_read_from_three_letters_on(word: str, number: int | None) -> None:
    assert month(word) == number
