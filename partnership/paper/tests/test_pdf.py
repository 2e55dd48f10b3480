"""A room's typst template becomes an accessible PDF, and only `paper` makes PDFs."""

import ast
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pypdfium2
import pytest
import typst

from partnership.paper.codes import code_svg
from partnership.paper.pdf import pdf_of
from partnership.places import lighting
from partnership.tests.house import imported, module_name, sources

SHEET = """
#import "beside.typ": *
#show: document-of
#heading(level: 1, shout(data.heading))
#code(data.code, 30mm, "Leads to the portal")
#street(100%)
"""
GIVEN = {"title": "Sheet 🏠", "partnership": SimpleNamespace(name="Randers", skyline="river"), "language": "sv"}
# The libraries that make PDFs and QR codes: other rooms call `paper` instead.
TOOLS = {"typst", "segno"}


@pytest.fixture(autouse=True)
def nobody_counts_helpers() -> Iterator[None]:
    with lighting.shares.only():
        yield


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Return a template that imports another, as a room has them."""
    (tmp_path / "beside.typ").write_text('#import "common.typ": *\n#let shout(text) = upper(text)')
    place = tmp_path / "sheet.typ"
    place.write_text(SHEET)
    return place


def test_a_sheet_is_filled_in_and_tagged(sheet: Path) -> None:
    made = pdf_of(sheet, {"heading": "Åbent hus 🏠", "code": code_svg("https://randers.example/")}, **GIVEN)
    assert b"pdfuaid" in made
    assert b"/Lang(sv)" in made
    document = pypdfium2.PdfDocument(made)
    assert document[0].get_textpage().get_text_range() == "ÅBENT HUS"
    told = document.get_metadata_dict()
    assert (told["Title"], told["Author"]) == ("Sheet", "Randers")


def test_a_sheet_without_a_word_it_needs_is_no_sheet(sheet: Path) -> None:
    with pytest.raises(typst.TypstError, match="heading"):
        pdf_of(sheet, {"code": code_svg("https://randers.example/")}, **GIVEN)


def tools_used(source: str) -> set[str]:
    return TOOLS & {name.partition(".")[0] for name in imported(ast.parse(source))}


def test_no_other_room_sets_paper_or_draws_codes_itself() -> None:
    users = {module_name(path) for path in sources() if tools_used(path.read_text())}
    assert {module for module in users if not module.startswith("partnership.paper.")} == set()
    assert users


@pytest.mark.parametrize("source", ["import segno", "from typst import compile", "def draw():\n    import typst"])
def test_a_room_that_does_is_found(source: str) -> None:
    assert tools_used(source)
