"""What can be true of a place in a partnership: a point nearby, numbers and postcodes as its country writes them."""

import re
from typing import Any

from django.utils.translation import gettext as _

from partnership.places.models import Partnership

# West, south, east, north in degrees: the whole country, where a profile gives no bounds of its own.
COUNTRY_BOUNDS = {"DK": (7.7, 54.4, 15.4, 57.9), "SE": (10.5, 55.2, 24.3, 69.2)}
NUMBERS = {"DK": re.compile(r"[1-9]\d{0,2}[A-ZÆØÅ]?", re.ASCII), "SE": re.compile(r"[1-9]\d{0,3}[A-ZÅÄÖ]?", re.ASCII)}
POSTCODES = {"DK": re.compile(r"\d{4}", re.ASCII), "SE": re.compile(r"[1-9]\d{4}", re.ASCII)}

Bounds = tuple[float, float, float, float]


def bounds_of(partnership: Partnership) -> Bounds:
    """Return the west, south, east and north, in degrees, of what may belong to a partnership."""
    west, south, east, north = partnership.bounds or COUNTRY_BOUNDS[partnership.country]
    return west, south, east, north


def is_bounds(value: Any, country: str) -> bool:
    """Return whether a profile's bounds are four degrees inside the country: west, south, east, north."""
    numbers = isinstance(value, list) and all(type(one) in (int, float) for one in value)
    if not numbers or len(value) != 4:
        return False
    west, south, east, north = COUNTRY_BOUNDS[country]
    return west <= value[0] < value[2] <= east and south <= value[1] < value[3] <= north


def far_away(partnership: Partnership, longitude: float, latitude: float) -> str:
    """Return a sentence that says so if a point in degrees lies outside the partnership's bounds; else ""."""
    west, south, east, north = bounds_of(partnership)
    if west <= longitude <= east and south <= latitude <= north:
        return ""
    words = _(
        "the point %(latitude)s, %(longitude)s is not near %(place)s: latitude must be from %(south)s to %(north)s and "
        "longitude from %(west)s to %(east)s"
    )
    found = {"latitude": latitude, "longitude": longitude, "place": partnership.municipality}
    told = words % {**found, "south": south, "north": north, "west": west, "east": east}
    swapped = west <= latitude <= east and south <= longitude <= north
    return _("%(said)s. The two are swapped.") % {"said": told} if swapped else told


def strange_number(partnership: Partnership, number: str, postcode: str) -> str:
    """Return a sentence that says so if a house number or a postcode is not written as in the country, or the postcode
    is none of the partnership's; else "".
    """
    is_danish = partnership.country == Partnership.Country.DENMARK
    if not NUMBERS[partnership.country].fullmatch(number):
        example = "12B" if is_danish else "12 B"
        return _("%(text)r is not a house number such as %(example)s") % {"text": number, "example": example}
    if not POSTCODES[partnership.country].fullmatch(postcode):
        example = "8900" if is_danish else "392 31"
        return _("%(text)r is not a postcode such as %(example)s") % {"text": postcode, "example": example}
    if partnership.postcodes and postcode not in partnership.postcodes:
        words = _("%(postcode)s is not a postcode of %(place)s")
        return words % {"postcode": postcode, "place": partnership.municipality}
    return ""


def are_postcodes(value: Any, country: str) -> bool:
    """Return whether a profile's postcodes are a list of texts, written as in the country, without spaces."""
    is_list = isinstance(value, list) and all(isinstance(one, str) for one in value)
    return is_list and all(POSTCODES[country].fullmatch(one) for one in value)
