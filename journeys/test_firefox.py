"""Joining, booking and progress in a second engine; everything else is walked in Chromium."""

from collections.abc import Iterator

import pytest
from marionette_driver import By
from marionette_driver.marionette import Marionette

from devtools import browsers
from devtools.running import free_port
from journeys.firefox import FirefoxReader
from journeys.portal import Portal

# The narrow one is the narrowest that Firefox makes a window.
WIDTHS = (1280, 500)


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Marionette]:
    program = browsers.find_firefox()
    if program is None:
        pytest.skip(browsers.FIREFOX_MISSING)
    log = tmp_path_factory.mktemp("firefox") / "gecko.log"
    firefox = Marionette(bin=program, headless=True, port=free_port(), gecko_log=str(log))
    try:
        firefox.start_session()
        yield firefox
    finally:
        firefox.instance.close(clean=True)


@pytest.fixture
def reader(portal: Portal, window: Marionette) -> FirefoxReader:
    window.set_window_rect(width=WIDTHS[0], height=900)
    window.navigate(portal.url("randers"))
    window.delete_all_cookies()
    return FirefoxReader(window, "randers", "da", portal.url("randers"))


def looks_right(reader: FirefoxReader, name: str) -> None:
    """Check at both widths that everything fits."""
    for width in WIDTHS:
        reader.window.set_window_rect(width=width, height=900)
        assert reader.faults(f"{name}-{width}") == []
    reader.window.set_window_rect(width=WIDTHS[0], height=900)


def test_a_citizen_becomes_a_helper(portal: Portal, reader: FirefoxReader) -> None:
    email = "nina-firefox@nyhelper.example"
    reader.opens("/")
    looks_right(reader, "front")
    reader.follows("Become a neighbour helper")
    reader.stands_at("Become a neighbour helper")
    looks_right(reader, "join")
    reader.writes("Your name", "Nina Nyboe")
    reader.writes("Your email address", email)
    reader.writes("Street and house number", "Eksempelvej 18")
    reader.writes("Postcode", "8900")
    reader.presses("Become a neighbour helper")
    assert reader.texts("[data-module=error-summary] li"), "the consent is missing"
    looks_right(reader, "join-with-errors")
    for answer in ("[name=was_helper][value=no]", "[name=consent]"):
        reader.window.find_element(By.CSS_SELECTOR, f"main {answer} + label").click()
    reader.presses("Become a neighbour helper")
    reader.stands_at("Check your inbox")

    message = portal.mailbox.received(email, reader.words("One more step, and you are a neighbour helper"))
    reader.goes_to(message.link("/confirm/"))
    reader.presses("Yes, I will be a neighbour helper")
    reader.stands_at("My page")
    looks_right(reader, "me")
    reader.presses("I have done it")
    assert reader.words("Well done. It is ticked for today.") in reader.window.find_element(By.TAG_NAME, "main").text


# How far the heading of each group of questions stands below the top of the group.
GAPS = """return [...document.querySelectorAll('main fieldset > legend.h3')].map(it =>
  it.getBoundingClientRect().top - it.parentElement.getBoundingClientRect().top)"""


def test_a_chair_asks_for_a_talk(portal: Portal, reader: FirefoxReader) -> None:
    email = "bodil-firefox@randers-grundejere.example"
    reader.opens("/talks/")
    looks_right(reader, "talks")
    reader.window.find_elements(By.CSS_SELECTOR, ".evening a")[-1].click()
    reader.stands_at("Ask for a talk")
    looks_right(reader, "book")
    gaps = reader.window.execute_script(GAPS)
    assert gaps
    assert max(gaps) < 1
    reader.ticks("How to make a burglary harder")
    reader.writes("Name of the association", "Grundejerforeningen Bøgen i Firefox")
    reader.picks("What kind of association is it?", "homeowners’ association")
    reader.writes("How many homes does it have?", "48")
    reader.picks("Local area", "Sankt Peders")
    reader.writes("Where will the talk take place?", "Fælleshuset, Bøgevej 1")
    reader.writes("Your name", "Bodil Bøg")
    reader.writes("Your email", email)
    reader.presses("Ask for this evening")
    reader.stands_at("Check your inbox")

    reader.goes_to(portal.mailbox.received(email, reader.words("Confirm your request for a talk")).link("/verify/"))
    reader.presses("Confirm my request")
    reader.stands_at("Thank you. We have your request.")


# The parts of a drawing that have no size, or text that stands outside its figure.
NOT_DRAWN = """return [...document.querySelectorAll('.chart text, .chart rect, .chart circle')].filter(it => {
  const box = it.getBoundingClientRect(), frame = it.closest('figure, .tile').getBoundingClientRect()
  return !box.height || box.left < frame.left - 1 || box.right > frame.right + 1
}).map(it => it.outerHTML)"""


def test_anyone_reads_how_it_is_going(reader: FirefoxReader) -> None:
    reader.opens("/progress/")
    assert len(reader.texts("figure")) >= 3
    for width in WIDTHS:
        reader.window.set_window_rect(width=width, height=900)
        assert reader.window.execute_script(NOT_DRAWN) == []
    table = reader.window.find_element(By.CSS_SELECTOR, ".chart-table table")
    assert not table.is_displayed()
    reader.window.find_element(By.CSS_SELECTOR, ".chart-table summary").click()
    assert table.is_displayed()
    looks_right(reader, "progress")
    assert reader.window.find_element(By.CSS_SELECTOR, "[data-print]").is_displayed(), "it can be printed"
