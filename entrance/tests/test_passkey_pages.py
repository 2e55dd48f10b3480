"""The pages of passkeys answer whoever opens them, with a key or without, and whatever they send."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from entrance.tests.keys import a_passkey
from partnership.tests.cast import Cast, visit
from partnership.tests.test_open_urls import every_address

pytestmark = pytest.mark.django_db
SENT = (
    {},
    {"credential": ""},
    {"credential": "x"},
    *({"credential": json.dumps(one)} for one in (None, 1, [], "x", {}, {"id": 1}, {"id": "YSBrZXk", "response": {}})),
    {"credential": json.dumps({"id": "YSBrZXk", "rawId": "YSBrZXk", "type": "public-key", "response": {
        "authenticatorData": "eA", "signature": "eA", "clientDataJSON": "e30", "userHandle": "eA"}})},
    {"credential": json.dumps({"id": "YSBrZXk", "rawId": "YSBrZXk", "type": "public-key", "response": {
        "attestationObject": "eA", "clientDataJSON": "e30"}}), "name": "x"},
)  # fmt: skip


def test_a_key_is_added_to_log_in_by_unless_one_says_otherwise(cast: Cast) -> None:
    page = visit(cast.helle, second_factor=True).get("/accounts/2fa/webauthn/add/?lang=en").content.decode()
    box = re.search(r'<input type="checkbox"[^>]*name="passwordless"[^>]*>', page)[0]
    assert "checked" in box
    assert "Log in with this key alone" in page
    assert "Security Key" not in page
    assert 'href="/accounts/2fa/"' in page.partition("<main")[2]


@pytest.mark.slow
@pytest.mark.parametrize("has", ["nothing", "a key", "an app", "a key removed meanwhile", "recovery codes"])
def test_each_is_answered(cast: Cast, has: str) -> None:
    person = cast.helle
    if "key" in has:
        key = a_passkey(person)
    elif has != "nothing":
        Authenticator.objects.create(user=person, type="totp" if has == "an app" else "recovery_codes", data={})
    failed = []
    for where, _pattern in every_address():
        if not where.startswith("accounts/2fa/webauthn"):
            continue
        client: Client = visit(person)
        client.raise_request_exception = False
        path = "/" + re.sub(r"<int:\w+>", "1", where)
        statuses = [client.get(path).status_code]
        if "meanwhile" in has:
            key.delete()
        statuses += [client.post(path, sent).status_code for sent in SENT]
        if "meanwhile" in has:
            key = a_passkey(person)
        if max(statuses) >= 500:
            failed.append((path, statuses))
    assert failed == []


def test_without_javascript_no_button_promises_a_key(cast: Cast) -> None:
    """A script shows what only a script can do."""
    login = visit(None).get("/accounts/login/?lang=en").content.decode()
    hidden = login.partition("<div data-needs-script hidden>")[2].partition("</div>")[0]
    assert 'id="passkey_login"' in hidden
    assert login.count('id="passkey_login"') == 1
    main = login.partition("<main")[2].partition("</main")[0]
    assert "Log in with a code by email above" in main.partition("<noscript>")[2].partition("</noscript>")[0]
    assert "authenticator app" not in login
    assert "js/needs_script.js" in login
    adding = visit(cast.helle, second_factor=True).get("/accounts/2fa/webauthn/add/?lang=en").content.decode()
    assert re.search(r'<button[^>]*id="mfa_webauthn_add"[^>]* hidden', adding)
    assert "<noscript>" in adding
    assert "js/needs_script.js" in adding


def test_a_form_without_a_key_says_so_in_our_words_and_leads_on_where_one_was_going(cast: Cast) -> None:
    sent = {"next": "/en/me/", "credential": ""}
    browser = visit(None)
    answer = browser.post("/accounts/2fa/webauthn/login/?lang=en", sent)
    assert answer["Location"] == "/accounts/login/?next=%2Fen%2Fme%2F"
    page = browser.get(answer["Location"]).content.decode()
    assert "Your browser has sent no passkey, which needs JavaScript. Log in with a code by email instead." in page
    assert "This field is required" not in page
