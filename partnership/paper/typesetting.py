"""Calls typst: PDF/UA-1 or PNG, without the fonts of the machine."""

from pathlib import Path
from typing import cast

import typst

# The portal's own face, with more letters than the pages' files have; what it lacks, typst has in its own fonts.
FONTS = typst.Fonts(include_system_fonts=False, font_paths=[Path(__file__).with_name("fonts")])
FAMILIES = '("IBM Plex Sans", "Libertinus Serif")'


def typeset(source: bytes | dict[str, bytes], inputs: dict[str, str]) -> bytes:
    """Return the PDF of one source, or of several files that begin with `main.typ`; raise TypstError if it fails."""
    # typst's type hints leave out the dict of named files that it accepts.
    files = cast(bytes, source)
    return typst.compile(files, format="pdf", pdf_standards="ua-1", font_paths=FONTS, sys_inputs=inputs)


def picture(source: dict[str, bytes], inputs: dict[str, str], *, pixels_per_inch: int = 72) -> bytes:
    """Return the only page of several files that begin with `main.typ` as a PNG; a point is a pixel by default."""
    files = cast(bytes, source)
    return typst.compile(files, format="png", ppi=pixels_per_inch, font_paths=FONTS, sys_inputs=inputs)
