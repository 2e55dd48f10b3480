"""typst, as this house uses it: PDF/UA-1 only, and no font that a machine happens to have."""

import typst


def typeset(source: bytes | dict[str, bytes], inputs: dict[str, str]) -> bytes:
    """Return the PDF of one source, or of files of which `main.typ` is the first; TypstError where it is none."""
    made = typst.compile(source, format="pdf", pdf_standards="ua-1", ignore_system_fonts=True, sys_inputs=inputs)
    assert isinstance(made, bytes)
    return made
