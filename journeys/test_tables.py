"""Long lists of the staff: cards on a telephone, one line a row on a desk."""

import pytest

from journeys.reader import Seating
from journeys.second_factor import is_one_of_the_cast

LISTS = ("/staff/talks/", "/staff/helpers/", "/staff/messages/?show=all", "/staff/talks/afterwards/", "/dashboard/")
# Frames of tables that are wider than they show, without a name, the keyboard or a shadow that says so.
UNSAID = """() => [...document.querySelectorAll('main :has(> table)')].filter(it => it.scrollWidth > it.clientWidth + 1
  && !((it.tagName === 'SECTION' || it.getAttribute('role') === 'region') && it.tabIndex === 0
    && (it.ariaLabel || document.getElementById(it.getAttribute('aria-labelledby'))?.textContent.trim())
    && getComputedStyle(it).backgroundAttachment.includes('local'))).map(it => it.outerHTML.slice(0, 200))"""
LABELS = "it => getComputedStyle(it, '::before').content.replaceAll('\"', '')"
# The heights of the rows whose cells hold one line each.
HEIGHTS = """() => [...document.querySelectorAll('main .table tbody tr')]
  .filter(row => [...row.cells].every(cell => cell.clientHeight < 48)).map(row => row.getBoundingClientRect().height)"""


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_telephone_a_list_is_cards_or_says_that_it_scrolls(seat: Seating, width: int) -> None:
    karen = seat(width=width)
    is_one_of_the_cast(karen, "Karen Koch")
    for path in LISTS:
        karen.opens(path)
        assert karen.page.locator("main table").count() > 0
        karen.page.evaluate("document.querySelectorAll('details').forEach(it => { it.open = true })")
        assert karen.page.evaluate(UNSAID) == [], path
        for table in karen.page.locator("main .table--responsive-scroll").all():
            assert table.evaluate("it => it.scrollWidth <= it.clientWidth"), f"{path} needs no scrolling"
        for cell in karen.page.locator("main .table--responsive-scroll tbody tr:first-child td:not(:empty)").all():
            assert cell.evaluate(LABELS) == cell.get_attribute("data-title"), path


def test_on_a_desk_a_row_of_one_line_takes_36_px(seat: Seating) -> None:
    karen = seat()
    is_one_of_the_cast(karen, "Karen Koch")
    for path in LISTS:
        heights = karen.opens(path).page.evaluate(HEIGHTS)
        assert all(height <= 36 for height in heights), (path, max(heights))
    assert heights
