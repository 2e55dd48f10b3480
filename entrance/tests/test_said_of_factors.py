"""Pages of second factors offer only what somebody has, and say what it means that the last one goes."""

import json
import re

import pytest
from allauth.account.internal.flows import reauthentication
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client
from fido2.utils import websafe_encode

from entrance.tests.keys import a_passkey
from entrance.tests.signing_keys import Key, asked_to_log_in
from partnership.outbox.models import Message
from partnership.people.models import User
from partnership.people.tests.looking_up import open_in_administration
from partnership.tests.cast import Cast, visit

pytestmark = pytest.mark.django_db
SHOW, KEY = "/accounts/2fa/authenticate/", "/accounts/2fa/webauthn/login/"
LAST = "Det er den sidste, du har."


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def shown_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader has shown a factor again a moment ago."""
    monkeypatch.setattr(reauthentication, "is_reauthentication_required", lambda *_args, **_more: False)


def with_code(person: User) -> Client:
    """Return a browser in which the person has typed a code, and is asked for a second factor."""
    EmailAddress.objects.get_or_create(user=person, email=person.email, verified=True, primary=True)
    client = visit(None)
    client.post("/accounts/login/code/", {"email": person.email})
    code = Message.objects.filter(kind="account.login_code").latest("pk").about["code"]
    assert client.post("/accounts/login/code/confirm/", {"code": code}).headers["Location"] == SHOW
    return client


def an_app(person: User) -> Authenticator:
    return TOTP.activate(person, generate_totp_secret()).instance


def test_only_the_factors_that_somebody_has_are_offered(cast: Cast) -> None:
    an_app(cast.karen)
    page = with_code(cast.karen).get(SHOW).content.decode()
    assert "de seks cifre" in page
    assert "mfa_webauthn_authenticate" not in page
    a_passkey(cast.palle)
    page = with_code(cast.palle).get(SHOW).content.decode()
    assert "de seks cifre" not in page
    assert "mfa_webauthn_authenticate" in page


def test_a_passkey_that_is_not_theirs_is_said_to_be_unknown(cast: Cast) -> None:
    a_passkey(cast.palle)
    client = with_code(cast.palle)
    client.get(SHOW)
    nonsense = {"credential": json.dumps({"id": "x"})}
    page = client.post(SHOW, nonsense).content.decode()
    assert "Vi kunne ikke læse" in page
    assert "Koden er forkert" not in page
    assert "Vi kunne ikke læse" in visit(None).post(KEY, nonsense, follow=True).content.decode()
    client, owner = visit(None), websafe_encode(b"nobody")
    signed = {"credential": json.dumps(Key().signed(asked_to_log_in(client), of=owner))}
    assert "Vi kender ikke adgangsnøglen" in client.post(KEY, signed, follow=True).content.decode()


@pytest.mark.parametrize("where", ["/accounts/login/", SHOW])
def test_one_that_fails_in_the_browser_has_a_sentence_to_be_shown(cast: Cast, where: str) -> None:
    a_passkey(cast.palle)
    page = (with_code(cast.palle) if where == SHOW else visit(None)).get(where).content.decode()
    words = page.partition('<template id="key-failed-words">')[2].partition("</template>")[0]
    assert "Adgangsnøglen blev ikke brugt." in words
    assert "Prøv igen" in words
    assert '<div role="alert" id="key-failed"></div>' in page
    assert "js/key_failed.js" in page


@pytest.mark.usefixtures("shown_again")
def test_before_the_last_factor_of_staff_goes_they_read_who_lets_them_in_again(cast: Cast) -> None:
    an_app(cast.palle)
    off = "/accounts/2fa/totp/deactivate/"
    assert LAST in visit(cast.palle).get(off).content.decode()
    key = a_passkey(cast.palle)
    browser = visit(cast.palle)
    assert LAST not in browser.get(off).content.decode()
    remove = f"/accounts/2fa/webauthn/keys/{key.pk}/remove/"
    assert LAST not in browser.get(remove).content.decode()
    Authenticator.objects.filter(user=cast.palle, type="totp").delete()
    page = browser.get(remove).content.decode()
    assert LAST in page
    assert "når en administrator har givet dig otte nye cifre" in page


@pytest.mark.usefixtures("shown_again")
def test_who_has_no_role_is_not_warned(cast: Cast) -> None:
    an_app(cast.helle)
    page = visit(cast.helle).get("/accounts/2fa/totp/deactivate/").content.decode()
    assert 'id="main"' in page or "<h1" in page
    assert LAST not in page


@pytest.mark.usefixtures("shown_again")
def test_recovery_codes_are_grouped_and_printed_and_it_is_said_how_many_are_left(cast: Cast) -> None:
    an_app(cast.karen)
    codes = RecoveryCodes.activate(cast.karen).get_unused_codes()
    page = visit(cast.karen).get("/accounts/2fa/recovery-codes/").content.decode()
    assert f"<li>{codes[0][:4]} {codes[0][4:]}</li>" in page
    assert "data-print" in page
    client = with_code(cast.karen)
    page = client.post(SHOW, {"code": f"{codes[0][:4]} {codes[0][4:]}"}, follow=True).content.decode()
    assert "Du har 9 reservekoder tilbage." in page


def test_deleting_factors_names_all_that_go_and_leads_to_the_person(cast: Cast) -> None:
    app, key = an_app(cast.karen), a_passkey(cast.karen)
    RecoveryCodes.activate(cast.karen)
    anne = visit(cast.anne)
    where = f"/admin/entrance/secondfactor/{key.pk}/delete/"
    page = open_in_administration(anne, where)
    named = page.partition("<main")[2]
    assert all(words in named for words in ("Karen", "Key", str(app), "eservekoder"))
    gone = anne.post(where, {"post": "yes"})
    assert gone.headers["Location"] == f"/admin/people/user/{cast.karen.pk}/change/"
    page = anne.get(gone.headers["Location"]).content.decode()
    assert "Alle ekstra login-trin for Karen er fjernet" in page
    assert f"/admin/entrance/invitation/add/?person={cast.karen.pk}" in page
    assert not Authenticator.objects.filter(user=cast.karen).exists()


def test_days_of_factors_are_in_words_and_the_reader_is_greeted_by_name(cast: Cast) -> None:
    key = a_passkey(cast.karen)
    page = open_in_administration(visit(cast.anne), f"/admin/entrance/secondfactor/{key.pk}/change/")
    assert "+00:00" not in page
    assert not re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d", page)
    assert "<strong>Anne</strong>" in page
