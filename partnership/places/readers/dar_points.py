"""Positions for a DAR extract: an address names its house number, which names its access point."""

import json
import re
from collections.abc import Iterable, Iterator

from geography.utm import to_degrees

_POINT = re.compile(r"POINT ?\((?P<easting>[\d.]+) (?P<northing>[\d.]+)\)")


def house_points(house_numbers: Iterable[bytes], points: Iterable[bytes]) -> dict[str, tuple[float, float]]:
    """Return longitude and latitude by the id of the house number.

    `house_numbers` and `points` are the lines of DAR's Husnummer and Adressepunkt extracts (NDJSON, ETRS89 / UTM 32).
    Historical records and points without a position are skipped: their addresses are then reported by line.
    """
    places = {record["id"]: found for record in _current(points) if (found := _place(record))}
    return {
        record["id"]: places[record["adgangspunkt_id"]]
        for record in _current(house_numbers)
        if record.get("adgangspunkt_id") in places
    }


def _current(lines: Iterable[bytes]) -> Iterator[dict]:
    for line in lines:
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if isinstance(record, dict) and record.get("registreringtil") is None and record.get("virkningtil") is None:
            yield record


def _place(record: dict) -> tuple[float, float] | None:
    match = _POINT.fullmatch(record.get("position") or "")
    if not match:
        return None
    longitude, latitude = to_degrees(float(match["easting"]), float(match["northing"]))
    return round(longitude, 6), round(latitude, 6)
