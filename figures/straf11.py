"""Reads table STRAF11 in all formats that it comes in. Pure: bytes in, rows and errors by line out.

The StatBank answers with CSV (byte order mark, CRLF, `;`; codes, labels or both), BULK (no mark, zeros left out) and
JSON-stat. Files saved by hand from its web page are Latin-1, comma-separated, wide by quarter, with a blank first
column and sometimes a title line. Source: /v1/data of api.statbank.dk as recorded in 2026.
"""

import codecs
import json
from itertools import product
from math import prod
from typing import Any

from django.utils.translation import gettext as _

from figures.areas import OFFENCES, area_code, offence_code
from figures.completeness import StatbankRequest, check_whole, fill_zeros
from figures.quarters import SHAPE, Quarter
from figures.reading import SUPPRESSED, Reading
from figures.sums import check_sums
from partnership.fields.tables import SEPARATORS, Unreadable, cells_of, is_remark, text_of, wrong_width

AREA, OFFENCE, TIME, CONTENT = "OMRÅDE", "OVERTRÆD", "TID", "INDHOLD"
KEYS = {"area": AREA, "offence": OFFENCE, "quarter": TIME}
# The whole table of all municipalities, three offences and a hundred years; a file of 4 kB can say it has more.
MOST_CELLS = 150_000
Cells = list[tuple[int, list[str]]]


def read(data: bytes, *, request: StatbankRequest | None = None, newest: Quarter | None = None) -> Reading:
    """Read a file of STRAF11 in any of its formats. What is not whole gets errors, like what is wrong.

    `newest` is the last quarter that is over: a later one is refused. With `request` each of its areas and quarters
    must be there; without it, every area must have a figure for each quarter that the file mentions.
    """
    reading = Reading("unknown", newest)
    try:
        text = text_of(data)
    except Unreadable as error:
        reading.errors.append(error.error)
        return reading
    if text.lstrip().startswith(("{", "[")):
        _read_jsonstat(text, reading)
    else:
        _read_table(text, reading, data, request)
    if not reading.rows and not reading.errors:
        reading.refuse(0, _("there are no figures in it"))
    if not reading.errors:
        check_whole(reading, request)
    if not reading.errors:
        check_sums(reading)
    return reading


def _read_table(text: str, reading: Reading, data: bytes, request: StatbankRequest | None) -> None:
    lines = text.split("\n")
    start = next((at for at, line in enumerate(lines) if not is_remark(line)), 0)
    separator = next((mark for mark in SEPARATORS if _is_long(lines[start], mark)), "")
    if not separator:
        _read_wide(lines, reading)
        return
    as_sent = separator == ";" and start == 0 and _is_utf8(data)
    reading.format = "bulk" if as_sent and not data.startswith(codecs.BOM_UTF8) else "csv"
    _read_long(_unwrapped(_cells(lines, separator, reading, start=start), separator), reading)
    # CSV writes its zeros and BULK has none: a file with a zero in it is CSV, even if it was saved without its mark.
    if reading.format == "bulk" and any(row.count == 0 for row in reading.rows):
        reading.format = "csv"
    if reading.format == "bulk" and not reading.errors:
        fill_zeros(reading, request)


def _is_utf8(data: bytes) -> bool:
    try:
        return bool(data.decode())
    except UnicodeDecodeError:
        return False


def _is_long(line: str, separator: str) -> bool:
    names = [name.strip('" ').upper() for name in line.rstrip(separator).split(separator)]
    return sorted(names) == sorted((AREA, OFFENCE, TIME, CONTENT))


def _cells(lines: list[str], separator: str, reading: Reading, *, start: int = 0) -> Cells:
    """Return (line number, cells) of every line that is not empty, from the line at `start`."""
    found = []
    for number, line in enumerate(lines[start:], start + 1):
        try:
            cells = cells_of(line, separator)
        except ValueError as error:
            reading.refuse(number, str(error))
            continue
        if any(cells):
            found.append((number, cells))
    return found


def _unwrapped(table: Cells, separator: str) -> Cells:
    """Take apart the lines that some tool has put in quotes as a whole."""
    whole = {number for number, cells in table if len(cells) == 1 and separator in cells[0]}
    return [(number, cells[0].split(separator) if number in whole else cells) for number, cells in table]


def _read_long(table: Cells, reading: Reading) -> None:
    header = [name.strip('" ').upper() for name in table[0][1] if name] if table else []
    if sorted(header) != sorted((AREA, OFFENCE, TIME, CONTENT)):
        # With quotes that do not match, the line of names can be read in another way than it looks.
        _refuse_shape(table, reading)
        return
    for number, found in table[1:]:
        cells = found if any(found[len(header) :]) else found[: len(header)]
        if len(cells) != len(header):
            reading.refuse(number, wrong_width(len(cells), len(header)))
            continue
        named = dict(zip(header, cells, strict=True))
        reading.take(number, area=named[AREA], offence=named[OFFENCE], quarter=named[TIME], count=named[CONTENT])


