"""Reads files of addresses line by line: a DAR extract, or our own CSV. Pure: no database. A reader yields a row or an
error for each relevant line, in the file's order, without loading the whole file.
"""

import datetime as dt
import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from partnership import clock
from partnership.fields import tables
from partnership.fields.lines import LineError

COLUMNS = [
    "register_id", "street", "number", "floor_door", "postcode", "town", "latitude", "longitude", "area_code",
]  # fmt: skip
# DAR's status of a current address; the others are planned (1, 2), closed down (4) and cancelled (5).
IN_FORCE, KNOWN = "3", ("1", "2", "3", "4", "5")
# The ends of a record; one without an end, or whose end lies ahead, is current.
ENDS = ("registreringtil", "virkningtil")
LONGEST = {"register_id": 40, "street": 80, "number": 8, "floor_door": 20, "postcode": 5, "town": 40}

# What we read of a record. If one has another name, doors would be lost, and neighbours share a home.
NAMES = ("adressebetegnelse", "etagebetegnelse", "dørbetegnelse", "husnummer_id")
# How DAR writes a floor or a floor and a door in an address: "st. tv", "2.", "kl2. 4".
_FLOOR = re.compile(r"(st|kl\d?|\d{1,2})\.( .*)?", re.IGNORECASE)
_HOUSE = re.compile(r"(?P<street>.*\S) (?P<number>[0-9]{1,4}[A-ZÆØÅ]?)")
_TOWN = re.compile(r"(?P<postcode>[0-9]{4}) (?P<town>\S.*)")

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


@dataclass(frozen=True)
class EndedRow:
    """An address that has ended: the file holds former versions of it, and none that is current."""

    register_id: str


Read = AddressRow | EndedRow | LineError
Lines = Iterable[tables.Line | LineError]


def read(lines: Iterable[bytes], points: Mapping[str, Point] | None = None, area_code: str = "") -> Iterator[Read]:
    """Read either kind of file: one that begins with { is a DAR extract (NDJSON), any other is our own CSV.

    `points` gives longitude and latitude by DAR's house number; `area_code` is for rows that name no area of their own.
    The addresses that have ended come last.
    """
    numbered = (line for line in tables.text_lines(lines) if isinstance(line, LineError) or line.text.strip())
    first = next(numbered, None)
    whole: Lines = itertools.chain([first] if first else [], numbered)
    is_dar = isinstance(first, tables.Line) and first.text.lstrip().startswith(("{", "["))
    reader = _read_dar(whole, points or {}, area_code) if is_dar else _read_csv(whole, area_code)
    seen: dict[str, int] = {}
    ended: dict[str, EndedRow] = {}
    for one in reader:
        if isinstance(one, EndedRow):
            ended[one.register_id] = one
        else:
            yield _checked(one, seen)
    yield from (one for register_id, one in ended.items() if register_id not in seen)


def _checked(one: AddressRow | LineError, seen: dict[str, int]) -> AddressRow | LineError:
    if isinstance(one, LineError):
        return one
    try:
        for name, longest in LONGEST.items():
            tables.check_text(name, getattr(one, name), longest, needed=name != "floor_door")
    except ValueError as error:
        return LineError(one.line, str(error))
    if one.register_id in seen:
        words = _("%(id)s stood in line %(line)d already")
        return LineError(one.line, words % {"id": one.register_id, "line": seen[one.register_id]})
    seen[one.register_id] = one.line
    return one


def _read_dar(lines: Lines, points: Mapping[str, Point], area_code: str) -> Iterator[Read]:
    now = clock.now()
    for line in lines:
        if isinstance(line, LineError):
            yield line
            continue
        record = json_object(line.text)
        if record is None:
            yield LineError(line.number, _("this is not one JSON object on a line; fetch the extract again as NDJSON"))
        elif said := _strange(record):
            yield LineError(line.number, said)
        elif _is_current(record, now):
            yield _from_record(line.number, record, points, area_code)
        else:
            yield EndedRow(record["id"])


