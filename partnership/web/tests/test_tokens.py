"""A signed token opens what it was made for, also after the code is rewritten; other texts open nothing."""

import ast
import time

import pytest
from django.core import signing

from partnership.tests.house import imported, module_name, sources
from partnership.web.tokens import TextTokens, Tokens

VALUES = [7, "ruth@randers.example", [7, "verify", 0], [7, None]]


@pytest.mark.parametrize("value", VALUES)
def test_a_timed_token_is_what_django_has_always_made_of_it(value: object) -> None:
    old, tokens = signing.dumps(value, salt="talks.letters"), Tokens("talks.letters")
    assert tokens.read(old) == value
    assert signing.loads(tokens.make(value), salt="talks.letters") == value


@pytest.mark.parametrize("value", VALUES)
def test_one_without_a_time_is_the_same_every_day(value: object) -> None:
    old, tokens = signing.Signer(salt="talks.calendar").sign_object(value), Tokens("talks.calendar", is_timed=False)
    assert tokens.make(value) == old
    assert tokens.read(old) == value


def test_a_text_stands_in_its_token() -> None:
    old, tokens = signing.Signer(salt="confirm:1", sep=".").sign("7-1790000000"), TextTokens("confirm:1")
    assert tokens.make("7-1790000000") == old
    assert old.startswith("7-1790000000.")
    assert tokens.are_ours(old)
    assert not TextTokens("confirm:2").are_ours(old)


@pytest.mark.parametrize("text", ["", ":", "a:b:c", "WzddOg:x", "7-1.x", "æ" * 40])
def test_any_other_text_opens_nothing(text: str) -> None:
    made = [Tokens("other").make(7), Tokens("use").make(7)[:-1], Tokens("use", is_timed=False).make(7)]
    for wrong in (text, *made):
        assert Tokens("use").read(wrong) is None
    assert not TextTokens("use").are_ours(text)


def test_a_timed_token_can_grow_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    token = Tokens("use").make(7)
    assert Tokens("use").read(token, max_age=60) == 7
    later = time.time() + 61
    monkeypatch.setattr("time.time", lambda: later)
    assert Tokens("use").read(token, max_age=60) is None
    assert Tokens("use").read(token) == 7


def signs(source: str) -> bool:
    return any(name.startswith("django.core.signing") for name in imported(ast.parse(source)))


def test_nothing_is_signed_elsewhere() -> None:
    found = {module_name(path) for path in sources() if signs(path.read_text())}
    assert {name for name in found if not name.startswith("devtools.")} == {"partnership.web.tokens"}


@pytest.mark.parametrize("source", ["from django.core import signing", "from django.core.signing import Signer"])
def test_signing_elsewhere_is_found(source: str) -> None:
    assert signs(source)
