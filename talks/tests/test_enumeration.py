"""The forms to ask for a talk do not reveal who is known: as much is written for every address."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnership.tests.cast import Cast, slot, visit
from partnership.tests.test_forms_that_take_an_address import PAGES
from partnership.web import timing
from talks.actions import bookings
from talks.models import Booking
from talks.tests.bookings import requested, unverified
from talks.tests.test_receipt import asks, corrects
from talks.tests.test_wishes import wished

pytestmark = pytest.mark.django_db
MOVES = 8  # of about 60: a request is moved to cancelled, and a slot that was only held is released
APART = 3  # statements, of about 35; without the rehearsals they are 6 to 10 apart
DAYS = [dt.date(2026, 12, 8), dt.date(2026, 12, 9)]


def booked(cast: Cast, email: str) -> None:
    unverified(cast, slot(cast.speaker, days=20 + Booking.objects.count()), email=email)


def wished_for(cast: Cast, email: str) -> None:
    wished(cast, verified=False, days=DAYS, email=email)


def statements(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len([one for one in captured if "SAVEPOINT" not in one["sql"]])


@pytest.fixture
def known(cast: Cast) -> dict[str, str]:
    """Return addresses of people who are known in different ways."""
    for days in (30, 31, 32):
        requested(cast, slot(cast.speaker, days=days), email=cast.helle.email)
        wished(cast, email=cast.helle.email)
    return {
        "chair of that association": cast.ruth.email,
        "chair of none": cast.frede.email,
        "at another partnership": cast.gunnar.email,
        "with three that wait": cast.helle.email,
    }


@pytest.mark.parametrize("ask", [booked, wished_for])
def test_as_much_is_written_for_known_as_for_unknown(cast: Cast, known: dict, ask: Callable, monkeypatch) -> None:
    slots = iter([slot(cast.speaker, days=days) for days in range(33, 60)])
    monkeypatch.setattr("talks.tests.test_enumeration.slot", lambda *_where, **_when: next(slots))
    ask(cast, "before@where.example")
    for again in ("first", "second"):
        unknown = statements(lambda: ask(cast, "unknown@where.example"))
        counted = {who: statements(lambda email=email: ask(cast, email)) for who, email in known.items()}
        apart = {who: count - unknown for who, count in counted.items() if abs(count - unknown) > APART}
        assert not apart, (again, unknown, counted)


@pytest.mark.parametrize("ask", [booked, wished_for])
def test_the_control_without_rehearsals_is_told_apart(cast: Cast, known: dict, ask: Callable, monkeypatch) -> None:
    reason = bookings.reason_not_to_take

    class Refused(Exception):
        pass

    def at_once(*args: object) -> str:
        if reason(*args):
            raise Refused
        return ""

    monkeypatch.setattr("talks.actions.bookings.reason_not_to_take", at_once)
    monkeypatch.setattr("talks.actions.wishes.reason_not_to_take", at_once)
    unknown = statements(lambda: ask(cast, "unknown@where.example"))

    def refused() -> None:
        with pytest.raises(Refused):
            ask(cast, known["at another partnership"])

    assert unknown - statements(refused) > APART


@pytest.mark.parametrize("page", ["/da/talks/book/", "/da/talks/wish/"])
def test_a_correction_costs_as_much_whoever_has_the_wrong_address(cast: Cast, known: dict, page: str) -> None:
    def correct(wrong: str, number: int) -> int:
        on = {"slot": slot(cast.speaker, days=70 + 5 * number).pk} if page == "/da/talks/book/" else {}
        browser = asks(cast, page, wrong, **on)
        return statements(lambda: corrects(browser, f"right@{number}.example"))

    unknown = correct("unknown@where.example", 0)
    counted = {who: correct(email, number) for number, (who, email) in enumerate(known.items(), start=1)}
    assert not {who: count - unknown for who, count in counted.items() if abs(count - unknown) > MOVES}, counted


def pages_of_forms(cast: Cast) -> list[tuple[str, str]]:
    """Return each page with such a form, and the name of who opens it; empty for a stranger."""
    of_chair = {"talks:deputy": [cast.association.pk]}
    names = [name for pages in PAGES.values() for name in pages]
    return [(reverse(name, args=of_chair.get(name)), "ruth" if name in of_chair else "") for name in names]


WAITING = ("/accounts/login/code/confirm/", "/accounts/login/", "/accounts/login/code/")


@pytest.fixture
def waited(settings, monkeypatch) -> list[float]:
    waits: list[float] = []
    monkeypatch.setattr(timing.time, "sleep", waits.append)
    settings.FORMS_TAKE_SECONDS = 1000
    return waits


def test_forms_answer_at_once_if_they_look_nobody_up(cast: Cast, waited: list[float]) -> None:
    pages = [(getattr(cast, who, None), page) for page, who in pages_of_forms(cast)]
    for who, page in pages:
        browser = visit(who)
        assert browser.get(page).status_code == 200
        assert not waited, page
        browser.post(page, {"email": "no address", "name": "Frede"})
        browser.post(page)
        browser.put(page)
        assert not waited, f"{page}: nobody was looked up"


def test_every_form_that_takes_an_address_answers_after_the_same_time(cast: Cast, waited: list[float]) -> None:
    for page, on in ((reverse("talks:book"), {"slot": slot(cast.speaker, days=70).pk}), (reverse("talks:wish"), {})):
        browser = asks(cast, page, "wrong@where.example", **on)
        assert waited.pop() > 900, page
        corrects(browser, "right@where.example")
        assert waited.pop() > 900, page
    asked = {"email": cast.frede.email, "name": "Frede"}
    visit(cast.ruth).post(reverse("talks:deputy", args=[cast.association.pk]), asked)
    assert waited.pop() > 900
    assert not waited
    browser = visit(None)
    browser.post("/accounts/login/code/", {"email": cast.frede.email})
    waited.clear()
    browser.post("/accounts/login/code/confirm/", {"code": "000000"})
    assert waited.pop() > 900


def test_no_page_that_is_only_read_keeps_a_thread_waiting(cast: Cast, waited: list[float]) -> None:
    for address in (cast.frede.email, "nobody@where.example"):
        browser = visit(None)
        browser.post("/accounts/login/code/", {"email": address})
        waited.clear()
        for page in WAITING:
            browser.get(page)
            browser.head(page)
        assert not waited, address


def test_a_log_in_that_waits_asks_as_much_for_somebody_as_for_nobody(cast: Cast) -> None:
    asked = {}
    for address in (cast.frede.email, "nobody@where.example"):
        browser = visit(None)
        browser.post("/accounts/login/code/", {"email": address})
        for page in WAITING:
            with CaptureQueriesContext(connection) as queries:
                browser.get(page)
            asked.setdefault(page, []).append(len(queries))
    assert {page: len(set(numbers)) for page, numbers in asked.items()} == dict.fromkeys(WAITING, 1), asked


def test_pages_of_a_waiting_log_in_are_limited_for_one_ip_address(cast: Cast, waited: list[float], settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"waiting_log_in": "3/m/ip"}
    browser = visit(None)
    browser.post("/accounts/login/code/", {"email": cast.frede.email})
    waited.clear()
    answers = [browser.post("/accounts/login/code/").status_code for _time in range(5)]
    assert answers == [302, 302, 302, 429, 429]
    assert len(waited) == 3
