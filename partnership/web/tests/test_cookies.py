"""A signed cookie returns its value until it expires, and nothing else."""

import time

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import RequestFactory

from partnership.web.cookies import SignedCookie

COOKIE = SignedCookie("asked", seconds=600)


def put(value: object) -> HttpResponse:
    response = HttpResponse()
    COOKIE.put(response, value, path="/da/talks/sent/")
    return response


def read(shown: str, cookie: SignedCookie = COOKIE) -> object:
    request = RequestFactory().get("/")
    request.COOKIES[cookie.name] = shown
    return cookie.read(request)


def test_a_browser_shows_again_what_we_put_there() -> None:
    assert read(put("ruth@randers.example").cookies["asked"].value) == "ruth@randers.example"
    assert COOKIE.read(RequestFactory().get("/")) is None


def test_no_script_and_no_other_site_reads_it(settings: LazySettings) -> None:
    settings.SESSION_COOKIE_SECURE = True
    made = put(7).cookies["asked"]
    kept = {name: made[name] for name in ("max-age", "path", "secure", "httponly", "samesite")}
    assert kept == {"max-age": 600, "path": "/da/talks/sent/", "secure": True, "httponly": True, "samesite": "Lax"}


def test_one_that_is_changed_or_another_s_or_too_old_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = put(7).cookies["asked"].value
    assert read(f"{shown}x") is None
    assert read(shown, SignedCookie("been_here", seconds=600)) is None
    later = time.time() + 601
    monkeypatch.setattr("time.time", lambda: later)
    assert read(shown) is None
