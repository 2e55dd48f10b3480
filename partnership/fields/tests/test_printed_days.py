"""Days and hours are shown as the reader's language writes them."""

import datetime as dt

import pytest
from django.utils import translation
from django.utils.formats import date_format

from partnership.fields.printed_days import day_in_words, hour_in_words, hours_in_words, period_in_words, span_in_words

DAY = dt.date(2026, 12, 1)


@pytest.mark.parametrize(
    ("language", "day", "span"),
    [
        ("da", "tirsdag den 1. december 2026", "tirsdag den 1. december 2026 kl.\xa019.00–20.30"),
        ("sv", "tisdag den 1 december 2026", "tisdag den 1 december 2026 kl.\xa019.00–20.30"),
        ("en", "Tuesday 1 December 2026", "Tuesday 1 December 2026 from\xa019:00\xa0to\xa020:30"),
    ],
)
def test_a_day_and_its_hours(language: str, day: str, span: str) -> None:
    starts = dt.datetime.combine(DAY, dt.time(19), dt.UTC)
    with translation.override(language):
        assert day_in_words(DAY) == day
        assert span_in_words(starts, starts + dt.timedelta(minutes=90)) == span


@pytest.mark.parametrize(
    ("language", "until", "at"),
    [("da", "kl.\xa019.00", "kl.\xa019.00"), ("sv", "kl.\xa019.00", "kl.\xa019.00"), ("en", "19:00", "at\xa019:00")],
)
def test_an_hour_is_never_parted_from_the_word_before_it(language: str, until: str, at: str) -> None:
    with translation.override(language):
        assert hour_in_words(dt.time(19)) == until
        assert hours_in_words(dt.time(19)) == at


@pytest.mark.parametrize(
    ("language", "moment"),
    [
        ("da", "1. december 2026 kl.\xa019.00"),
        ("sv", "1 december 2026 kl.\xa019.00"),
        ("en", "1 December 2026, 19:00"),
    ],
)
def test_a_moment(language: str, moment: str) -> None:
    with translation.override(language):
        assert date_format(dt.datetime.combine(DAY, dt.time(19)), "DATETIME_FORMAT") == moment


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2025", "2025"),
        ("2025K4", "4. kvartal 2025"),
        ("2025K1-2025K4", "1. kvartal 2025 til 4. kvartal 2025"),
        ("2026-11-22", "22. november 2026"),
        ("other", "other"),
    ],
)
def test_a_period(period: str, words: str) -> None:
    with translation.override("da"):
        assert period_in_words(period) == words
