"""Who finds a security key does not log in by it; a passkey that its owner has unlocked does."""

import datetime as dt
import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from entrance.models import BrowserSession
from entrance.passkeys.forms import CHOSEN
from entrance.tests.signing_keys import LOG_IN, TOUCHED, Key, add, asked_on, asked_to_log_in
from partnership import clock
from partnership.outbox.models import Message
from partnership.people.models import User
from partnership.retention import rules
from partnership.tests.cast import Cast, visit

pytestmark = pytest.mark.django_db(transaction=True)
SHOW = "/accounts/2fa/authenticate/"


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


def owned(person: User, *, alone: bool = True) -> tuple[Key, str]:
    """Return a key that the person has added, and what stands for the person in it."""
    key = Key()
    answer, owner = add(visit(person), key, alone=alone)
    assert answer.status_code == 302
    return key, owner


def sends(client: Client, credential: dict, where: str = LOG_IN) -> bool:
    """Return whether the browser is logged in after it has sent this."""
    assert client.post(where, {"credential": json.dumps(credential)}).status_code < 500
    return client.get("/da/me/").status_code == 200


def with_code(person: User) -> Client:
    """Return a browser in which the person has typed a code, and is asked for their key."""
    EmailAddress.objects.get_or_create(user=person, email=person.email, verified=True, primary=True)
    client = visit(None)
    client.post("/accounts/login/code/", {"email": person.email})
    code = Message.objects.filter(kind="account.login_code").latest("pk").about["code"]
    assert client.post("/accounts/login/code/confirm/", {"code": code}).headers["Location"] == SHOW
    return client


def test_a_passkey_that_is_chosen_for_it_and_unlocked_logs_in(cast: Cast) -> None:
    key, owner = owned(cast.helle)
    client = visit(None)
    assert sends(client, key.signed(asked_to_log_in(client), of=owner))


@pytest.mark.parametrize("alone, flags", [(True, TOUCHED), (False, TOUCHED | 4)], ids=["only touched", "not chosen"])
def test_another_does_not(cast: Cast, alone: bool, flags: int) -> None:
    key, owner = owned(cast.helle, alone=alone)
    client = visit(None)
    assert not sends(client, key.signed(asked_to_log_in(client), of=owner, flags=flags))


@pytest.mark.parametrize("flags", [TOUCHED, TOUCHED | 4])
def test_what_another_page_asks_logs_nobody_in(cast: Cast, flags: int) -> None:
    """The page after a code asks for a touch only. Who has an account and a found key must not answer it elsewhere."""
    found, owner = owned(cast.helle)
    owned(cast.frede)
    client = with_code(cast.frede)
    asked = asked_on(client.get(SHOW).content.decode())
    state = client.session["mfa.webauthn.state"]
    client.get("/accounts/login/code/?own")  # ends the log-in, which would lead back to its page
    session = client.session
    session["mfa.webauthn.state"] = state  # as where allauth itself ends a log-in
    session.save()
    assert not sends(client, found.signed(asked, of=owner, flags=flags))


def test_what_was_asked_in_one_log_in_is_not_answered_in_the_next(cast: Cast) -> None:
    key, owner = owned(cast.helle)
    client = with_code(cast.helle)
    asked = asked_on(client.get(SHOW).content.decode())
    assert client.get("/accounts/login/code/?own").status_code == 200
    assert "mfa.webauthn.state" not in client.session
    client.post("/accounts/login/code/", {"email": cast.helle.email})
    code = Message.objects.filter(kind="account.login_code").latest("pk").about["code"]
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert not sends(client, key.signed(asked, of=owner), SHOW)
    asked = asked_on(client.get(SHOW).content.decode())
    assert sends(client, key.signed(asked, of=owner), SHOW)


@pytest.mark.parametrize("can, logs_in", [(True, True), (False, False), (None, True)])
def test_of_an_older_passkey_the_browser_has_said_whether_it_can(cast: Cast, can: bool | None, logs_in: bool) -> None:
    key, owner = owned(cast.helle)
    row = Authenticator.objects.get(type="webauthn")
    row.data["credential"].pop(CHOSEN, 0)
    row.data["credential"]["clientExtensionResults"] = {} if can is None else {"credProps": {"rk": can}}
    row.save()
    client = visit(None)
    assert sends(client, key.signed(asked_to_log_in(client), of=owner)) == logs_in


@pytest.mark.parametrize("odd", [{"flags": TOUCHED}, {"algorithm": -257}], ids=["without a key", "of no algorithm"])
def test_a_key_with_which_nobody_could_log_in_is_not_added(cast: Cast, odd: dict[str, int]) -> None:
    client = visit(cast.helle)
    client.raise_request_exception = False
    answer, _owner = add(client, Key(), **odd)
    assert answer.status_code == 200
    assert not Authenticator.objects.exists()


def test_a_broken_key_that_was_added_before_is_refused(cast: Cast) -> None:
    key, owner = owned(cast.helle)
    row = Authenticator.objects.get(type="webauthn")
    asked = {"challenge": "eA"}
    row.data["credential"]["response"] = key.made(asked, algorithm=-257)["response"]
    row.save()
    client = visit(None)
    client.raise_request_exception = False
    assert not sends(client, key.signed(asked_to_log_in(client), of=owner))


def test_one_ip_address_makes_few_sessions_and_they_end_in_an_hour(cast: Cast) -> None:
    statuses = [visit(None).get(LOG_IN, headers={"X-Requested-With": "XMLHttpRequest"}).status_code for _n in range(30)]
    assert statuses == [200] * 20 + [429] * 10
    assert BrowserSession.objects.count() == 20
    left = [row.expire_date - clock.now() for row in BrowserSession.objects.all()]
    assert max(left).total_seconds() <= 3600
    key, owner = owned(cast.helle)
    client = visit(None, host="randers.localhost")
    cache.clear()
    assert sends(client, key.signed(asked_to_log_in(client), of=owner))
    assert cast.helle.browser_sessions.latest("expire_date").expire_date > clock.now() + dt.timedelta(days=59)


def test_the_night_deletes_sessions_in_which_nobody_logged_in(cast: Cast) -> None:
    asked_to_log_in(visit(None))
    visit(cast.helle)
    now = clock.now()
    # As rows from before the limit.
    BrowserSession.objects.update(expire_date=now + dt.timedelta(days=50))
    rule = rules["entrance.BrowserSession"]
    assert rule.run(now) == 0
    assert rule.run(now + dt.timedelta(minutes=61)) == 1
    assert BrowserSession.objects.get().person == cast.helle
