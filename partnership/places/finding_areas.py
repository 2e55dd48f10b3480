"""Which local area an address lies in."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

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
        """Return the area whose outline contains the row's point; without a point or an outline, the one it names."""
        named = self._by_code.get(row.area_code)
        if row.longitude is not None and row.latitude is not None:
            for shape, area in self._shapes:
                if shape.holds(row.longitude, row.latitude):
                    return area
            if named is not None and named.boundary:
                named = None  # its outline says that the point lies elsewhere
        return named or LineError(row.line, self._why(row))

    def _why(self, row: AddressRow) -> str:
        if row.area_code and row.area_code not in self._by_code:
            words = _("%(label)s: there is no area with the code %(code)s here")
        elif row.longitude is None:
            words = _("%(label)s: give a point or the code of an area")
        else:
            words = _("%(label)s: the point lies in none of the areas; correct latitude and longitude")
        label = f"{row.street} {row.number}, {row.postcode} {row.town}"
        return words % {"label": label, "code": row.area_code}
