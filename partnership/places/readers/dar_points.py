"""Positions for a DAR extract: an address names its house number, which names its access point."""

import re
from collections.abc import Iterable, Iterator

from geography.utm import to_degrees
from partnership.fields.tables import Line, text_lines
from partnership.places.readers.addresses import json_object

_METRES = r"[0-9]{1,7}(?:\.[0-9]+)?"
_POINT = re.compile(rf"POINT ?\((?P<easting>{_METRES}) (?P<northing>{_METRES})\)")


def house_points(house_numbers: Iterable[bytes], points: Iterable[bytes]) -> dict[str, tuple[float, float]]:
    """Return longitude and latitude by the id of the house number.

    `house_numbers` and `points` are the lines of DAR's Husnummer and Adressepunkt extracts (NDJSON, ETRS89 / UTM 32).
    Historical records and points without a position are skipped: their addresses are then reported by line.
    """
    places = {record["id"]: found for record in _current(points) if (found := _place(record))}
    houses = ((record["id"], record.get("adgangspunkt_id")) for record in _current(house_numbers))
    return {house: places[point] for house, point in houses if isinstance(point, str) and point in places}


def _current(lines: Iterable[bytes]) -> Iterator[dict]:
    for line in text_lines(lines):
        record = json_object(line.text) if isinstance(line, Line) else None
        if record is None or not isinstance(record.get("id"), str):
            continue
        if not any(record.get(end) for end in ("registreringtil", "virkningtil")):
            yield record


def _place(record: dict) -> tuple[float, float] | None:
    position = record.get("position")
    match = _POINT.fullmatch(position) if isinstance(position, str) else None
    if not match:
        return None
    longitude, latitude = to_degrees(float(match["easting"]), float(match["northing"]))
    return round(longitude, 6), round(latitude, 6)
