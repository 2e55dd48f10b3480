"""Reads files of local areas: GeoJSON with outlines, or our own CSV with a point. Pure: no database."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from geography.shapes import Shape
from partnership.fields import tables
from partnership.fields.lines import LineError
from partnership.fields.names import inert
from partnership.places.naming import place_slug
from written.streets import folded

# DAGI's names over the years, then those of other sources.
CODE_NAMES = ("SOGNEKODE", "sognekode", "kode", "code", "kod")
NAME_NAMES = ("SOGNENAVN", "sognenavn", "navn", "name", "namn")
COLUMNS = ["code", "name", "slug", "latitude", "longitude", "homes", "homes_made_up"]
MADE_UP = {"": False, "no": False, "yes": True}
LONGEST = {"code": 10, "name": 80, "slug": 80}
MOST_HOMES = 500_000


@dataclass(frozen=True, slots=True)
class FeatureError(LineError):
    """What is wrong in one feature of GeoJSON: `line` is its number, from 1."""

    def __str__(self) -> str:
        return _("Feature %(number)d: %(reason)s") % {"number": self.line, "reason": self.reason}


@dataclass(frozen=True)
class AreaRow:
    code: str
    name: str
    slug: str
    latitude: float
    longitude: float
    boundary: dict[str, Any] | None = None
    homes: int | None = None
    homes_made_up: bool = False
    # Where it stood: the number of its line, or of its feature.
    number: int = field(default=0, compare=False)
    kind: type[LineError] = field(default=LineError, compare=False)

    def wrong(self, reason: str) -> LineError:
        """Return an error that says where the area stood in its file."""
        return self.kind(self.number, reason)


@dataclass
class AreaReading:
    """The rows of a file, and its errors by line or by feature."""

    rows: list[AreaRow] = field(default_factory=list)
    errors: list[LineError] = field(default_factory=list)


def read_areas(data: bytes) -> AreaReading:
    """Read either kind of file: one that begins with { or [ is GeoJSON, any other is our own CSV."""
    start = data.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return read_geojson(data) if start.startswith((b"{", b"[")) else read_csv(data)


def read_geojson(data: bytes) -> AreaReading:
    """Read a FeatureCollection of outlines in degrees; errors carry the feature's number, from 1."""
    try:
        features = json.loads(tables.text_of(data))["features"]
    except tables.Unreadable as error:
        return AreaReading(errors=[error.error])
    except (ValueError, LookupError, TypeError, RecursionError):
        features = None
    if not isinstance(features, list):
        words = _(
            "This is not a GeoJSON FeatureCollection with a list of features. Fetch the outlines again as GeoJSON."
        )
        return AreaReading(errors=[LineError(0, words)])
    return _gathered(enumerate(features, 1), _from_feature, FeatureError)


def read_csv(data: bytes) -> AreaReading:
    """Read our own CSV (comments after #); errors carry the line's number."""
    lines = list(tables.records(tables.text_lines(data.splitlines(keepends=True)), COLUMNS))
    good = ((line.number, line.cells or {}) for line in lines if isinstance(line, tables.Line))
    reading = _gathered(good, _from_cells, LineError)
    unread = [line for line in lines if isinstance(line, LineError)]
    if unread:
        reading.errors = sorted([*unread, *(error for error in reading.errors if error.line)], key=lambda one: one.line)
    return reading


def _gathered(
    numbered: Iterable[tuple[int, Any]], take: Callable[[Any], AreaRow], kind: type[LineError]
) -> AreaReading:
    reading = AreaReading()
    seen: dict[str, int] = {}
    named: dict[str, int] = {}
    for number, one in numbered:
        try:
            row = replace(_checked(take(one)), number=number, kind=kind)
            if row.code in seen:
                raise ValueError(_stood_already(kind) % {"code": row.code, "number": seen[row.code]})
            if (first := named.setdefault(folded(row.name), number)) != number:
                raise ValueError(_name_stood_already(kind) % {"name": row.name, "number": first})
        except ValueError as error:
            reading.errors.append(kind(number, str(error)))
        else:
            seen[row.code] = number
            reading.rows.append(row)
    if not reading.rows and not reading.errors:
        reading.errors.append(LineError(0, _("There are no areas in the file.")))
    return reading


def _stood_already(kind: type[LineError]) -> str:
    if kind is FeatureError:
        return _("the code %(code)s stood in feature %(number)d already")
    return _("the code %(code)s stood in line %(number)d already")


def _name_stood_already(kind: type[LineError]) -> str:
    if kind is FeatureError:
        return _("the name %(name)s stood in feature %(number)d already; give one of the two another name")
    return _("the name %(name)s stood in line %(number)d already; give one of the two another name")


def _checked(row: AreaRow) -> AreaRow:
    for name, longest in LONGEST.items():
        tables.check_text(name, getattr(row, name), longest)
    if inert(row.name) != row.name:
        raise ValueError(_("%(text)r is no name: begin with a letter or a number") % {"text": row.name})
    if not any(map(str.isalpha, row.name)):
        raise ValueError(_("%(text)r is no name: write one with letters") % {"text": row.name})
    if row.slug != place_slug(row.slug):
        words = _("%(text)r is no name for a web address: write it with a to z, 0 to 9 and hyphens")
        raise ValueError(words % {"text": row.slug})
    return row


def _from_feature(feature: Any) -> AreaRow:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(properties, dict) or not isinstance(geometry, dict):
        raise ValueError(_("it needs properties and a geometry"))
    code, name = _first(properties, CODE_NAMES), _first(properties, NAME_NAMES)
    shape = Shape(geometry)
    if crossing := shape.crosses_itself():
        longitude, latitude = crossing
        words = _("the outline crosses itself near %(latitude)s, %(longitude)s; draw or fetch it again")
        raise ValueError(words % {"latitude": round(latitude, 4), "longitude": round(longitude, 4)})
    longitude, latitude = shape.point_inside()
    homes = properties.get("homes")
    return AreaRow(code, name, place_slug(name), latitude, longitude, geometry, _homes("" if homes is None else homes))


def _first(properties: dict[str, Any], names: tuple[str, ...]) -> str:
    found = next((properties[name] for name in names if properties.get(name)), None)
    if type(found) not in (str, int):
        raise ValueError(_("it needs one of the properties %(names)s") % {"names": ", ".join(names)})
    return tables.visible(str(found)).strip()


def _from_cells(cells: dict[str, str]) -> AreaRow:
    for name in LONGEST:
        tables.check_unspoilt(name, cells[name])
    try:
        latitude, longitude = tables.number(cells["latitude"]), tables.number(cells["longitude"])
        if not (abs(latitude) <= 90 and abs(longitude) <= 180):
            raise ValueError
    except ValueError as error:
        raise ValueError(_("latitude and longitude must be degrees, such as 56.4607 and 10.0364")) from error
    if cells["homes_made_up"] not in MADE_UP:
        raise ValueError(_("homes_made_up must be yes or no"))
    return AreaRow(
        code=cells["code"],
        name=cells["name"],
        slug=cells["slug"] or place_slug(cells["name"]),
        latitude=latitude,
        longitude=longitude,
        homes=_homes(cells["homes"]),
        homes_made_up=MADE_UP[cells["homes_made_up"]],
    )


def _homes(value: Any) -> int | None:
    if value == "":
        return None
    try:
        return tables.whole(str(value) if type(value) in (str, int) else "", MOST_HOMES)
    except ValueError as error:
        words = _("%(text)r is no number of homes: write a whole number up to %(most)d, or nothing")
        raise ValueError(words % {"text": str(value)[:40], "most": MOST_HOMES}) from error
