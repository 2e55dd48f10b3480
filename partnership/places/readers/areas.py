"""Reads files of local areas: GeoJSON with outlines, or our own CSV with a point. Pure: no database."""

import csv
import json
from dataclasses import dataclass, field
from typing import Any

from geography.shapes import Shape
from partnership.places.naming import place_slug

# DAGI's names over the years, then those of other sources.
CODE_NAMES = ("SOGNEKODE", "sognekode", "kode", "code", "kod")
NAME_NAMES = ("SOGNENAVN", "sognenavn", "navn", "name", "namn")
COLUMNS = ["code", "name", "slug", "latitude", "longitude", "homes", "homes_made_up"]


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


@dataclass
class AreaReading:
    """The rows of a file, and its errors by feature or line number."""

    rows: list[AreaRow] = field(default_factory=list)
    errors: list[tuple[int, str]] = field(default_factory=list)


def read_geojson(data: bytes) -> AreaReading:
    """Read a FeatureCollection of outlines in degrees; errors carry the feature's number, from 1."""
    reading = AreaReading()
    try:
        features = json.loads(data.decode("utf-8-sig"))["features"]
    except (ValueError, KeyError, TypeError):
        reading.errors.append((1, "This is not a GeoJSON FeatureCollection in UTF-8."))
        return reading
    seen: dict[str, int] = {}
    for number, feature in enumerate(features, 1):
        try:
            row = _from_feature(feature)
            _once(row, number, seen)
        except (ValueError, AttributeError, TypeError) as error:
            reading.errors.append((number, f"Feature {number}: {error}."))
        else:
            reading.rows.append(row)
    return reading


def _from_feature(feature: dict[str, Any]) -> AreaRow:
    properties = feature.get("properties") or {}
    code, name = _first(properties, CODE_NAMES, "code"), _first(properties, NAME_NAMES, "name")
    shape = Shape(feature.get("geometry") or {})
    longitude, latitude = shape.point_inside()
    homes = properties.get("homes")
    return AreaRow(code, name, place_slug(name), latitude, longitude, feature["geometry"], homes)


def _first(properties: dict[str, Any], names: tuple[str, ...], what: str) -> str:
    found = next((str(properties[name]).strip() for name in names if properties.get(name)), "")
    if not found:
        raise ValueError(f"no {what} (one of {', '.join(names)})")
    return found


def _once(row: AreaRow, number: int, seen: dict[str, int]) -> None:
    if len(row.code) > 10 or len(row.name) > 80:
        raise ValueError("the code is longer than 10 or the name longer than 80 characters")
    if row.code in seen:
        raise ValueError(f"the code {row.code} stood in number {seen[row.code]} already")
    seen[row.code] = number


def read_csv(data: bytes) -> AreaReading:
    """Read our own CSV (semicolons, comments after #); errors carry the line's number."""
    reading = AreaReading()
    seen: dict[str, int] = {}
    header: list[str] = []
    for number, line in enumerate(data.decode("utf-8-sig").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = next(csv.reader([line], delimiter=";"))
        if not header:
            header = cells
            if header != COLUMNS:
                reading.errors.append((number, f"The columns must be {';'.join(COLUMNS)}."))
                break
            continue
        try:
            row = _from_cells(dict(zip(header, cells, strict=True)))
            _once(row, number, seen)
        except ValueError as error:
            reading.errors.append((number, f"Line {number}: {error}."))
        else:
            reading.rows.append(row)
    return reading


def _from_cells(cells: dict[str, str]) -> AreaRow:
    return AreaRow(
        code=cells["code"],
        name=cells["name"],
        slug=cells["slug"] or place_slug(cells["name"]),
        latitude=float(cells["latitude"]),
        longitude=float(cells["longitude"]),
        homes=int(cells["homes"]) if cells["homes"] else None,
        homes_made_up=cells["homes_made_up"] == "yes",
    )
