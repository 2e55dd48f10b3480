"""Asking for a new code: after half a minute, also after a wrong code, and alike for known and unknown addresses."""

import re

import pytest
from django.test import Client

from partnership.outbox.models import Message
from partnership.tests.cast import Cast, visit

ASK, TYPE = "/accounts/login/code/", "/accounts/login/code/confirm/"
UNKNOWN = "nobody@where.example"
LOG_IN = "account_login"
pytestmark = pytest.mark.django_db


def asked(email: str) -> Client:
    browser = visit(None)
    browser.post(ASK, {"email": email})
    return browser


def wait(browser: Client, seconds: int) -> None:
    session = browser.session
    session[LOG_IN] = {**session[LOG_IN], "initiated_at": session[LOG_IN]["initiated_at"] - seconds}
    session.save()


def again(browser: Client, page: str) -> str:
    """Press the button on the page, and return the page that it leads to without what differs each time."""
    email = re.search(r'name="email" value="([^"]+)"', page)[1]
    assert 'name="again"' in page
    answer = browser.post(ASK, {"email": email, "again": "1", "next": "/da/me/"}, follow=True)
    assert answer.redirect_chain == [(f"{TYPE}?next=%2Fda%2Fme%2F", 302)]
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", answer.content.decode()).replace(email, "the address")


def sent() -> int:
    return Message.objects.filter(kind__startswith="account.").count()


def codes(cast: Cast) -> list[str]:
    sent_to_ruth = Message.objects.filter(recipient=cast.ruth).order_by("pk")
    return [one.about["code"] for one in sent_to_ruth if "code" in one.about]


def test_a_new_code_is_sent_after_half_a_minute_and_only_the_newest_can_be_used(cast: Cast) -> None:
    browser = asked(cast.ruth.email)
    page = browser.get(TYPE).content.decode()
    again(browser, page)
    assert len(codes(cast)) == 1
    wait(browser, 31)
    assert "en ny kode på vej" in again(browser, page)
    first, second = codes(cast)
    browser.post(TYPE, {"code": first})
    assert browser.get("/da/me/").status_code == 302
    browser.post(TYPE, {"code": second})
    assert browser.get("/da/me/").status_code == 200


def test_the_page_after_a_wrong_code_offers_a_new_one_too(cast: Cast) -> None:
    browser = asked(cast.ruth.email)
    wrong = browser.post(TYPE, {"code": "000000"}).content.decode()
    wait(browser, 31)
    again(browser, wrong)
    assert len(codes(cast)) == 2


@pytest.mark.parametrize("waited", [0, 31])
def test_a_known_address_and_an_unknown_one_get_the_same_page_and_as_many_emails(cast: Cast, waited: int) -> None:
    pages, emails = [], []
    for email in (cast.ruth.email, UNKNOWN):
        browser, before = asked(email), sent()
        wait(browser, waited)
        pages.append(again(browser, browser.get(TYPE).content.decode()))
        emails.append(sent() - before)
    assert pages[0] == pages[1]
    assert emails[0] == emails[1] == bool(waited)


def test_asking_again_counts_under_the_limit_of_the_mailbox(cast: Cast) -> None:
    for email in (cast.ruth.email, UNKNOWN):
        before, browser = sent(), asked(email)
        for _time in range(6):
            wait(browser, 31)
            again(browser, browser.get(TYPE).content.decode())
        assert sent() - before == 4


@pytest.mark.parametrize("email", ["", "ruth", "ruth@", "x" * 300 + "@where.example"])
def test_what_is_no_address_leaves_the_log_in_that_waits_for_its_code(cast: Cast, email: str) -> None:
    browser = asked(cast.ruth.email)
    wait(browser, 31)
    page = browser.post(ASK, {"email": email, "again": "1"}, follow=True)
    assert page.status_code == 200
    assert sent() == 1
    browser.post(TYPE, {"code": codes(cast)[0]})
    assert browser.get("/da/me/").status_code == 200


@pytest.mark.parametrize("name", ["karen", "ruth"])
def test_a_link_elsewhere_takes_no_second_factor_from_somebody_logged_in(cast: Cast, name: str) -> None:
    browser = visit(getattr(cast, name))
    page = "/da/staff/talks/" if name == "karen" else "/da/me/"
    assert browser.get(page).status_code == 200
    before = dict(browser.session)
    for query in ("own=x", "own="):
        assert browser.get(f"{ASK}?{query}").status_code == 302
    assert browser.get(page).status_code == 200
    assert dict(browser.session) == before
