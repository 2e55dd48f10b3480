"""The result of reading statistics: rows, and errors by line. Pure: no database, no clock."""

import re
from dataclasses import dataclass, field

from figures.areas import DWELLINGS, area_code, offence_code
from figures.quarters import NotAQuarter, Quarter
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
        return self.area, self.offence, self.quarter


@dataclass(slots=True)
class Reading:
    """Rows and errors of one file. With one error or more, nothing of it may be imported."""

    format: str
    newest: Quarter | None = None
    rows: list[Row] = field(default_factory=list)
    errors: list[LineError] = field(default_factory=list)
    seen: dict[tuple[str, str, Quarter], int] = field(default_factory=dict)

    def refuse(self, line: int, reason: str) -> None:
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
            self.refuse(line, f"{count!r} is not a count")
            return
        self._keep(Row(row_area, row_offence, row_quarter, number, line, preliminary=quarter.endswith("*")))

    def _keep(self, row: Row) -> None:
        if row.key in self.seen:
            self.refuse(row.line, f"{row.area} {row.quarter} stands already in line {self.seen[row.key]}")
            return
        self.seen[row.key] = row.line
        self.rows.append(row)

    def _area(self, line: int, text: str) -> str | None:
        code = area_code(text)
        if code is None:
            self.refuse(line, f"unknown area {text!r}")
        return code

    def _offence(self, line: int, text: str) -> str | None:
        code = offence_code(text)
        if code == DWELLINGS:
            return code
        if code is None:
            self.refuse(line, f"unknown offence {text!r}; only {DWELLINGS}, burglary in dwellings, is imported")
        else:
            self.refuse(line, f"{text!r} is not burglary in dwellings ({DWELLINGS})")
        return None

    def _quarter(self, line: int, text: str) -> Quarter | None:
        try:
            quarter = Quarter.parse(text)
        except NotAQuarter:
            self.refuse(line, f"{text!r} is not a quarter such as 2025K4")
            return None
        if self.newest is not None and quarter > self.newest:
            self.refuse(line, f"{quarter} is not over yet")
            return None
        return quarter


def read_count(text: str) -> int | None:
    """Return a count, or None where the source suppressed it. A sign, a point or a space raises ValueError."""
    if text == SUPPRESSED:
        return None
    if not re.fullmatch(r"[0-9]{1,8}", text) or int(text) > LARGEST:
        raise ValueError(text)
    return int(text)
