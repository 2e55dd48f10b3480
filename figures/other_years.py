"""Recognises figures that are stored already, under other years: somebody has moved the line of quarters in a file."""

from django.utils.translation import gettext as _

from figures.models import BurglaryCount
from figures.quarters import Quarter
from figures.reading import Row
from partnership.refusals import Refused

# Smaller counts are the same in two years by chance.
TELLING = 10
FEWEST = 4
# Of the telling counts, so many are those of another year, and at most so many are those of their own.
MOST_OF_THEM, FEW_OF_THEM = 0.8, 0.5
YEARS_OFF = (1, -1, 2, -2)
Known = dict[tuple[str, str, Quarter], int]


def refuse_other_years(rows: list[Row]) -> None:
    """Refuse (other_years) rows of which nearly all are stored as they are, a year or two earlier or later."""
    telling = [row for row in rows if row.count is not None and row.count >= TELLING]
    stored = BurglaryCount.objects.filter(area_code__in={row.area for row in telling}).current()
    read = stored.exclude(count=None).values_list("area_code", "offence", "quarter", "count")
    known: Known = {(area, offence, Quarter.parse(quarter)): count or 0 for area, offence, quarter, count in read}
    if _share(telling, known, 0) > FEW_OF_THEM:
        return
    for years in YEARS_OFF:
        if _share(telling, known, years) >= MOST_OF_THEM:
            row = next(one for one in telling if known.get((one.area, one.offence, one.quarter.shifted(-4 * years))))
            raise Refused("other_years", _said(row, years))


def _share(rows: list[Row], known: Known, years: int) -> float:
    """Return of those rows for which something is stored, so many years before, the share that is the same; 0 where
    they are too few.
    """
    found = [(row.count, known.get((row.area, row.offence, row.quarter.shifted(-4 * years)))) for row in rows]
    compared = [(count, other) for count, other in found if other is not None]
    return sum(count == other for count, other in compared) / len(compared) if len(compared) >= FEWEST else 0


def _said(row: Row, years: int) -> str:
    words = _(
        "Nothing was imported. The figures of %(quarter)s (line %(line)d) and most others are those that are stored "
        "for %(stored)s: the line of quarters seems to be moved. Fetch the file again. If it is right all the same, "
        "import it with --sure."
    )
    return words % {"quarter": row.quarter, "line": row.line, "stored": row.quarter.shifted(-4 * years)}