def json_object(text: str) -> dict | None:
    """Return the JSON object in a line, or None if there is no other."""
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _strange(record: dict) -> str:
    """Say what shows that DAR writes its records in another way now; "" for one that is as we know them. What we do not
    understand must not count as ended, or the whole register would close.
    """
    missing = [name for name in ("id", "status", *ENDS, *NAMES) if name not in record]
    if missing:
        return _("the record has no %(name)s; is this DAR’s extract of Adresse?") % {"name": ", ".join(missing)}
    if not _text(record["id"]):
        return _("the record has no %(name)s; is this DAR’s extract of Adresse?") % {"name": "id"}
    if _status(record) not in KNOWN:
        return _("%(status)r is no status that we know: 1 to 5") % {"status": str(record["status"])[:40]}
    for name in ENDS:
        try:
            _end(record[name])
        except ValueError:
            return _("%(end)r is no point in time, as %(name)s is") % {"end": str(record[name])[:40], "name": name}
    return ""


def _status(record: dict) -> str:
    return str(record["status"]).strip()


def _end(value: object) -> dt.datetime | None:
    """Return when a record ends; None if it does not."""
    if value is None or value == "":
        return None
    end = dt.datetime.fromisoformat(str(value))
    return end if end.tzinfo else end.replace(tzinfo=dt.UTC)


def _is_current(record: dict, now: dt.datetime) -> bool:
    """DAR keeps its history in the same file: a record that has ended is not current."""
    ends = [end for end in (_end(record[name]) for name in ENDS) if end]
    return all(end > now for end in ends) and _status(record) == IN_FORCE


def _from_record(number: int, record: dict, points: Mapping[str, Point], area_code: str) -> AddressRow | LineError:
    register_id, words, floor, door, house_id = (_text(record[name]) for name in ("id", *NAMES))
    parts = [part.strip() for part in words.split(",")]
    house, town = _HOUSE.fullmatch(parts[0]), _TOWN.fullmatch(parts[-1])
    if not house or not town:
        return LineError(number, _("%(text)r is not an address as DAR writes one") % {"text": words[:120]})
    floor_door = f"{floor}. {door}".strip() if floor else door
    if not _is_said(floor_door, parts[1:-1]):
        said = _("floor and door are %(door)r, but the address is %(text)r")
        return LineError(number, said % {"door": floor_door[:40], "text": words[:120]})
    longitude, latitude = points.get(house_id, (None, None))
    return AddressRow(
        line=number,
        register_id=register_id,
        street=house["street"],
        number=house["number"],
        floor_door=floor_door,
        postcode=town["postcode"],
        town=town["town"],
        latitude=latitude,
        longitude=longitude,
        area_code=area_code,
    )


def _is_said(floor_door: str, between: list[str]) -> bool:
    """Return whether the words between house and town say the same floor and door; without one they name no floor."""
    if floor_door:
        return floor_door.casefold() in [part.casefold() for part in between]
    return not any(_FLOOR.fullmatch(part) for part in between)


def _text(value: object) -> str:
    """Return a text, or a whole number that some tool has made of one, as text; "" for anything else."""
    return tables.visible(value) if isinstance(value, str) else str(value) if type(value) is int else ""


def _read_csv(lines: Lines, area_code: str) -> Iterator[Read]:
    for line in tables.records(lines, COLUMNS):
        yield line if isinstance(line, LineError) else _from_cells(line.number, line.cells or {}, area_code)


def _from_cells(number: int, cells: dict[str, str], area_code: str) -> AddressRow | LineError:
    row = {name: cells[name] for name in COLUMNS}
    try:
        for name in LONGEST:
            tables.check_unspoilt(name, row[name])
    except ValueError as error:
        return LineError(number, str(error))
    try:
        latitude, longitude = _degrees(row.pop("latitude"), 90), _degrees(row.pop("longitude"), 180)
    except ValueError:
        return LineError(number, _("latitude and longitude must be degrees, such as 56.4607 and 10.0364"))
    if (latitude is None) != (longitude is None):
        return LineError(number, _("latitude and longitude must both be given, or neither"))
    row["number"] = row["number"].replace(" ", "").upper().lstrip("0")
    row["postcode"] = row["postcode"].replace(" ", "")
    row["area_code"] = row["area_code"] or area_code
    return AddressRow(line=number, latitude=latitude, longitude=longitude, **row)


def _degrees(text: str, most: int) -> float | None:
    if not text:
        return None
    value = tables.number(text)
    if abs(value) > most:
        raise ValueError(text)
    return value
