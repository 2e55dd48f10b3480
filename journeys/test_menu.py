"""The menu: folded on a telephone, with scripts and without, and a part of the page on a wide screen."""

import pytest
from playwright.sync_api import Locator, expect

from journeys.portal import Portal
from journeys.reader import Reader, Seating


def advice(reader: Reader) -> Locator:
    return reader.page.get_by_role("link", name="Gode råd", exact=True).first


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_on_a_telephone_the_menu_unfolds_and_leads_on(portal: Portal, seat: Seating, scripts: bool) -> None:
    reader = seat(scripts=scripts, width=390)
    reader.opens("/talks/")
    expect(advice(reader)).to_be_hidden()
    reader.page.get_by_role("button", name="Menu").click()
    expect(reader.page.get_by_role("link", name="English")).to_be_visible()
    advice(reader).click()
    reader.stands_at("Make your home harder to break into")


def test_with_the_keyboard_the_menu_folds_when_it_is_left(portal: Portal, seat: Seating) -> None:
    reader = seat(width=390)
    reader.opens("/talks/")
    menu = reader.page.get_by_role("button", name="Menu")
    for leave in ("Escape", "Tab"):
        menu.focus()
        reader.page.keyboard.press("Enter")
        expect(advice(reader)).to_be_visible()
        if leave == "Tab":
            reader.page.get_by_role("link", name="Min side").focus()
        reader.page.keyboard.press(leave)
        expect(advice(reader)).to_be_hidden()


def test_on_a_wide_screen_nothing_is_folded(portal: Portal, seat: Seating) -> None:
    reader = seat()
    reader.opens("/talks/")
    expect(advice(reader)).to_be_visible()
    expect(reader.page.get_by_role("button", name="Menu")).to_be_hidden()
