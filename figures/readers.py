"""Reads table STRAF11 in all formats that it comes in. Pure: bytes in, rows and errors by line out.

The StatBank answers with CSV (byte order mark, CRLF, `;`; codes, labels or both), BULK (no mark, zeros left out) and
JSON-stat. Files saved by hand from its web page are Latin-1, comma-separated, wide by quarter, with a blank first
column and sometimes a title line. Source: /v1/data of api.statbank.dk as recorded in 2026.
"""

import codecs
import csv
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

from figures.areas import COUNTRY, DWELLINGS, OFFENCES, REGIONS, area_code, offence_code
from figures.quarters import SHAPE, Quarter, span
from figures.reading import SUPPRESSED, Reading, Row
from figures.sums import check_sums

AREA, OFFENCE, TIME, CONTENT = "OMRÅDE", "OVERTRÆD", "TID", "INDHOLD"
# UTF-8 read as Latin-1 (Ã¦, Ã¸, Ã¥ ...), and the replacement character of a lost letter.
MOJIBAKE = re.compile("Ã[\u0080-\u00bf†˜…\u0152\u0153\u2018-\u2026]|\ufffd|ï»¿")
# An area that has ten or more in a usual quarter does not have none in another (odds 1 : 20,000): the file was cut.
TOO_MANY_FOR_A_ZERO = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """The areas and quarters that a BULK answer was asked for: only there does a missing row mean zero."""

    areas: tuple[str, ...]
    quarters: tuple[Quarter, ...] = ()


def read(data: bytes, *, asked: Asked | None = None, newest: Quarter | None = None) -> Reading:
    """Read a file of STRAF11 in any of its formats.

    `newest` is the last quarter that is over: a later one is refused. `asked` matters for BULK alone; without it the
    areas and quarters that the file itself mentions are taken.
    """
    text = _decoded(data)
    if text is None or "\x00" in text:
        return _refused("unknown", "this is not a text file of figures")
    if MOJIBAKE.search(text):
        line = text[: MOJIBAKE.search(text).start()].count("\n") + 1  # type: ignore[union-attr]
        return _refused("unknown", "letters are broken (æ, ø, å); fetch the file again", line=line)
    if text.lstrip().startswith("{"):
        reading = _read_jsonstat(text, newest)
    else:
        reading = _read_table(text, newest, has_mark=data.startswith(codecs.BOM_UTF8), asked=asked)
    if not reading.rows and not reading.errors:
        reading.refuse(0, "there are no figures in it")
    if not reading.errors:
        check_sums(reading)
    return reading


def _refused(shape: str, reason: str, *, line: int = 0) -> Reading:
    reading = Reading(shape)
    reading.refuse(line, reason)
    return reading


