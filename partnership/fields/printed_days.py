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


def month_in_words(day: dt.date) -> str:
    """Return "December 2026" in the active language."""
    return date_format(day, "F Y")


Hour = dt.time | dt.datetime


def hour_in_words(hour: Hour) -> str:
    """Return "19:00" in English, "kl. 19.00" in Danish and Swedish, for a sentence such as "until 19:00"."""
    return _kept_together(pgettext("an hour in a sentence", "%(hour)s") % {"hour": _in_digits(hour)})


def hours_in_words(starts: Hour, ends: Hour | None = None) -> str:
    """Return "from 19:00 to 20:30", or "at 19:00"; "kl. 19.00–20.30" in Danish and Swedish."""
    if ends is None:
        return _kept_together(_("at %(from)s") % {"from": _in_digits(starts)})
    return _kept_together(_("from %(from)s to %(to)s") % {"from": _in_digits(starts), "to": _in_digits(ends)})


def _in_digits(hour: Hour) -> str:
    return time_format(hour, "TIME_FORMAT")


def _kept_together(hours: str) -> str:
    """A line never ends between "kl." and the hour: the space does not break, wherever it is printed."""
    return hours.replace(" ", "\N{NO-BREAK SPACE}")


def span_in_words(starts: dt.datetime, ends: dt.datetime) -> str:
    """Return "Tuesday 1 December 2026 from 19:00 to 20:30"; both moments are on one day."""
    return f"{day_in_words(starts.date())} {hours_in_words(starts, ends)}"


def start_in_words(starts: dt.datetime) -> str:
    """Return "Tuesday 1 December 2026 at 19:00"."""
    return f"{day_in_words(starts.date())} {hours_in_words(starts)}"


def until_in_words(ends: dt.datetime, today: dt.date) -> str:
    """Return the hour until which something works, for "until 19:00"; with its day, if that is not today."""
    return hour_in_words(ends) if ends.date() == today else start_in_words(ends)


def period_in_words(period: str) -> str:
    """Return a period in words: "2025" unchanged, "2025K4" as a quarter, "2025K1-2025K4" from one to
    another, "2026-11-22" as a day.
    """
    if span := re.fullmatch(r"(\d{4}K\d)-(\d{4}K\d)", period):
        return _("%(first)s to %(last)s") % {"first": period_in_words(span[1]), "last": period_in_words(span[2])}
    if quarter := re.fullmatch(r"(\d{4})K(\d)", period):
        return _("Q%(number)d %(year)d") % {"number": int(quarter[2]), "year": int(quarter[1])}
    try:
        return date_format(dt.date.fromisoformat(period), "DATE_FORMAT")
    except ValueError:
        return period
