"""Fifty guesses at the same moment, each on its own connection, are judged no more often than five one by one."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.account import forms as account_forms
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal import auth as recovery_codes
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client

from devtools.sms import Gateway
from entrance.tests.codes import code_of
from partnership import clock
from partnership.outbox.models import Message
from partnership.outbox.preferences import verifying
from partnership.outbox.preferences.reaching import set_channel
from partnership.people.models import User
from partnership.tests.cast import Cast, assemble, visit
from partnership.tests.crowd import all_at_once

CROWD, FEWER, TRIES = 50, 15, 5
ASK, TYPE = "/accounts/login/code/", "/accounts/login/code/confirm/"
FACTOR = "/accounts/2fa/reauthenticate/"
NUMBER = "/en/me/messages/number/"


@pytest.fixture
def cast(transactional_db: None) -> Iterator[Cast]:
    """Return the cast; afterwards delete the counts in the cache, whose table is not one of Django's models."""
    yield assemble()
    cache.clear()


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The guesses that were compared with a code, whichever form they were typed into."""
    seen: list[str] = []

    def noting(judge: Callable[..., Any], guess: Callable[..., str]) -> Callable[..., Any]:
        def noted(*args: Any, **kwargs: Any) -> Any:
            seen.append(guess(*args, **kwargs))
            return judge(*args, **kwargs)

        return noted

    typed = noting(account_forms.compare_user_code, lambda *, actual, expected: actual)
    monkeypatch.setattr(account_forms, "compare_user_code", typed)
    for kind in (totp, recovery_codes):
        by_factor = noting(kind.compare_user_code, lambda *, actual, expected: actual)
        monkeypatch.setattr(kind, "compare_user_code", by_factor)
    compare = verifying.hmac.compare_digest
    monkeypatch.setattr(verifying.hmac, "compare_digest", noting(compare, lambda _one, other: other))
    return seen


def like(browser: Client) -> Client:
    """Return another window of the same browser."""
    window = Client(headers={"host": "randers.localhost"})
    window.cookies.update(browser.cookies)
    return window


def guess_at_once(browser: Client, page: str, right: str, crowd: int = FEWER) -> None:
    windows = [like(browser) for _guess in range(crowd)]
    wrong = [f"{(int(right) + number) % 1_000_000:06d}" for number in range(1, crowd + 1)]
    outcomes = all_at_once(crowd, lambda number: windows[number].post(page, {"code": wrong[number]}).status_code)
    assert all(isinstance(status, int) and status < 500 for status in outcomes), outcomes


def is_in(browser: Client) -> bool:
    return browser.get("/da/me/").status_code == 200


def asked_for_code(person: User, email: str = "") -> tuple[Client, str]:
    browser = visit(None)
    browser.post(ASK, {"email": email or person.email})
    sent = Message.objects.filter(recipient=person, kind="account.login_code").last()
    return browser, sent.about["code"] if sent else "000000"


def test_a_code_to_log_in_also_when_the_cache_is_lost(cast: Cast, judged: list[str]) -> None:
    browser, code = asked_for_code(cast.ruth)
    guess_at_once(browser, TYPE, code, CROWD)
    cache.clear()
    guess_at_once(browser, TYPE, code)
    assert 1 <= len(judged) <= TRIES
    browser.post(TYPE, {"code": code})
    assert not is_in(browser)
    again, code = asked_for_code(cast.ruth)
    again.post(TYPE, {"code": code})
    assert is_in(again)


def test_four_wrong_and_the_right_one_open_the_door(cast: Cast) -> None:
    browser, code = asked_for_code(cast.ruth)
    for number in range(1, TRIES):
        browser.post(TYPE, {"code": f"{(int(code) + number) % 1_000_000:06d}"})
    browser.post(TYPE, {"code": f"{code[:3]} {code[3:]}"})
    assert is_in(browser)


def test_an_unknown_address_is_counted_as_a_known_one_is(cast: Cast) -> None:
    pages = []
    for email in (cast.ruth.email, "nobody@where.example"):
        browser, _code = asked_for_code(cast.ruth, email)
        answers = [browser.post(TYPE, {"code": "abc"}) for _guess in range(TRIES + 1)]
        pages.append([(answer.status_code, answer.headers.get("Location")) for answer in answers])
    assert pages[0] == pages[1]


def test_the_code_of_a_mobile_number(cast: Cast, judged: list[str], settings) -> None:
    with Gateway() as gateway:
        settings.SMS_URL = gateway.url
        set_channel(person=cast.helle, channel="sms", phone="12 34 56 78", language="en", now=clock.now())
        cast.helle.refresh_from_db()
        verifying.send_code(person=cast.helle, now=clock.now())
        code = Message.objects.get(kind="account.number_code").about["code"]
        browser = visit(cast.helle)
        guess_at_once(browser, NUMBER, code)
        browser.post(NUMBER, {"code": code})
    cast.helle.refresh_from_db()
    assert not cast.helle.phone_is_verified
    assert 1 <= len(judged) <= TRIES


def code_of_an_app(person: User) -> str:
    """Give the person an authenticator app, and return the code that it shows now."""
    made = totp.TOTP.activate(person, totp.generate_totp_secret())
    secret = get_adapter().decrypt(made.instance.data["secret"])
    return code_of(secret)


def test_an_app_and_the_recovery_codes(cast: Cast, judged: list[str]) -> None:
    code = code_of_an_app(cast.karen)
    recovery_codes.RecoveryCodes.activate(cast.karen)
    guess_at_once(visit(cast.karen, second_factor=False), FACTOR, code)
    assert 1 <= len(set(judged)) <= TRIES


@pytest.mark.parametrize("kind", [Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES])
def test_one_code_of_a_second_factor_opens_one_door(cast: Cast, kind: str) -> None:
    code = code_of_an_app(cast.karen)
    codes = recovery_codes.RecoveryCodes.activate(cast.karen)
    code = code if kind == Authenticator.Type.TOTP else codes.get_unused_codes()[0]
    factors = Authenticator.objects.filter(user=cast.karen, type=kind)
    assert all_at_once(FEWER, lambda _number: factors.get().wrap().validate_code(code)).count(True) == 1


def test_wrong_codes_of_one_person_lock_out_nobody_else_at_the_same_address(cast: Cast) -> None:
    """In a town hall all have one IP address."""
    code_of_an_app(cast.helle)
    window = visit(cast.helle, second_factor=False)
    for _guess in range(30):
        window.post(FACTOR, {"code": "000000"})
    code = code_of_an_app(cast.karen)
    karen = visit(cast.karen, second_factor=False)
    assert karen.post(FACTOR, {"code": code}).status_code == 302