def _decoded(data: bytes) -> str | None:
    for encoding in ("utf-8-sig", "cp1252", "latin-1"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _read_table(text: str, newest: Quarter | None, *, has_mark: bool, asked: Asked | None) -> Reading:
    lines = text.splitlines()
    start = next((at for at, line in enumerate(lines) if line.strip() and not line.startswith("#")), len(lines))
    header = [cell.strip().upper() for cell in lines[start].split(";")] if start < len(lines) else []
    if set(header) == {AREA, OFFENCE, TIME, CONTENT} and len(header) == 4:
        return _read_long(text, start, header, Reading("csv" if has_mark else "bulk", newest), asked)
    return _read_wide(lines, Reading("wide", newest))


def _read_long(text: str, start: int, header: list[str], reading: Reading, asked: Asked | None) -> Reading:
    lines = text.splitlines()
    if not text.endswith("\n"):
        reading.refuse(len(lines), "the last line is cut off; fetch the file again")
    for number, cells in _cells(lines[start + 1 :], ";", first_line=start + 2):
        if len(cells) != len(header):
            reading.refuse(number, f"{len(cells)} columns where there should be {len(header)}")
            continue
        named = dict(zip(header, cells, strict=True))
        reading.take(number, area=named[AREA], offence=named[OFFENCE], quarter=named[TIME], count=named[CONTENT])
    # A file of our own has comments and every zero; a BULK answer has neither.
    if reading.format == "bulk" and start == 0 and not reading.errors:
        _fill_zeros(reading, asked)
    return reading


def _cells(lines: list[str], separator: str, *, first_line: int) -> list[tuple[int, list[str]]]:
    """Return (line number, cells without outer blanks) of every line that is not empty."""
    found = []
    for number, line in enumerate(lines, start=first_line):
        cells = next(csv.reader([line], delimiter=separator), [])
        if any(cell.strip() for cell in cells):
            found.append((number, [cell.strip() for cell in cells]))
    return found


def _fill_zeros(reading: Reading, asked: Asked | None) -> None:
    """Add the zeros that BULK leaves out; refuse the file if so many rows are missing that it must be incomplete."""
    if not reading.rows:
        return
    present: dict[str, list[int]] = defaultdict(list)
    for row in reading.rows:
        present[row.area].append(row.count or 0)
    quarters = [row.quarter for row in reading.rows]
    wanted_quarters = (asked.quarters if asked else ()) or tuple(span(min(quarters), max(quarters)))
    wanted_areas = asked.areas if asked else tuple(present)
    for area, quarter in product(wanted_areas, wanted_quarters):
        if (area, DWELLINGS, quarter) in reading.seen:
            continue
        counts = present.get(area, [0])
        if area == COUNTRY or area in REGIONS or sum(counts) / len(counts) >= TOO_MANY_FOR_A_ZERO:
            reading.refuse(0, f"{area} {quarter} is missing and cannot be zero; the file is cut short")
            continue
        reading.rows.append(Row(area, DWELLINGS, quarter, 0, line=0))


def _read_wide(lines: list[str], reading: Reading) -> Reading:
    separator = max(",;\t", key=lambda mark: max((line.count(mark) for line in lines), default=0))
    table = _cells(lines, separator, first_line=1)
    head = next((at for at, (_, cells) in enumerate(table) if _first_quarter(cells) is not None), None)
    if head is None:
        reading.refuse(1, "there is no line of quarters such as 2025K4")
        return reading
    header = table[head][1]
    labels = _first_quarter(header) or 0
    title = " ".join(cell for _, cells in table[:head] for cell in cells)
    area, offence = "", _offence_in(title)
    for number, cells in table[head + 1 :]:
        if len([cell for cell in cells if cell]) == 1 and not any(cells[labels:]) and not area_code("".join(cells)):
            continue  # a note under the table
        if len(cells) != len(header):
            reading.refuse(number, f"{len(cells)} columns where there should be {len(header)}")
            continue
        area, offence = _labels(cells[:labels], area, offence)
        for quarter, count in zip(header[labels:], cells[labels:], strict=True):
            reading.take(number, area=area, offence=offence, quarter=quarter, count=count)
    return reading


def _first_quarter(cells: list[str]) -> int | None:
    return next((at for at, cell in enumerate(cells) if SHAPE.match(cell)), None)


def _offence_in(title: str) -> str:
    """Return the offence that a title line names, or nothing."""
    known = (label for labels in OFFENCES.values() for label in labels)
    return next((label for label in known if label.casefold() in title.casefold()), "")


def _labels(cells: list[str], area: str, offence: str) -> tuple[str, str]:
    """Return area and offence of a wide line; a label is written once and left blank on the lines beneath."""
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


def _read_jsonstat(text: str, newest: Quarter | None) -> Reading:
    reading = Reading("jsonstat", newest)
    try:
        document = json.loads(text)
        dataset = document.get("dataset", document)
        # JSON-stat 1 keeps id and size inside `dimension`; 2 keeps them beside it.
        ids = dataset["dimension"].get("id") or dataset["id"]
        sizes = dataset["dimension"].get("size") or dataset["size"]
        codes = [_codes_in_order(dataset["dimension"][name]["category"]) for name in ids]
        values = _values(dataset["value"], prod(sizes))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        reading.refuse(0, "this is not JSON-stat")
        return reading
    if [len(found) for found in codes] != list(sizes) or len(values) != prod(sizes):
        reading.refuse(0, "the number of values does not match the dimensions")
        return reading
    for place, (keys, value) in enumerate(zip(product(*codes), values, strict=True), start=1):
        named = dict(zip((name.upper() for name in ids), keys, strict=True))
        reading.take(
            place,
            area=named.get(AREA, ""),
            offence=named.get(OFFENCE, ""),
            quarter=named.get(TIME, ""),
            count=SUPPRESSED if value is None else str(value),
        )
    return reading


def _codes_in_order(category: dict[str, Any]) -> list[str]:
    index = category["index"]
    return list(index) if isinstance(index, list) else sorted(index, key=index.__getitem__)


def _values(value: Any, length: int) -> list[Any]:
    return [value.get(str(place)) for place in range(length)] if isinstance(value, dict) else list(value)
