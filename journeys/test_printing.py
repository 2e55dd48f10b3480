"""What comes out of the printer: sheets of A4, whole tables, and nothing that can only be pressed."""

import re

import pypdfium2
import pytest

from journeys.reader import Reader, Seating
from journeys.second_factor import is_one_of_the_cast

# Makes the staff's list of requests as long as told, each with a number to look for.
LENGTHEN = """wanted => {
  const rows = document.querySelector('main table tbody')
  const one = rows.querySelector('tr')
  rows.replaceChildren(...Array.from({length: wanted}, (_, place) => {
    const row = one.cloneNode(true)
    row.querySelector('th').textContent = `Grundejerforeningen Prøvevej ${place + 101}`
    return row
  }))
}"""
NOTE_THE_PRESS = "window.print = () => { document.body.dataset.printed = 'yes' }"


def sheets(reader: Reader) -> list[str]:
    """Print the page that is open, and return the text of each sheet."""
    document = pypdfium2.PdfDocument(reader.page.pdf(format="A4", prefer_css_page_size=True))
    return [page.get_textpage().get_text_bounded() for page in document]


@pytest.mark.parametrize(("home", "language"), [("randers", "da"), ("kalmar", "sv")], ids=["Randers", "Kalmar"])
def test_progress_takes_three_sheets_of_whole_figures_and_no_menu(seat: Seating, home: str, language: str) -> None:
    reader = seat(home, language).opens("/progress/")
    printed = sheets(reader)
    assert len(printed) <= 3
    for figure in reader.page.locator(".chart-figure").all():
        title, *rows = figure.locator(".chart-title, .chart-table tbody th").all_text_contents()
        [sheet] = [text for text in printed if title.strip() in text]
        assert all(row.strip() in sheet for row in rows), "each table is whole on one sheet, below its title"
    assert all(text.strip() for text in printed), "no sheet is blank"
    whole = " ".join(printed)
    for row in reader.page.locator(".chart-table tbody th").all_text_contents():
        assert row.strip() in whole
    for words in ("My page", "Download the figures (CSV)", "Print this page"):
        assert reader.words(words) not in whole
    assert re.search(rf"{home}\.localhost:\d+/{language}/progress/", whole), "where the newest figures are"


@pytest.mark.parametrize(("home", "language"), [("randers", "da"), ("kalmar", "sv")], ids=["Randers", "Kalmar"])
def test_the_front_page_takes_one_sheet(seat: Seating, home: str, language: str) -> None:
    assert len(sheets(seat(home, language).opens("/"))) == 1


def test_the_dashboard_takes_four_sheets(seat: Seating) -> None:
    karen = seat()
    is_one_of_the_cast(karen, "Karen Koch")
    printed = sheets(karen.opens("/dashboard/"))
    assert len(printed) <= 4
    assert karen.words("Log out") not in " ".join(printed)


@pytest.mark.parametrize("rows", [25, 75])
def test_a_sheet_holds_twenty_five_requests_with_all_their_columns(seat: Seating, rows: int) -> None:
    karen = seat()
    is_one_of_the_cast(karen, "Karen Koch")
    karen.opens("/staff/talks/").page.evaluate(LENGTHEN, rows)
    needs = rows // 25
    found = re.findall(r"Prøvevej (\d+)", " ".join(sheets(karen)[:needs]))
    assert sorted(map(int, found)) == list(range(101, 101 + rows))
    karen.page.emulate_media(media="print")
    frame = karen.page.locator("main .table--responsive-scroll")
    assert frame.evaluate("it => getComputedStyle(it).overflowX") == "visible", "nothing is clipped"


PRINTED = ("/advice/doere-og-vinduer/", "/neighbours/slip/", "/progress/", "/dashboard/")


def test_a_button_prints_what_is_printed_often(seat: Seating) -> None:
    karen = seat()
    is_one_of_the_cast(karen, "Karen Koch")
    karen.page.add_init_script(NOTE_THE_PRESS)
    for path in PRINTED:
        karen.opens(path).presses("Print the slip" if "slip" in path else "Print this page")
        assert karen.page.locator("body").get_attribute("data-printed") == "yes", path


def test_without_scripts_there_is_no_dead_button(seat: Seating) -> None:
    karen = seat(scripts=False)
    is_one_of_the_cast(karen, "Karen Koch")
    for path in PRINTED:
        button = karen.opens(path).page.locator("[data-print]")
        assert (button.count(), button.is_visible()) == (1, False), path
