"""Days that recur every week, or every second. Pure: no clock, no database."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Weekly:
    """A weekday, repeated every `every_weeks` weeks from the week of `first_on`, until `last_on` or for ever."""

    weekday: int
    first_on: dt.date
    last_on: dt.date | None = None
    every_weeks: int = 1

    def days(self, first: dt.date, last: dt.date, *, excluding: Collection[dt.date] = ()) -> Iterator[dt.date]:
        """Yield the days of the pattern from `first` to `last`, both included, without those in `excluding`."""
        first = max(first, self.first_on)
        last = min(last, self.last_on or last)
        day = first + dt.timedelta(days=(self.weekday - first.weekday()) % 7)
        while day <= last:
            if _weeks_between(self.first_on, day) % self.every_weeks == 0 and day not in excluding:
                yield day
            day += dt.timedelta(days=7)


def _weeks_between(early: dt.date, late: dt.date) -> int:
    return (_monday(late) - _monday(early)).days // 7


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())
