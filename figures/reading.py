"""What was read of a file of statistics: rows, and errors by line. Pure: no database, no clock."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from figures.areas import DWELLINGS, area_code, offence_code
from figures.quarters import NotAQuarter, Quarter, span
from partnership.fields.lines import LineError

SUPPRESSED = ".."
LARGEST = 10_000_000  # a longer number is two columns without a separator


@dataclass(frozen=True, slots=True)
class Row:
    """One count of one area, offence and quarter. A count of None was suppressed at the source: unknown, not zero."""

    area: str
    offence: str
    quarter: Quarter
    count: int | None
    line: int
    preliminary: bool = False

    @property
    def key(self) -> tuple[str, str, Quarter]:
        """What identifies the figure: area, offence, quarter."""
        return self.area, self.offence, self.quarter


@dataclass(slots=True)
class Reading:
    """Rows and errors of one file. With one error or more, nothing of it may be imported."""

    format: str
    newest: Quarter | None = None
    rows: list[Row] = field(default_factory=list)
    errors: list[LineError] = field(default_factory=list)
    seen: dict[tuple[str, str, Quarter], int] = field(default_factory=dict)

    @property
    def summary(self) -> str:
        """What was read, in words: "82 areas, 2024K1 to 2025K4"."""
        quarters = sorted({row.quarter for row in self.rows})
        count = len({row.area for row in self.rows})
        if not quarters:
            return ""
        words = ngettext("%(count)d area, %(first)s to %(last)s", "%(count)d areas, %(first)s to %(last)s", count)
        said = words % {"count": count, "first": quarters[0], "last": quarters[-1]}
        gaps = [str(quarter) for quarter in span(quarters[0], quarters[-1]) if quarter not in quarters]
        return _("%(said)s (without %(gaps)s)") % {"said": said, "gaps": ", ".join(gaps)} if gaps else said

    def refuse(self, line: int, reason: str) -> None:
        """Add an error about a line; 0 is the whole file."""
        self.errors.append(LineError(line, reason))

    def take(self, line: int, *, area: str, offence: str, quarter: str, count: str) -> None:
        """Read one cell with its three keys; add a row, or an error."""
        row_area, row_offence = self._area(line, area), self._offence(line, offence)
        row_quarter = self._quarter(line, quarter.removesuffix("*"))
        if row_area is None or row_offence is None or row_quarter is None:
            return
        try:
            number = read_count(count)
        except ValueError:
            self.refuse(
                line, _("%(text)r is not a count; write a whole number, or .. if it is unknown") % {"text": count}
            )
            return
        self.keep(Row(row_area, row_offence, row_quarter, number, line, preliminary=quarter.endswith("*")))

    def knows(self, *, area: Iterable[str] = (), offence: Iterable[str] = (), quarter: Iterable[str] = ()) -> bool:
        """Return whether all these keys are known; each that is not is one error, however many cells have it."""
        known = [self._area(0, text) for text in area]
        known += [self._offence(0, text) for text in offence]
        return None not in [*known, *(self._quarter(0, text.removesuffix("*")) for text in quarter)]

    def keep(self, row: Row) -> None:
        """Add a row; an error if its figure was read before."""
        if row.key in self.seen:
            words = _("%(area)s %(quarter)s stands already in line %(line)d")
            found = {"area": row.area, "quarter": row.quarter, "line": self.seen[row.key]}
            self.refuse(row.line, words % found)
            return
        self.seen[row.key] = row.line
        self.rows.append(row)

    def _area(self, line: int, text: str) -> str | None:
        code = area_code(text)
        if code is None:
            self.refuse(
                line, _("unknown area %(text)r; write a code such as 730 or a name such as Randers") % {"text": text}
            )
        return code

    def _offence(self, line: int, text: str) -> str | None:
        code = offence_code(text)
        if code == DWELLINGS:
            return code
        words = _("%(text)r is not burglary in dwellings (%(code)s)")
        if code is None:
            words = _("unknown offence %(text)r; only %(code)s, burglary in dwellings, is imported")
        self.refuse(line, words % {"text": text, "code": DWELLINGS})
        return None

    def _quarter(self, line: int, text: str) -> Quarter | None:
        try:
            quarter = Quarter.parse(text)
        except NotAQuarter:
            self.refuse(line, _("%(text)r is not a quarter such as 2025K4") % {"text": text})
            return None
        if self.newest is not None and quarter > self.newest:
            words = _(
                "%(quarter)s is not over yet, or was not when the file was fetched; are the years of the file right?"
            )
            self.refuse(line, words % {"quarter": quarter})
            return None
        return quarter


def read_count(text: str) -> int | None:
    """Return a count, or None where the source suppressed it. A sign, a point or a space raises ValueError."""
    if text == SUPPRESSED:
        return None
    if not re.fullmatch(r"[0-9]{1,8}", text) or int(text) > LARGEST:
        raise ValueError(text)
    return int(text)
