"""From the metres of the Danish registers (ETRS89, UTM zone 32) to degrees.

Krüger's series to the third order on the GRS80 ellipsoid; within a millimetre inside Denmark.
"""

from math import asin, atan, cos, cosh, degrees, radians, sin, sinh

FLATTENING = 1 / 298.257222101
EQUATOR_M = 6_378_137.0
SCALE = 0.9996
EAST_M = 500_000.0
CENTRAL_MERIDIAN = 9.0

_n = FLATTENING / (2 - FLATTENING)
_RADIUS = EQUATOR_M / (1 + _n) * (1 + _n**2 / 4 + _n**4 / 64)
_BACK = (
    _n / 2 - 2 * _n**2 / 3 + 37 * _n**3 / 96,
    _n**2 / 48 + _n**3 / 15,
    17 * _n**3 / 480,
)
_TO_LATITUDE = (
    2 * _n - 2 * _n**2 / 3 - 2 * _n**3,
    7 * _n**2 / 3 - 8 * _n**3 / 5,
    56 * _n**3 / 15,
)


def to_degrees(easting: float, northing: float) -> tuple[float, float]:
    """Return longitude and latitude in degrees, WGS 84, of a point in UTM zone 32 north."""
    xi, eta = northing / (SCALE * _RADIUS), (easting - EAST_M) / (SCALE * _RADIUS)
    xi_ = xi - sum(b * sin(2 * j * xi) * cosh(2 * j * eta) for j, b in enumerate(_BACK, 1))
    eta_ = eta - sum(b * cos(2 * j * xi) * sinh(2 * j * eta) for j, b in enumerate(_BACK, 1))
    chi = asin(sin(xi_) / cosh(eta_))
    latitude = chi + sum(d * sin(2 * j * chi) for j, d in enumerate(_TO_LATITUDE, 1))
    longitude = radians(CENTRAL_MERIDIAN) + atan(sinh(eta_) / cos(xi_))
    return degrees(longitude), degrees(latitude)
