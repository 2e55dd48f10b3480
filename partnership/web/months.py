"""Things with a time by month, such as free slots, for lists and for the calendars beside them."""

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Generic, Protocol, TypeVar
from zoneinfo import ZoneInfo

from partnership import clock


class Timed(Protocol):
    @property
    def starts_at(self) -> Any: ...


T = TypeVar("T", bound=Timed)
WEEKS = calendar.Calendar(firstweekday=calendar.MONDAY)


@dataclass(frozen=True)
class Day:
    """One day of a month's calendar, with how many are free on it; `on` is None outside the month."""

    on: dt.date | None
    free: int = 0


@dataclass(frozen=True)
class Month(Generic[T]):
    """A month with its slots, in order of time, each with the local day that it is on."""

    first: dt.date
    slots: Sequence[tuple[dt.date, T]]

    @property
    def weeks(self) -> Iterator[list[Day]]:
        """Yield the weeks of the month, Mondays first, seven days each."""
        days = [on for on, _slot in self.slots]
        for week in WEEKS.monthdatescalendar(self.first.year, self.first.month):
            yield [Day(on, days.count(on)) if on.month == self.first.month else Day(None) for on in week]


def by_month(slots: Iterable[T], zone: ZoneInfo) -> list[Month[T]]:
    """Return the months in which there are slots."""
    placed = [(clock.local(slot.starts_at, zone).date(), slot) for slot in slots]
    months = groupby(placed, key=lambda one: one[0].replace(day=1))
    return [Month(first, list(those)) for first, those in months]
