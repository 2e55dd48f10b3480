"""Which local area an address lies in."""

from collections.abc import Iterable

from geography.shapes import Shape
from partnership.fields.lines import LineError
from partnership.places.models import Area
from partnership.places.readers.addresses import AddressRow


class AreaFinder:
    """The areas of one partnership, prepared for fifty thousand look-ups."""

    def __init__(self, areas: Iterable[Area]) -> None:
        held = list(areas)
        self._by_code = {area.code: area for area in held}
        self._shapes = [(Shape(area.boundary), area) for area in held if area.boundary]

    def find(self, row: AddressRow) -> Area | LineError:
        """Return the area whose outline contains the row's point; without a point or outlines, the one it names."""
        if row.longitude is not None and row.latitude is not None:
            for shape, area in self._shapes:
                if shape.holds(row.longitude, row.latitude):
                    return area
        if row.area_code in self._by_code:
            return self._by_code[row.area_code]
        return LineError(row.line, self._why(row))

    def _why(self, row: AddressRow) -> str:
        label = f"{row.street} {row.number}, {row.postcode} {row.town}"
        if row.area_code:
            return f"{label}: there is no area with the code {row.area_code} here."
        if row.longitude is None:
            return f"{label}: neither a point nor an area is given."
        return f"{label}: the point lies in none of the areas."
