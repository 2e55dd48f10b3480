"""Checks that a file is whole: a figure for every area and quarter that it says it holds. A part is never imported."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from django.utils.translation import gettext as _

from figures.areas import COUNTRY, DWELLINGS, MAY_BE_EMPTY, REGIONS
from figures.quarters import Quarter, span
from figures.reading import Reading, Row

# An area that has ten or more in a usual quarter does not have none in another (odds 1 : 20,000): the file was cut.
TOO_MANY_FOR_A_ZERO = 10
MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class StatbankRequest:
    """The areas and quarters that a request to the StatBank named. A BULK answer leaves zeros out, so where a row for
    one of them is missing, the figure is zero.

    `is_whole` is true if the answer came with its length, and had it: then nothing is missing at its end.
    """

    areas: tuple[str, ...]
    quarters: tuple[Quarter, ...] = ()
    is_whole: bool = False


def fill_zeros(reading: Reading, request: StatbankRequest | None) -> None:
    """Add the zeros that BULK leaves out; refuse the file where a missing row cannot be a zero."""
    if not reading.rows:
        return
    present: dict[str, list[int]] = defaultdict(list)
    for row in reading.rows:
        present[row.area].append(row.count or 0)
    quarters = [row.quarter for row in reading.rows]
    wanted_quarters = (request.quarters if request else ()) or tuple(span(min(quarters), max(quarters)))
    wanted_areas = tuple(dict.fromkeys([*(request.areas if request else ()), *present]))
    last = reading.rows[-1]
    for area, quarter in product(wanted_areas, wanted_quarters):
        if (area, DWELLINGS, quarter) in reading.seen:
            continue
        if _cannot_be_zero(area, present.get(area, [])):
            words = _("%(area)s %(quarter)s is missing and cannot be zero; the file is cut short: fetch it again")
            reading.refuse(0, words % {"area": area, "quarter": quarter})
            continue
        reading.keep(Row(area, DWELLINGS, quarter, 0, line=0))
    if not (request and request.is_whole) and last.quarter < max(wanted_quarters):
        words = _("the file ends with %(area)s in %(quarter)s, so the rest may be cut off; fetch it as CSV instead")
        reading.refuse(last.line, words % {"area": last.area, "quarter": last.quarter})


def _cannot_be_zero(area: str, counts: list[int]) -> bool:
    if area == COUNTRY or area in REGIONS:
        return True
    return sum(counts) / len(counts) >= TOO_MANY_FOR_A_ZERO if counts else area not in MAY_BE_EMPTY


def check_whole(reading: Reading, request: StatbankRequest | None) -> None:
    """Refuse a reading that lacks a figure for one of its areas, or of those asked for, in one of its quarters."""
    quarters = (request.quarters if request else ()) or sorted({row.quarter for row in reading.rows})
    areas = dict.fromkeys([*(request.areas if request else ()), *(row.area for row in reading.rows)])
    for area in areas:
        missing = [quarter for quarter in quarters if (area, DWELLINGS, quarter) not in reading.seen]
        if len(missing) == len(quarters):
            reading.refuse(0, _("%(area)s is not in the file; fetch the whole file again") % {"area": area})
        elif missing:
            words = _("%(area)s has no figure for %(quarters)s; fetch the whole file again")
            reading.refuse(0, words % {"area": area, "quarters": _few(missing)})
    if reading.errors and reading.format == "csv" and not any(row.count == 0 for row in reading.rows):
        words = _("if it is BULK that was saved again, it has lost its zeros; fetch it again and change nothing")
        reading.refuse(0, words)


def _few(quarters: Iterable[Quarter]) -> str:
    names = [str(quarter) for quarter in quarters]
    left = len(names) - MOST_NAMED
    shown = ", ".join(names[:MOST_NAMED])
    return _("%(names)s and %(count)d more") % {"names": shown, "count": left} if left > 0 else shown
