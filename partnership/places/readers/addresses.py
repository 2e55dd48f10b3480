"""Reads files of addresses line by line: a DAR extract, or our own CSV. Pure: no database. A reader yields a row or an
error for each relevant line, in the file's order, without loading the whole file.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from partnership.fields.lines import LineError

COLUMNS = [
    "register_id", "street", "number", "floor_door", "postcode", "town", "latitude", "longitude", "area_code",
]  # fmt: skip
# DAR's status of a current address; the others are planned, cancelled or closed down.
IN_FORCE = "3"
LONGEST = {"register_id": 40, "street": 80, "number": 8, "floor_door": 20, "postcode": 5, "town": 40}

_HOUSE = re.compile(r"(?P<street>.*\S) (?P<number>\d{1,4}[A-ZÆØÅ]?)")
_TOWN = re.compile(r"(?P<postcode>\d{4}) (?P<town>\S.*)")

Point = tuple[float, float]


@dataclass(frozen=True)
class AddressRow:
    line: int
    register_id: str
    street: str
    number: str
    floor_door: str
    postcode: str
    town: str
    latitude: float | None = None
    longitude: float | None = None
    area_code: str = ""


Read = AddressRow | LineError


def read(lines: Iterable[bytes], points: Mapping[str, Point] | None = None, area_code: str = "") -> Iterator[Read]:
    """Read either kind of file: one that begins with { is a DAR extract (NDJSON), any other is our own CSV.

    `points` gives longitude and latitude by DAR's house number; `area_code` is for rows that name no area of their own.
    """
    numbered = _decoded(lines)
    first = next(numbered, None)
    if first is None:
        yield LineError(1, "The file is empty.")
        return
    reader = _read_dar if isinstance(first[1], str) and first[1].startswith("{") else _read_csv
    seen: dict[str, int] = {}
    for one in reader(_again(first, numbered), points or {}, area_code):
        yield _checked(one, seen)


def _decoded(lines: Iterable[bytes]) -> Iterator[tuple[int, str | None]]:
    """Number the lines from 1; None means a line that is not UTF-8. Empty lines and comments are left out."""
    for number, line in enumerate(lines, 1):
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8").strip("\r\n")
        except UnicodeDecodeError:
            yield number, None
            continue
        if text.strip() and not text.startswith("#"):
            yield number, text


def _again(first: tuple[int, str | None], rest: Iterator[tuple[int, str | None]]) -> Iterator[tuple[int, str | None]]:
    yield first
    yield from rest


def _checked(one: Read, seen: dict[str, int]) -> Read:
    if isinstance(one, LineError):
        return one
    for name, longest in LONGEST.items():
        value = getattr(one, name)
        if len(value) > longest or "\0" in value:
            return LineError(one.line, f"{name} is longer than {longest} characters or holds a control character.")
        if not value and name != "floor_door":
            return LineError(one.line, f"{name} is missing.")
    if one.register_id in seen:
        return LineError(one.line, f"{one.register_id} stood in line {seen[one.register_id]} already.")
    seen[one.register_id] = one.line
    return one


def _read_dar(
    numbered: Iterable[tuple[int, str | None]], points: Mapping[str, Point], area_code: str
) -> Iterator[Read]:
    for number, text in numbered:
        try:
            record = json.loads(text) if text is not None else None
        except ValueError:
            record = None
        if not isinstance(record, dict):
            yield LineError(number, "This is not one JSON object in UTF-8.")
        elif _is_current(record):
            yield _from_record(number, record, points, area_code)


def _is_current(record: dict) -> bool:
    """DAR keeps its history in the same file: only a record without an end date is current."""
    is_open = record.get("registreringtil") is None and record.get("virkningtil") is None
    return is_open and record.get("status") == IN_FORCE


def _from_record(number: int, record: dict, points: Mapping[str, Point], area_code: str) -> Read:
    words = record.get("adressebetegnelse")
    parts = [part.strip() for part in words.split(",")] if isinstance(words, str) else []
    house, town = _HOUSE.fullmatch(parts[0]) if parts else None, _TOWN.fullmatch(parts[-1]) if parts else None
    if not house or not town:
        return LineError(number, f"{words!r} is not an address as DAR writes one.")
    longitude, latitude = points.get(record.get("husnummer_id") or "", (None, None))
    return AddressRow(
        line=number,
        register_id=str(record.get("id") or ""),
        street=house["street"],
        number=house["number"],
        floor_door=_floor_and_door(record),
        postcode=town["postcode"],
        town=town["town"],
        latitude=latitude,
        longitude=longitude,
        area_code=area_code,
    )


def _floor_and_door(record: dict) -> str:
    floor, door = record.get("etagebetegnelse") or "", record.get("dørbetegnelse") or ""
    return f"{floor}. {door}".strip() if floor else door


def _read_csv(
    numbered: Iterable[tuple[int, str | None]], points: Mapping[str, Point], area_code: str
) -> Iterator[Read]:
    header: list[str] = []
    for number, text in numbered:
        if text is None:
            yield LineError(number, "This is not UTF-8.")
            continue
        cells = [cell.strip() for cell in next(csv.reader([text], delimiter=";"))]
        if header:
            yield _from_cells(number, cells, area_code)
            continue
        header = cells
        if header != COLUMNS:
            yield LineError(number, f"The columns must be {';'.join(COLUMNS)}.")
            return


def _from_cells(number: int, cells: list[str], area_code: str) -> Read:
    if len(cells) != len(COLUMNS):
        return LineError(number, f"There are {len(cells)} columns, not {len(COLUMNS)}.")
    row = dict(zip(COLUMNS, cells, strict=True))
    try:
        latitude, longitude = _degrees(row.pop("latitude"), 90), _degrees(row.pop("longitude"), 180)
    except ValueError:
        return LineError(number, "Latitude and longitude must be degrees, such as 56.4607 and 10.0364.")
    if (latitude is None) != (longitude is None):
        return LineError(number, "Latitude and longitude must both be given, or neither.")
    row["number"], row["postcode"] = row["number"].replace(" ", ""), row["postcode"].replace(" ", "")
    row["area_code"] = row["area_code"] or area_code
    return AddressRow(line=number, latitude=latitude, longitude=longitude, **row)


def _degrees(text: str, most: int) -> float | None:
    if not text:
        return None
    value = float(text.replace(",", "."))
    if not -most <= value <= most:
        raise ValueError(text)
    return value
