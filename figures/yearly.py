"""Reads a yearly series in the project's own shape. Pure: bytes in, rows and errors by line out."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from partnership.fields.lines import LineError
from partnership.fields.tables import Line, records, text_lines, whole

COLUMNS = ["area", "series", "year", "count", "preliminary"]
LARGEST = 10_000_000
FIRST_YEAR, LAST_YEAR = 1900, 2199


@dataclass(frozen=True, slots=True)
class YearRow:
    area: str
    series: str
    year: int
    count: int
    preliminary: bool


def read_yearly(data: bytes) -> tuple[list[YearRow], list[LineError]]:
    """Read every year of every series, or the errors: a year that is missing between two others is one."""
    rows: list[YearRow] = []
    errors: list[LineError] = []
    years: dict[tuple[str, str], set[int]] = defaultdict(set)
    for line in records(text_lines(data.splitlines(keepends=True)), COLUMNS):
        row = line if isinstance(line, LineError) else _row(line)
        if isinstance(row, LineError):
            errors.append(row)
        elif row.year in years[row.area, row.series]:
            errors.append(LineError(_number(line), _("this year stands in the file already")))
        else:
            years[row.area, row.series].add(row.year)
            rows.append(row)
    if not rows and not errors:
        errors.append(LineError(0, _("there are no figures in it")))
    return rows, errors or _missing(years)


def _number(line: Line | LineError) -> int:
    return line.line if isinstance(line, LineError) else line.number


def _row(line: Line) -> YearRow | LineError:
    cells = line.cells or {}
    try:
        year, count = whole(cells["year"], LAST_YEAR), whole(cells["count"], LARGEST)
    except ValueError:
        return LineError(line.number, _("the year and the count must be whole numbers, such as 2025 and 463"))
    if year < FIRST_YEAR or cells["preliminary"] not in ("0", "1") or not 0 < len(cells["series"]) <= 40:
        return LineError(line.number, _("write a year such as 2025, a series, and 0 or 1 for preliminary"))
    if not (cells["area"].isascii() and cells["area"].isdigit() and len(cells["area"]) <= 4):
        return LineError(line.number, _("unknown area %(text)r; write a code such as 0880") % {"text": cells["area"]})
    return YearRow(cells["area"], cells["series"], year, count, cells["preliminary"] == "1")


def _missing(years: dict[tuple[str, str], set[int]]) -> list[LineError]:
    words = _("%(area)s has no count for %(year)d; fetch the whole file again")
    return [
        LineError(0, words % {"area": area, "year": year})
        for (area, _series), found in years.items()
        for year in range(min(found), max(found))
        if year not in found
    ]
