"""Calls typst: PDF/UA-1 only, without the fonts of the machine."""

import typst


def typeset(source: bytes | dict[str, bytes], inputs: dict[str, str]) -> bytes:
    """Return the PDF of one source, or of several files that begin with `main.typ`; raise TypstError if it fails."""
    made = typst.compile(source, format="pdf", pdf_standards="ua-1", ignore_system_fonts=True, sys_inputs=inputs)
    assert isinstance(made, bytes)
    return made
