"""Every form of ours that takes an email address is known here: its page must not reveal who is known."""

import uuid
from collections.abc import Callable

import pytest
from django import forms
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from neighbours.tests import builders as make
from partnership.tests.cast import Cast, visit
from partnership.tests.fields import every_form
from partnership.web import timing
from talks.tests.test_pages import typed
from talks.tests.test_receipt import wished

pytestmark = pytest.mark.django_db

# The forms of ours that take an address, with their pages.
# They see who is known anyway.
STAFF = {
    "neighbours.forms.correcting.CorrectForm",
    "neighbours.forms.slips.SlipForm",
    "neighbours.lists.checking.LineForm",
    "partnership.people.staff.details_forms.CorrectDetailsForm",
    "partnership.people.staff.details_forms.WriteDownForm",
}
# Its own tests compare the answers: entrance/tests/own_codes/test_changing_email.py.
LOGGED_IN = {"entrance.own_codes.forms.NewEmailForm"}
PAGES = {
    "entrance.codes.CodeForm": ["account_request_login_code"],
    "neighbours.forms.joining.JoinForm": ["neighbours:join"],
    "partnership.web.receipts.EmailForm": ["neighbours:sent", "talks:sent"],
    "talks.forms.changes.DeputyForm": ["talks:deputy"],
    "talks.forms.requests.RequestForm": ["talks:book"],
    "talks.forms.requests.WishForm": ["talks:wish"],
}


def takes_an_address(form: type[forms.BaseForm]) -> bool:
    return any(isinstance(field, forms.EmailField) for field in getattr(form, "base_fields", {}).values())


def test_every_form_that_takes_an_address_is_known_here() -> None:
    taking = [form for form in every_form() if takes_an_address(form)]
    # The libraries' own are closed, and the administration's are for staff; forms to build on have no page.
    ours = [form for form in taking if not form.__module__.startswith(("django.", "allauth."))]
    shown = [form for form in ours if not any(form in other.__mro__[1:] for other in ours)]
    assert {f"{form.__module__}.{form.__name__}" for form in shown} == {*PAGES, *STAFF, *LOGGED_IN}


# -- How long they take to answer ------------------------------------------------------------------------------------

CODE, CONFIRM = "/accounts/login/code/", "/accounts/login/code/confirm/"
WAITING = (CONFIRM, "/accounts/login/", CODE)
Sends = Callable[[Cast, str], object]


@pytest.fixture
def waited(settings, monkeypatch) -> list[float]:
    waits: list[float] = []
    monkeypatch.setattr(timing.time, "sleep", waits.append)
    settings.FORMS_TAKE_SECONDS = 1000
    return waits


def sends_to(page: str, form: Callable[..., dict[str, object]]) -> Sends:
    return lambda cast, email: visit(None).post(reverse(page), form(cast) | {"email": email})


def corrects_on(receipt: str, page: str, form: Callable[..., dict[str, object]]) -> Sends:
    """Return what sends a form with a wrong address, and corrects it on the receipt."""

    def correct(cast: Cast, email: str) -> object:
        browser = visit(None)
        browser.post(reverse(page), form(cast) | {"email": "wrong@where.example"})
        return browser.post(reverse(receipt), {"email": email, "submission": str(uuid.uuid4())})

    return correct


def to_join(cast: Cast) -> dict[str, object]:
    make.home(cast.vorup)
    return {**make.typed()}


def names_a_deputy(cast: Cast, email: str) -> object:
    page = reverse("talks:deputy", args=[cast.association.pk])
    return visit(cast.ruth).post(page, {"email": email, "name": "Frede"})


SENDS: dict[str, Sends] = {
    "account_request_login_code": lambda cast, email: visit(None).post(CODE, {"email": email}),
    "neighbours:join": sends_to("neighbours:join", to_join),
    "neighbours:sent": corrects_on("neighbours:sent", "neighbours:join", to_join),
    "talks:book": sends_to("talks:book", typed),
    "talks:deputy": names_a_deputy,
    "talks:sent": corrects_on("talks:sent", "talks:wish", wished),
    "talks:wish": sends_to("talks:wish", wished),
}


def test_how_each_page_with_such_a_form_is_sent_is_known_here() -> None:
    assert set(SENDS) == {page for pages in PAGES.values() for page in pages}


@pytest.mark.parametrize("page", SENDS)
def test_forms_answer_at_once_if_they_look_nobody_up(cast: Cast, waited: list[float], page: str) -> None:
    is_for_chair = page == "talks:deputy"
    url = reverse(page, args=[cast.association.pk] if is_for_chair else [])
    browser = visit(cast.ruth if is_for_chair else None)
    assert browser.get(url).status_code == 200
    browser.post(url, {"email": "no address", "name": "Frede"})
    browser.post(url)
    browser.put(url)
    assert not waited, "nobody was looked up"


@pytest.mark.parametrize("page", SENDS)
@pytest.mark.parametrize("is_known", [True, False])
def test_every_form_that_takes_an_address_answers_after_the_same_time(
    cast: Cast, waited: list[float], page: str, is_known: bool
) -> None:
    SENDS[page](cast, cast.frede.email if is_known else "nobody@where.example")
    sent = 2 if page.endswith(":sent") else 1
    assert [wait > 900 for wait in waited] == [True] * sent


def test_a_wrong_code_is_answered_after_the_same_time(cast: Cast, waited: list[float]) -> None:
    browser = visit(None)
    browser.post(CODE, {"email": cast.frede.email})
    waited.clear()
    browser.post(CONFIRM, {"code": "000000"})
    assert waited.pop() > 900


def test_no_page_that_is_only_read_keeps_a_thread_waiting(cast: Cast, waited: list[float]) -> None:
    for address in (cast.frede.email, "nobody@where.example"):
        browser = visit(None)
        browser.post(CODE, {"email": address})
        waited.clear()
        for page in WAITING:
            browser.get(page)
            browser.head(page)
        assert not waited, address


def test_a_log_in_that_waits_asks_as_much_for_somebody_as_for_nobody(cast: Cast) -> None:
    asked = {}
    for address in (cast.frede.email, "nobody@where.example"):
        browser = visit(None)
        browser.post(CODE, {"email": address})
        for page in WAITING:
            with CaptureQueriesContext(connection) as queries:
                browser.get(page)
            asked.setdefault(page, []).append(len(queries))
    assert {page: len(set(numbers)) for page, numbers in asked.items()} == dict.fromkeys(WAITING, 1), asked


def test_pages_of_a_waiting_log_in_are_limited_for_one_ip_address(cast: Cast, waited: list[float], settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"waiting_log_in": "3/m/ip"}
    browser = visit(None)
    browser.post(CODE, {"email": cast.frede.email})
    waited.clear()
    answers = [browser.post(CODE).status_code for _time in range(5)]
    assert answers == [302, 302, 302, 429, 429]
    assert len(waited) == 3
