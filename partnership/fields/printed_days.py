"""Days and hours as the reader's language writes them. Hours are local: convert with `clock.local` first."""

import datetime as dt
import re
from functools import lru_cache

from django.utils.formats import date_format, time_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _


def day_in_words(day: dt.date) -> str:
    """Return "Tuesday 1 December 2026" in the active language."""
    return _day_in_words(day, get_language())


@lru_cache(maxsize=2048)  # pages and messages show the same days again and again
def _day_in_words(day: dt.date, language: str) -> str:
    return date_format(day, pgettext("Django date format of a whole day", "l j F Y"))


def hour_in_words(hour: dt.time | dt.datetime) -> str:
    """Return "19:00" in English, "19.00" in Danish and Swedish."""
    return time_format(hour, "TIME_FORMAT")


def span_in_words(starts: dt.datetime, ends: dt.datetime) -> str:
    """Return "Tuesday 1 December 2026 at 19:00–20:30"; both moments are on one day."""
    return _("%(day)s at %(from)s–%(to)s") % {
        "day": day_in_words(starts.date()),
        "from": hour_in_words(starts),
        "to": hour_in_words(ends),
    }


def start_in_words(starts: dt.datetime) -> str:
    """Return "Tuesday 1 December 2026 at 19:00"."""
    return _("%(day)s at %(from)s") % {"day": day_in_words(starts.date()), "from": hour_in_words(starts)}


def period_in_words(period: str) -> str:
    """Return a period in words: "2025" unchanged, "2025K4" as a quarter, "2026-11-22" as a day."""
    if quarter := re.fullmatch(r"(\d{4})K(\d)", period):
        return _("Q%(number)d %(year)d") % {"number": int(quarter[2]), "year": int(quarter[1])}
    try:
        return date_format(dt.date.fromisoformat(period), "DATE_FORMAT")
    except ValueError:
        return period
