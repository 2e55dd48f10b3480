"""A quarter of a year, as the statistics write it: 2025K4."""

import datetime as dt
import re
from typing import NamedTuple, Self

from django.utils.translation import gettext as _

# "2025K4" is the code in every language; "2025Q4" is its English label.
SHAPE = re.compile(r"([0-9]{4})[KQ]([1-4])")
FIRST_YEAR = 2007  # STRAF11 begins here


class NotAQuarter(ValueError):
    """The text is no quarter of the table."""


class Quarter(NamedTuple):
    """A year, and the number of the quarter in it. A tuple, since charts compare and look up hundreds."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2025K4" or "2025Q4"; anything else raises NotAQuarter."""
        found = SHAPE.fullmatch(text)
        if found is None or int(found[1]) < FIRST_YEAR:
            raise NotAQuarter(text)
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: dt.date) -> Self:
        """Return the quarter that contains `day`."""
        return cls(day.year, (day.month - 1) // 3 + 1)

    @classmethod
    def ended_by(cls, day: dt.date) -> Self:
        """Return the newest quarter whose last day is `day` or earlier."""
        quarter = cls.of(day)
        return quarter if quarter.last_day == day else cls.of(quarter.first_day - dt.timedelta(days=1))

    def __str__(self) -> str:
        return f"{self.year}K{self.number}"

    def shifted(self, quarters: int) -> "Quarter":
        """Return the quarter that many quarters later (earlier when negative)."""
        year, rest = divmod(self.year * 4 + self.number - 1 + quarters, 4)
        return Quarter(year, rest + 1)

    def since(self, other: "Quarter") -> int:
        """Return how many quarters lie from `other` to this one."""
        return (self.year - other.year) * 4 + self.number - other.number

    @property
    def first_day(self) -> dt.date:
        return dt.date(self.year, self.number * 3 - 2, 1)

    @property
    def last_day(self) -> dt.date:
        return self.shifted(1).first_day - dt.timedelta(days=1)

    @property
    def label(self) -> str:
        """Return the quarter in the reader's words."""
        return _("Q%(number)d %(year)d") % {"number": self.number, "year": self.year}

    @property
    def end_in_words(self) -> str:
        """Return when it ends, to stand after "by" or "up to"."""
        if self.number == 4:
            return _("the end of %(year)d") % {"year": self.year}
        return _("the end of %(quarter)s") % {"quarter": self.label}

    @property
    def short_label(self) -> str:
        """Return the quarter's number alone, for an axis that names the year below."""
        return _("Q%(number)d") % {"number": self.number}


def span(first: Quarter, last: Quarter) -> list[Quarter]:
    """Return every quarter from `first` to `last`, both included."""
    begin = first.year * 4 + first.number - 1
    return [Quarter(number // 4, number % 4 + 1) for number in range(begin, begin + last.since(first) + 1)]


def four_ending(last: Quarter) -> list[Quarter]:
    """Return the four quarters that end with `last`."""
    return span(last.shifted(-3), last)
