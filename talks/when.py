"""Days and hours in words, as the wall of the partnership shows them."""

import datetime as dt
import re
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from partnership import clock
from partnership.places.models import Partnership
from talks.models import Booking, Evening, Option


def in_words(one: Booking | Evening | Option, partnership: Partnership | None = None) -> str:
    """Return "Tuesday 1 December 2026 at 19.00–20.30" in the active language, by the partnership's wall."""
    zone = (partnership or one.partnership).zone
    return span_in_words(clock.local(one.starts_at, zone), clock.local(one.ends_at, zone))


def span_in_words(starts: dt.datetime, ends: dt.datetime) -> str:
    return _("%(day)s at %(from)s–%(to)s") % {
        "day": day_in_words(starts.date()),
        "from": f"{starts:%H.%M}",
        "to": f"{ends:%H.%M}",
    }


def day_in_words(day: dt.date) -> str:
    """Return "Tuesday 1 December 2026" in the active language."""
    return _day_in_words(day, get_language())


@lru_cache(maxsize=2048)  # pages and letters name the same days over and over
def _day_in_words(day: dt.date, language: str) -> str:
    return date_format(day, pgettext("Django date format of a whole day", "l j F Y"))


def period_in_words(period: str) -> str:
    """Return what an area's figure is of: "2025" as it is, "2025K4" as a quarter, "2026-11-22" as a day in words."""
    if quarter := re.fullmatch(r"(\d{4})K(\d)", period):
        return _("Q%(number)d %(year)d") % {"number": int(quarter[2]), "year": int(quarter[1])}
    try:
        return date_format(dt.date.fromisoformat(period), "DATE_FORMAT")
    except ValueError:
        return period