def _read_wide(lines: list[str], reading: Reading) -> None:
    reading.format = "wide"
    separator = max(SEPARATORS, key=lambda mark: max(_quarters_in(line, mark) for line in lines))
    table = _cells(lines, separator, reading)
    head = next((at for at, (_number, cells) in enumerate(table) if _first_quarter(cells) is not None), None)
    if head is None:
        _refuse_shape(table, reading)
        return
    header = table[head][1]
    labels = _first_quarter(header) or 0
    title = " ".join(cell for _number, cells in table[:head] for cell in cells)
    area, offence = "", _offence_in(title)
    for number, cells in table[head + 1 :]:
        if _is_footnote(cells, labels):
            continue
        if len(cells) != len(header):
            reading.refuse(number, wrong_width(len(cells), len(header)))
            continue
        area, offence = _labels(cells[:labels], area, offence)
        for quarter, count in zip(header[labels:], cells[labels:], strict=True):
            reading.take(number, area=area, offence=offence, quarter=quarter, count=count)


def _quarters_in(line: str, separator: str) -> int:
    return sum(bool(SHAPE.match(cell.strip('" '))) for cell in line.split(separator))


def _refuse_shape(table: Cells, reading: Reading) -> None:
    number, cells = table[0] if table else (0, [])
    words = _("there is no line of quarters such as 2025K4, and no columns %(wanted)s; the first line is “%(found)s”")
    found = ";".join(cells)[:100]
    reading.refuse(number, words % {"wanted": ";".join((AREA, OFFENCE, TIME, CONTENT)), "found": found})


def _is_footnote(cells: list[str], labels: int) -> bool:
    """Return whether a line is a footnote of the table."""
    return len([cell for cell in cells if cell]) == 1 and not any(cells[labels:]) and not area_code("".join(cells))


def _first_quarter(cells: list[str]) -> int | None:
    return next((at for at, cell in enumerate(cells) if SHAPE.match(cell)), None)


def _offence_in(title: str) -> str:
    """Return the offence that a title line names, or nothing."""
    known = (label for labels in OFFENCES.values() for label in labels)
    return next((label for label in known if label.casefold() in title.casefold()), "")


def _labels(cells: list[str], area: str, offence: str) -> tuple[str, str]:
    """Return area and offence of a wide line; a label is written once and left blank on the lines below."""
    unknown = []
    for cell in filter(None, cells):
        if offence_code(cell):
            offence = cell
        elif area_code(cell):
            area = cell
        else:
            unknown.append(cell)
    # An unknown label is taken as the one that the line lacks, so that the error names it.
    for cell in unknown:
        area, offence = (cell, offence) if offence_code(offence) else (area, cell)
    return area, offence


def _read_jsonstat(text: str, reading: Reading) -> None:
    reading.format = "jsonstat"
    try:
        document = json.loads(text)
        dataset = document.get("dataset", document)
        # JSON-stat 1 keeps id and size inside `dimension`; 2 keeps them beside it.
        ids = [str(name) for name in dataset["dimension"].get("id") or dataset["id"]]
        sizes = list(dataset["dimension"].get("size") or dataset["size"])
        codes = [_codes_in_order(dataset["dimension"][name]["category"]) for name in ids]
        if [len(found) for found in codes] != sizes:
            raise ValueError(sizes)
        if prod(sizes) > MOST_CELLS:
            raise ValueError(sizes)
        names = [name.upper() for name in ids]
        if not reading.knows(**{word: codes[names.index(name)] for word, name in KEYS.items() if name in names}):
            return
        values = _values(dataset["value"], prod(sizes))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        words = _("this is not JSON-stat with as many values as its dimensions say; fetch the file again as CSV")
        reading.refuse(0, words)
        return
    for number, (keys, value) in enumerate(zip(product(*codes), values, strict=True), start=1):
        named = dict(zip(names, keys, strict=True))
        reading.take(
            number,
            area=named.get(AREA, ""),
            offence=named.get(OFFENCE, ""),
            quarter=named.get(TIME, ""),
            count=SUPPRESSED if value is None else str(value),
        )


def _codes_in_order(category: dict[str, Any]) -> list[str]:
    index = category["index"]
    names = index if isinstance(index, list) else sorted(index, key=index.__getitem__)
    return [str(name) for name in names]


def _values(value: Any, length: int) -> list[Any]:
    found = [value.get(str(index)) for index in range(length)] if isinstance(value, dict) else list(value)
    if len(found) != length:
        raise ValueError(length)
    return found
