"""Public holidays in Denmark and Sweden, and eves without talks. Computed, without an external source."""

import datetime as dt
from functools import lru_cache

from dateutil.easter import easter

SATURDAY = 5
# From Easter Sunday: Maundy Thursday (Denmark), Good Friday, both Easter days, Ascension, both days of Whitsun.
MOVABLE = {"DK": (-3, -2, 0, 1, 39, 49, 50), "SE": (-2, 0, 1, 39, 49)}
# Month and day. 24 and 31 December are eves; 5 June is half a holiday in Denmark, 6 June a whole one in Sweden.
FIXED = {
    "DK": ((1, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31)),
    "SE": ((1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)),
}


@lru_cache(maxsize=64)
def holidays(country: str, year: int) -> frozenset[dt.date]:
    """Return the days of `year` on which speakers in "DK" or "SE" offer no slot by default."""
    days = {easter(year) + dt.timedelta(days=after) for after in MOVABLE[country]}
    days |= {dt.date(year, month, day) for month, day in FIXED[country]}
    if country == "SE":
        midsummer = _saturday_from(dt.date(year, 6, 20))
        days |= {midsummer - dt.timedelta(days=1), midsummer, _saturday_from(dt.date(year, 10, 31))}
    return frozenset(days)


def is_holiday(country: str, day: dt.date) -> bool:
    """Return whether it is a day on which speakers in "DK" or "SE" offer no slot by default."""
    return day in holidays(country, day.year)


def last_working_day(country: str, day: dt.date) -> dt.date:
    """Return the day, or the last one before it that is no Saturday, Sunday or holiday."""
    while day.weekday() >= SATURDAY or is_holiday(country, day):
        day -= dt.timedelta(days=1)
    return day


def _saturday_from(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=(SATURDAY - day.weekday()) % 7)
