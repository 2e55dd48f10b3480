"""Whoever finds a browser open cannot make the first second factor and lock its owner out."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from entrance.tests.test_asking_again import ASK, TYPE, codes
from entrance.tests.test_second_factor import CONNECT, connect_an_app
from partnership.tests.cast import Cast, visit

ADD_KEY = "/accounts/2fa/webauthn/add/"
pytestmark = pytest.mark.django_db


def logged_in(cast: Cast, minutes_ago: int) -> Client:
    """Return the browser in which Ruth typed a code so long ago."""
    browser = visit(None)
    browser.post(ASK, {"email": cast.ruth.email})
    browser.post(TYPE, {"code": codes(cast)[-1]})
    session = browser.session
    for record in session["account_authentication_methods"]:
        record["at"] -= minutes_ago * 60
    session.save()
    return browser


def test_moments_after_the_code_a_citizen_connects_an_app(cast: Cast) -> None:
    connect_an_app(logged_in(cast, minutes_ago=2))
    assert Authenticator.objects.filter(user=cast.ruth, type="totp").exists()


@pytest.mark.parametrize("page", [CONNECT, ADD_KEY])
def test_later_a_new_code_is_asked_for_and_leads_back(cast: Cast, page: str) -> None:
    browser = logged_in(cast, minutes_ago=11)
    asked = browser.get(page, follow=True)
    assert asked.redirect_chain[0][0] == f"/accounts/login/?next={page}"
    assert "ny kode" in asked.content.decode()
    assert browser.get("/da/me/").status_code == 302
    browser.post(ASK, {"email": cast.ruth.email, "next": page})
    assert browser.post(TYPE, {"code": codes(cast)[-1], "next": page}).headers["Location"] == page
    assert browser.get(page).status_code == 200


def test_a_form_may_be_sent_a_little_later_but_not_hours_later(cast: Cast) -> None:
    assert logged_in(cast, minutes_ago=15).post(CONNECT, {"code": "000000"}).status_code == 200
    assert logged_in(cast, minutes_ago=60).post(CONNECT, {"code": "000000"}).status_code == 302


def test_a_log_in_by_a_link_is_no_code(cast: Cast) -> None:
    assert visit(cast.ruth, second_factor=False).get(CONNECT).status_code == 302


@pytest.mark.parametrize("page", [CONNECT, ADD_KEY])
def test_a_link_on_another_site_logs_nobody_out(cast: Cast, page: str) -> None:
    browser = logged_in(cast, minutes_ago=11)
    answer = browser.get(page, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.headers["Location"] == "/accounts/2fa/"
    assert browser.get("/da/me/").status_code == 200
    assert not Authenticator.objects.filter(user=cast.ruth).exists()
