"""Pages without a form can be cached: the same for everyone, without a cookie."""

import http.client
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserType

from devtools import browsers
from journeys.portal import HOST, Portal
from journeys.reader import Reader, Seating
from journeys.second_factor import is_one_of_the_cast
from journeys.stops import WITHOUT_A_FORM, Stop
from journeys.test_joining import fills_in_the_form

LANGUAGES = ("da", "sv", "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stop", WITHOUT_A_FORM, ids=lambda stop: stop.name)
def test_a_page_without_a_form_sets_no_cookie_and_varies_on_encoding_only(
    portal: Portal, stop: Stop, language: str
) -> None:
    answer = _fetch(portal, f"/{language}{stop.path}", {})
    assert answer.status == 200
    assert answer.headers["Set-Cookie"] is None
    assert (answer.headers["Vary"] or "").lower() in ("", "accept-encoding")


def test_it_is_the_same_page_for_somebody_with_a_cookie_and_another_language_of_browser(portal: Portal) -> None:
    plain = _fetch(portal, "/da/neighbours/", {}).read()
    other = _fetch(portal, "/da/neighbours/", {"Cookie": "sessionid=abc", "Accept-Language": "sv"}).read()
    assert plain == other


def test_a_visitor_who_only_reads_is_given_no_cookie(seat: Seating) -> None:
    reader = seat()
    for stop in WITHOUT_A_FORM:
        reader.opens(stop.path)
    assert reader.page.context.cookies() == []


@pytest.fixture
def remembering(browser_type: BrowserType, browser_type_launch_args: dict, portal: Portal) -> Iterator[Reader]:
    """A reader whose browser keeps whole pages for its Back button, as browsers do; Playwright's do not."""
    kept = {"executable_path": browsers.find_whole(), "ignore_default_args": ["--disable-back-forward-cache"]}
    browser = browser_type.launch(**browser_type_launch_args | kept)
    yield Reader(browser.new_page(), "randers", "da", portal.url("randers"))
    browser.close()


def goes_back(reader: Reader) -> bool:
    """Press Back; return whether the browser has shown the page that it kept, without asking for it."""
    # The page that is left may have come by Back itself.
    reader.page.evaluate("window.isLeft = true; history.back()")
    came_back = "performance.getEntriesByType('navigation')[0].type == 'back_forward' || window.seen"
    reader.page.wait_for_function(f"!window.isLeft && ({came_back})")
    return reader.page.evaluate("window.seen === true")


def test_the_back_button_shows_nothing_after_logging_out(remembering: Reader) -> None:
    reader, page = remembering, remembering.page
    # The control: a page that anybody may keep is shown from memory.
    reader.opens("/neighbours/")
    page.evaluate("window.seen = true")
    reader.opens("/talks/")
    assert goes_back(reader)
    is_one_of_the_cast(reader, "Karen Koch")
    for path in ("/staff/helpers/", "/me/"):
        reader.opens(path)
    page.evaluate("window.seen = true")
    assert "Karen Koch" in page.content()
    reader.presses("Log out")
    assert not goes_back(reader)
    reader.stands_at("Log in")
    assert "Karen Koch" not in page.content()


def _fetch(portal: Portal, path: str, headers: dict[str, str]) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(HOST, portal.port, timeout=15)
    connection.request("GET", path, headers={"Host": f"randers.localhost:{portal.port}", **headers})
    return connection.getresponse()


def test_the_back_button_shows_nothing_of_a_form_once_its_sender_is_finished(remembering: Reader) -> None:
    reader = remembering
    reader.opens("/neighbours/join/")
    fills_in_the_form(reader, "Nina Nyboe", "nina-back@nyhelper.example", "Eksempelvej 12", "8900")
    reader.sees("nina-back@nyhelper.example")
    reader.follows("I am finished")
    reader.stands_at("You are finished here")
    for _page in ("the receipt", "the form"):
        assert not goes_back(reader)
        reader.page.wait_for_load_state()
        assert "nina-back" not in reader.page.content()
        typed = reader.page.eval_on_selector_all("input", "all => all.map(one => one.value).join(' ')")
        assert "nina" not in typed.lower()
