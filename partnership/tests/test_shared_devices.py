"""What was sent from a browser that several people use is shown to its sender only, and forgotten soon."""

import importlib
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from neighbours.tests import builders as make
from partnership.tests.cast import Cast, slot, visit
from partnership.tests.house import module_name, sources
from partnership.web.receipts import COOKIE, Receipt
from talks.tests.test_pages import typed
from talks.tests.test_receipt import BOOK, WISH, wished
from talks.tests.test_receipt import SENT as ASKED

JOIN, JOINED, FINISHED = "/da/neighbours/join/", "/da/neighbours/join/sent/", "/da/finished/"
SENDER = "vera@randers.example"


@dataclass(frozen=True)
class Sent:
    """The receipt of a form: `typed` returns what is typed into the form, and with `faulty` it comes back."""

    receipt: str
    typed: Callable[..., dict[str, object]]
    faulty: dict[str, str]

    def typed_with_a_fault(self, cast: Cast) -> dict[str, object]:
        return self.typed(cast, **self.faulty)


def to_join(cast: Cast, **changes: str) -> dict[str, object]:
    if not cast.vorup.addresses.exists():
        make.home(cast.vorup)
    return {**make.typed(**changes)}


RECEIPTS = {
    JOIN: Sent(JOINED, to_join, {"name": ""}),
    BOOK: Sent(ASKED, typed, {"homes": "x", "slot": "none"}),
    WISH: Sent(ASKED, wished, {"homes": "x"}),
}


@pytest.fixture(params=RECEIPTS)
def sent(request: pytest.FixtureRequest, cast: Cast) -> tuple[Client, str]:
    """Return a browser from which a form was sent, and its receipt."""
    one, browser = RECEIPTS[request.param], visit(None)
    assert browser.post(request.param, one.typed(cast) | {"email": SENDER}).url == one.receipt
    return browser, one.receipt


def shows(browser: Client) -> bool:
    """Return whether any page shows what was sent."""
    pages = [*(one.receipt for one in RECEIPTS.values()), *(f"{form}?again" for form in RECEIPTS)]
    return any(SENDER in browser.get(page).content.decode() for page in pages)


def test_every_form_with_a_receipt_is_known_here() -> None:
    modules = [importlib.import_module(module_name(path)) for path in sources() if "views" in path.parts]
    receipts = {one for module in modules for one in vars(module).values() if isinstance(one, Receipt)}
    known = Counter(one.receipt for one in RECEIPTS.values())
    with translation.override("da"):
        assert {reverse(one.page): len(one.names) for one in receipts} == known


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
    faulty = RECEIPTS[form].typed_with_a_fault(cast)
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
