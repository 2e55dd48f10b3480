"""Logging in by a code: however the person became known, and with the stored address only."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from partnership.outbox.models import Message
from partnership.people.actions.inviting import known_or_new
from partnership.people.models import User
from partnership.tests.cast import Cast, visit

ASK, TYPE = "/accounts/login/code/", "/accounts/login/code/confirm/"
pytestmark = pytest.mark.django_db


def log_in(person: User, email: str = "") -> Client:
    browser = visit(None)
    browser.post(ASK, {"email": email or person.email})
    sent = Message.objects.filter(recipient=person, kind="account.login_code").last()
    browser.post(TYPE, {"code": sent.about["code"] if sent else "000000"})
    return browser


def is_in(browser: Client) -> bool:
    return browser.get("/da/me/").status_code == 200


def test_who_was_made_known_by_joining_or_asking_for_a_talk_is_let_in_at_once(cast: Cast) -> None:
    vera = known_or_new(email="vera@randers.example", name="Vera", language="da", partnership=cast.randers)
    assert is_in(log_in(vera))
    assert is_in(log_in(vera))


def test_capital_letters_do_not_matter(cast: Cast) -> None:
    assert is_in(log_in(cast.ruth, "RUTH@Randers.example"))


def test_a_former_mailbox_lets_nobody_in(cast: Cast) -> None:
    EmailAddress.objects.create(user=cast.ruth, email="old@where.example", verified=True, primary=True)
    assert not is_in(log_in(cast.ruth, "old@where.example"))
    assert list(Message.objects.values_list("kind", "mailbox")) == [("account.unknown_account", "old@where.example")]


def test_staff_who_are_new_are_asked_for_their_invitation(cast: Cast) -> None:
    karen = log_in(cast.karen)
    for page in ("/da/dashboard/", "/accounts/2fa/totp/activate/"):
        assert karen.get(page).headers["Location"] == "/accounts/2fa/invitation/"
