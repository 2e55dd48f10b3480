"""Points and polygons, as far as an address register needs them. GeoJSON's order: longitude first."""

import itertools
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

Ring = list[tuple[float, float]]
Edge = tuple[float, float, float, float]

STRIPS = 128


class Shape:
    """A GeoJSON Polygon or MultiPolygon with a fast test whether a point is inside. Its edges are sorted into strips by
    latitude, so that an outline of thousands of points costs no more than one of a few.
    """

    def __init__(self, geometry: dict[str, Any]) -> None:
        """Raise ValueError, with a sentence, for anything except a closed Polygon or MultiPolygon in degrees."""
        self.polygons = _polygons(geometry)
        edges = list(_edges(ring for polygon in self.polygons for ring in polygon))
        self.west, self.east = min(e[0] for e in edges), max(e[0] for e in edges)
        self.south, self.north = min(e[1] for e in edges), max(e[1] for e in edges)
        self._strips: list[list[Edge]] = [[] for _ in range(STRIPS)]
        for edge in edges:
            low, high = sorted((edge[1], edge[3]))
            for strip in range(self._strip(low), self._strip(high) + 1):
                self._strips[strip].append(edge)

    def corners(self) -> list[tuple[float, float]]:
        """Return the south-western and the north-eastern corner of the box around it."""
        return [(self.west, self.south), (self.east, self.north)]

    def _strip(self, latitude: float) -> int:
        height = self.north - self.south
        return min(STRIPS - 1, int((latitude - self.south) / height * STRIPS)) if height else 0

    def crossings(self, latitude: float) -> list[float]:
        """Return the longitudes where the outline crosses a latitude, from west to east."""
        if not self.south <= latitude <= self.north:
            return []
        return sorted(
            x1 + (latitude - y1) / (y2 - y1) * (x2 - x1)
            for x1, y1, x2, y2 in self._strips[self._strip(latitude)]
            if (y1 > latitude) != (y2 > latitude)
        )

    def holds(self, longitude: float, latitude: float) -> bool:
        """Return whether the point is inside. A point on the border of two neighbours is inside exactly one of them."""
        if not self.west <= longitude <= self.east:
            return False
        return sum(1 for crossing in self.crossings(latitude) if crossing > longitude) % 2 == 1

    def crosses_itself(self) -> tuple[float, float] | None:
        """Return the longitude and latitude near which two of its edges cross, None if none do. Edges may touch."""
        edges = list(_edges(ring for polygon in self.polygons for ring in polygon))
        height, strips = self.north - self.south, max(STRIPS, len(edges) // 4)
        found: dict[int, list[Edge]] = {}
        for edge in edges:
            low, high = sorted((edge[1], edge[3]))
            first, last = (int((latitude - self.south) / height * strips) for latitude in (low, high))
            for strip in range(first, last + 1):
                found.setdefault(strip, []).append(edge)
        for those in found.values():
            for one, other in _near(those):
                if _cross(one, other):
                    return one[0], one[1]
        return None

    def point_inside(self) -> tuple[float, float]:
        """Return a longitude and latitude well inside: the middle of the widest of a few cuts from west to east.

        The centre of gravity would not do: a parish may be bent around its neighbour.
        """
        height = self.north - self.south
        cuts = []
        for step in range(1, 20):
            latitude = self.south + height * step / 20
            found = self.crossings(latitude)
            for west, east in zip(found[::2], found[1::2], strict=True):
                cuts.append((east - west, (west + east) / 2, latitude))
        # Half a step of rounding may leave no cut in a sliver; then a corner has to do.
        cuts = cuts or [(0.0, self.west, self.south)]
        _width, longitude, latitude = max(cuts)
        return round(longitude, 6), round(latitude, 6)


def _polygons(geometry: dict[str, Any]) -> list[list[Ring]]:
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon") or not coordinates:
        raise ValueError(_("the outline must be a Polygon or a MultiPolygon"))
    polygons = [coordinates] if kind == "Polygon" else coordinates
    try:
        read = [[[(float(p[0]), float(p[1])) for p in ring] for ring in polygon] for polygon in polygons]
    except (TypeError, ValueError, LookupError, OverflowError) as error:
        raise ValueError(_("the outline holds something that is not a point of two numbers")) from error
    if not all(read):
        raise ValueError(_("the outline is empty"))
    for ring in (ring for polygon in read for ring in polygon):
        _check(ring)
    return read


def _check(ring: Ring) -> None:
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise ValueError(_("the outline is not closed: its last point must be its first"))
    if not all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring):
        raise ValueError(_("the outline is not in degrees (WGS 84), such as 10.0364 and 56.4607"))
    if len({x for x, _y in ring}) < 2 or len({y for _x, y in ring}) < 2:
        raise ValueError(_("the outline encloses nothing"))


def _edges(rings: Iterable[Ring]) -> Iterable[Edge]:
    for ring in rings:
        for (x1, y1), (x2, y2) in itertools.pairwise(ring):
            yield x1, y1, x2, y2


def _near(edges: list[Edge]) -> Iterable[tuple[Edge, Edge]]:
    """Yield each two of some edges that share a longitude."""
    westward = sorted(edges, key=lambda edge: min(edge[0], edge[2]))
    for at, one in enumerate(westward):
        east = max(one[0], one[2])
        for other in itertools.islice(westward, at + 1, None):
            if min(other[0], other[2]) > east:
                break
            yield one, other


def _cross(one: Edge, other: Edge) -> bool:
    """Return whether two edges cross between their ends."""
    return _parts(one, other) and _parts(other, one)


def _parts(line: Edge, edge: Edge) -> bool:
    """Return whether the ends of an edge lie on different sides of the line through another."""
    x1, y1, x2, y2 = line
    sides = ((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1) for x, y in (edge[:2], edge[2:]))
    first, second = sides
    return first * second < 0
