"""What was sent from a browser that several people use is shown to its sender only, and forgotten soon."""

import time

import pytest
from django.test import Client

from neighbours.tests import builders as make
from partnership.tests.cast import Cast, slot, visit
from partnership.web.receipts import COOKIE
from talks.tests.test_pages import typed
from talks.tests.test_receipt import BOOK, WISH, asks, wished
from talks.tests.test_receipt import SENT as ASKED

JOIN, JOINED, FINISHED = "/da/neighbours/join/", "/da/neighbours/join/sent/", "/da/finished/"
SENDER = "vera@randers.example"
RECEIPTS = {JOIN: JOINED, BOOK: ASKED, WISH: ASKED}


@pytest.fixture(params=RECEIPTS)
def sent(request: pytest.FixtureRequest, cast: Cast) -> tuple[Client, str]:
    """Return a browser from which a form was sent, and its receipt."""
    if request.param == JOIN:
        make.home(cast.vorup)
        browser = visit(None)
        browser.post(JOIN, make.typed(email=SENDER))
    else:
        browser = asks(cast, request.param, SENDER)
    return browser, RECEIPTS[request.param]


def shows(browser: Client) -> bool:
    """Return whether any page shows what was sent."""
    return any(SENDER in browser.get(page).content.decode() for page in (JOINED, ASKED, f"{JOIN}?again"))


def test_the_receipt_shows_it_until_the_sender_is_finished(sent: tuple[Client, str]) -> None:
    browser, receipt = sent
    page = browser.get(receipt)
    assert SENDER in page.content.decode()
    assert f'href="{FINISHED}"' in page.content.decode()
    browser.get(FINISHED)
    assert not shows(browser)
    assert f'href="{FINISHED}"' not in browser.get(receipt).content.decode()


def test_a_log_in_that_begins_and_one_that_ends_forget_it(sent: tuple[Client, str], cast: Cast) -> None:
    browser, _receipt = sent
    kept = browser.cookies[COOKIE.name].value
    browser.post("/accounts/login/code/", {"email": cast.ruth.email})
    assert not shows(browser)
    browser.cookies[COOKIE.name] = kept
    browser.force_login(cast.ruth)
    assert shows(browser), "the control"
    browser.post("/accounts/logout/")
    assert not shows(browser)


@pytest.mark.parametrize("form", RECEIPTS)
def test_a_form_that_somebody_else_begins_forgets_it(sent: tuple[Client, str], cast: Cast, form: str) -> None:
    """Also if it comes back with an error. The same address or name is the sender, who corrects something."""
    browser, _receipt = sent
    faulty = {JOIN: make.typed(name=""), BOOK: typed(cast, homes="x", slot="none"), WISH: wished(cast, homes="x")}[form]
    assert browser.post(form, faulty | {"email": SENDER.upper()}).status_code < 500
    assert shows(browser)
    browser.post(form, faulty | {"email": "other@randers.example", "name": ""})
    assert not shows(browser)


def test_a_form_that_is_sent_forgets_what_another_form_was_sent_with(cast: Cast) -> None:
    make.home(cast.vorup)
    browser = visit(None)
    browser.post(JOIN, make.typed(email=SENDER))
    assert shows(browser)
    browser.post(BOOK, typed(cast))
    assert not shows(browser)


def test_it_is_forgotten_after_twenty_minutes(sent: tuple[Client, str], monkeypatch: pytest.MonkeyPatch) -> None:
    browser, _receipt = sent
    assert browser.cookies[COOKIE.name]["max-age"] == 20 * 60
    later = time.time() + 20 * 60 + 1
    monkeypatch.setattr("time.time", lambda: later)
    assert not shows(browser)


def test_the_back_button_asks_us_for_the_page_again(sent: tuple[Client, str]) -> None:
    browser, receipt = sent
    for page in (receipt, *RECEIPTS, FINISHED):
        assert "no-store" in browser.get(page).headers["Cache-Control"], page


def test_once_it_is_forgotten_the_browser_does_not_fill_in_the_form(sent: tuple[Client, str], cast: Cast) -> None:
    """On the way back browsers show what was typed, unless the form says not to."""
    browser, _receipt = sent
    slot(cast.speaker, days=80)
    for has_finished in (False, True):
        for form in RECEIPTS:
            shown = browser.get(form).content.decode().partition("<main")[2]
            assert ('autocomplete="off"' in shown) is has_finished, form
        browser.get(FINISHED)
