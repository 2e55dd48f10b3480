"""The street of a partnership: its own skyline, and lit windows for the share of its goal that helpers have reached."""

from collections.abc import Callable

from partnership.places.models import Partnership
from partnership.registers import Register
from street import drawing

# The room that counts helpers adds the one function; it returns 0 to 1.
shares: Register[Callable[[Partnership], float]] = Register("the share of lit windows")


def share_alight(partnership: Partnership) -> float:
    """Return the share of lit windows, the same on pages, in emails and on paper; 0 where nobody counts."""
    return next((share(partnership) for share in shares), 0.0)


def strip(partnership: Partnership, *, glow: bool = True) -> bytes:
    """Return the street as an SVG file."""
    return drawing.quiet(share_alight(partnership), skyline=partnership.skyline, glow=glow).encode()
