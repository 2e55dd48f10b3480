"""Square codes (QR) that a telephone's camera reads."""

import io

import segno

DUSK, WHITE = "#0b3443", "#fff"


def code_on_sheet(url: str) -> str:
    """Return the QR code of a URL for a coloured page, on a white field of its own."""
    return code_svg(url, border=2, dark=DUSK, light=WHITE)


def code_svg(url: str, *, border: int = 0, dark: str = "#000", light: str | None = None) -> str:
    """Return the QR code of a URL as SVG with a margin of `border` squares; without `light` the background is
    transparent. It can still be read if a seventh of it is soiled or torn.
    """
    drawn = io.BytesIO()
    code = segno.make(url, error="m", micro=False)
    code.save(drawn, kind="svg", border=border, dark=dark, light=light, xmldecl=False)
    return drawn.getvalue().decode()
