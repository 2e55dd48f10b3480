"""The second factor: connecting the first one counts as using it, connecting another does not."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils.html import escape

from entrance.actions.inviting import invite
from entrance.tests.codes import code_of
from partnership import clock
from partnership.tests.cast import Cast, visit

CONNECT = "/accounts/2fa/totp/activate/"
CODES = "/accounts/2fa/recovery-codes/"
STAFF = "/da/dashboard/"
INVITATION = "/accounts/2fa/invitation/"


def connect_an_app(client: Client) -> str:
    """Connect an authenticator app as its page asks for it; return where that leads."""
    page = client.get(CONNECT).content.decode()
    secret = re.search(r'class="secret"[^>]*>\s*([A-Z2-7 ]+)', page)[1].replace(" ", "")
    return client.post(CONNECT, {"code": code_of(secret)}).headers["Location"]


def shown(client: Client) -> list[dict]:
    records = client.session.get("account_authentication_methods", [])
    return [record for record in records if record["method"] == "mfa"]


def invited(cast: Cast) -> Client:
    """Return Karen's browser, with the code of an invitation typed."""
    karen = visit(cast.karen, second_factor=False)
    assert karen.get(STAFF).headers["Location"] == INVITATION
    code = invite(person=cast.karen, by=cast.anne, now=clock.now())
    assert karen.post(INVITATION, {"code": code}).headers["Location"] == "/accounts/2fa/"
    return karen


@pytest.mark.django_db(transaction=True)
def test_somebody_who_has_just_connected_an_app_is_not_asked_for_it(cast: Cast) -> None:
    karen = invited(cast)
    assert connect_an_app(karen) == CODES
    assert karen.get(CODES).status_code == 200
    assert karen.get(STAFF).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_the_app_shows_the_partnership_s_name(cast: Cast) -> None:
    said = invited(cast).get(CONNECT).context["totp_url"]
    assert parse_qs(urlsplit(said).query)["issuer"] == [cast.randers.short_name]


@pytest.mark.django_db(transaction=True)
def test_the_app_on_the_same_telephone_opens_from_the_page_and_the_key_stands_in_groups_of_four(cast: Cast) -> None:
    page = invited(cast).get(CONNECT)
    assert f'href="{escape(page.context["totp_url"])}"' in page.content.decode()
    assert re.search(r'class="secret">([A-Z2-7]{4} ){7}[A-Z2-7]{4}<', page.content.decode())


@pytest.mark.django_db(transaction=True)
def test_the_first_recovery_codes_replace_none(cast: Cast) -> None:
    karen = invited(cast)
    connect_an_app(karen)
    page = karen.get(CODES).content.decode()
    assert "Dine reservekoder er klar." in page
    assert "De gamle" not in page


def test_the_page_of_second_factors_says_who_needs_one_and_leads_back(cast: Cast) -> None:
    pages = {who: visit(who).get("/accounts/2fa/?lang=en").content.decode() for who in (cast.karen, cast.ruth)}
    need = "You see other people’s data, so you need one of them."
    assert [need in page for page in pages.values()] == [True, False]
    for page in pages.values():
        assert "With a passkey you log in without a code by email." in page
        assert re.search(r'href="/\w+/me/">Back to my page', page)


@pytest.mark.django_db(transaction=True)
def test_after_connecting_an_app_the_way_goes_on_to_the_page_that_was_asked_for(cast: Cast) -> None:
    karen = invited(cast)
    go_on = f'href="{STAFF}"'
    assert go_on not in karen.get("/accounts/2fa/").content.decode().partition("<main")[2]
    connect_an_app(karen)
    for page in (CODES, "/accounts/2fa/"):
        assert go_on in karen.get(page).content.decode().partition("<main")[2]
    karen.get(STAFF)
    assert go_on not in karen.get("/accounts/2fa/").content.decode().partition("<main")[2]


@pytest.mark.django_db(transaction=True)
def test_the_next_session_is_asked(cast: Cast) -> None:
    connect_an_app(invited(cast))
    later = visit(cast.karen, second_factor=False)
    assert later.get(STAFF).headers["Location"].startswith("/accounts/2fa/reauthenticate/")


@pytest.mark.django_db(transaction=True)
def test_a_second_factor_added_without_using_the_first_opens_nothing(cast: Cast) -> None:
    Authenticator.objects.create(user=cast.karen, type=Authenticator.Type.WEBAUTHN, data={"name": "key"})
    karen = visit(cast.karen, second_factor=False)
    session = karen.session
    # A session that has just logged in, without the second factor.
    session["account_authentication_methods"] = [{"method": "code", "at": 4e9, "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(cast.karen.pk)
    session.save()
    connect_an_app(karen)
    assert Authenticator.objects.filter(user=cast.karen, type="totp").exists()
    assert shown(karen) == []
    assert karen.get(STAFF).headers["Location"].startswith("/accounts/2fa/reauthenticate/")
