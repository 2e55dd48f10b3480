"""Who only reads gets no session and no cookie; the language of the log-in pages is in their address."""

import re

import pytest
from django.conf import settings

from entrance.models import BrowserSession
from partnership.outbox.models import Message
from partnership.tests.cast import Cast, visit
from partnership.tests.test_open_urls import every_address

pytestmark = pytest.mark.django_db
LOG_IN, CODE = "/accounts/login/", "/accounts/login/code/"


def test_reading_makes_no_session_and_sets_no_session_cookie(cast: Cast) -> None:
    """Every address without a part to fill in, also with languages and places to go on to."""
    read = 0
    for where, _pattern in every_address():
        if re.search(r"[<(\\]", where) or where.startswith("dev/"):
            continue
        for asked in ("", "?lang=sv", "?next=/sv/me/", "?lang=sv&next=/da/staff/talks/"):
            visitor = visit(None)
            visitor.get(f"/{where}{asked}")
            assert settings.SESSION_COOKIE_NAME not in visitor.cookies, where + asked
            read += 1
    assert read > 100
    assert not BrowserSession.objects.exists()


@pytest.mark.parametrize("asked", ["?lang=sv", "?next=/sv/me/", "?lang=sv&next=/da/me/"])
def test_the_language_leads_on_from_the_log_in_page_through_the_code(cast: Cast, asked: str) -> None:
    visitor = visit(None)
    page = visitor.get(f"{LOG_IN}{asked}")
    assert page.headers["Content-Language"] == "sv"
    onward = re.search(rf'action="({CODE}\?[^"]*)"', page.content.decode())[1].replace("&amp;", "&")
    asking = visitor.get(onward)
    assert asking.headers["Content-Language"] == "sv"
    posted = visitor.post(onward, {"email": cast.ruth.email, "next": "/sv/me/"})
    assert visitor.get(posted.headers["Location"]).headers["Content-Language"] == "sv"
    assert visitor.get(CODE + "confirm/").headers["Content-Language"] == "sv"


def test_an_unknown_language_is_none(cast: Cast) -> None:
    assert visit(None).get(f"{LOG_IN}?lang=xx").headers["Content-Language"] == "da"


def test_somebody_logged_in_keeps_the_language_they_chose(cast: Cast) -> None:
    karen = visit(cast.karen)
    assert karen.get("/accounts/2fa/?lang=en").headers["Content-Language"] == "en"
    assert karen.get("/accounts/2fa/").headers["Content-Language"] == "en"


ELSEWHERE = [
    "//evil.example/x", "///evil.example", "https:evil.example", "https://evil.example/", "/\\evil.example",
    "\\evil.example", "\\\\evil.example", "/\t/evil.example", " //evil.example", "javascript:alert(1)",
    "http://kalmar.localhost/sv/me/", "//kalmar.localhost/", "http://localhost/", "http://randers.localhost@evil.example",
    "http://randers.localhost.evil.example/", "http://randers.localhost:81/",
]  # fmt: skip


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_next_leads_to_no_other_host(cast: Cast, elsewhere: str) -> None:
    ruth = visit(cast.ruth)
    for answer in (ruth.get(LOG_IN, {"next": elsewhere}), ruth.post("/accounts/logout/", {"next": elsewhere})):
        assert answer.status_code == 302
        assert re.match(r"/(da|accounts)/", answer.headers["Location"]), answer.headers["Location"]
    visitor = visit(None)
    visitor.post(CODE, {"email": cast.ruth.email, "next": elsewhere})
    sent = Message.objects.get(kind="account.login_code")
    answer = visitor.post(f"{CODE}confirm/", {"code": sent.about["code"], "next": elsewhere})
    assert answer.headers["Location"] == "/da/me/"


@pytest.mark.parametrize("here", ["/da/staff/talks/?show=all&page=2", "http://randers.localhost/da/me/"])
def test_next_leads_on_here(cast: Cast, here: str) -> None:
    assert visit(cast.ruth).get(LOG_IN, {"next": here}).headers["Location"] == here
