"""Days and hours are shown as the reader's language writes them."""

import datetime as dt

import pytest
from django.utils import translation

from partnership.fields.printed_days import day_in_words, period_in_words, span_in_words

DAY = dt.date(2026, 12, 1)


@pytest.mark.parametrize(
    ("language", "day", "span"),
    [
        ("da", "tirsdag den 1. december 2026", "tirsdag den 1. december 2026 kl. 19.00–20.30"),
        ("sv", "tisdag den 1 december 2026", "tisdag den 1 december 2026 kl. 19.00–20.30"),
        ("en", "Tuesday 1 December 2026", "Tuesday 1 December 2026 at 19:00–20:30"),
    ],
)
def test_a_day_and_its_hours(language: str, day: str, span: str) -> None:
    starts = dt.datetime.combine(DAY, dt.time(19), dt.UTC)
    with translation.override(language):
        assert day_in_words(DAY) == day
        assert span_in_words(starts, starts + dt.timedelta(minutes=90)) == span


@pytest.mark.parametrize(
    ("period", "words"),
    [("2025", "2025"), ("2025K4", "4. kvartal 2025"), ("2026-11-22", "22. november 2026"), ("other", "other")],
)
def test_a_period(period: str, words: str) -> None:
    with translation.override("da"):
        assert period_in_words(period) == words
