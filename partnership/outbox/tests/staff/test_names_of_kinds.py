"""Staff read what kind a message is in words, in their own language; the technical name is for the code."""

import ast

import pytest
from django.utils import translation

from partnership.outbox.kinds import kind, name_for_staff, names
from partnership.outbox.models import Message
from partnership.outbox.tests.posted import post_one
from partnership.tests.cast import Cast, visit
from partnership.tests.house import module_name, sources

PAGE = "/da/staff/messages/"
# Kinds that only tests and benchmarks send.
NOT_FOR_STAFF = ("test.", "bench.")
REAL = [name for name in names() if not name.startswith(NOT_FOR_STAFF)]


def in_language(name: str, language: str) -> str:
    with translation.override(language):
        return name_for_staff(name)


def names_in(source: str) -> set[str]:
    """Return the names of the kinds that the functions of a module are decorated to be."""
    calls = [
        decorator
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call) and decorator.args and isinstance(decorator.args[0], ast.Constant)
    ]
    return {call.args[0].value for call in calls}


def test_every_room_adds_all_the_kinds_that_it_has_words_for() -> None:
    modules = [path for path in sources() if "messages" in module_name(path).split(".")]
    assert set().union(*(names_in(path.read_text()) for path in modules)) == set(REAL)


@pytest.mark.parametrize("name", REAL)
def test_every_kind_has_a_name_in_danish_and_swedish(name: str) -> None:
    english = in_language(name, "en")
    assert kind(name).called, "give it called=gettext_lazy(…) where its words are"
    for language in ("da", "sv"):
        assert in_language(name, language) not in (english, name, "")


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_no_two_kinds_are_called_the_same(language: str) -> None:
    called = [in_language(name, language) for name in REAL]
    assert len(REAL) > 40
    assert sorted(set(called)) == sorted(called)


def test_a_kind_that_is_no_more_shows_its_bare_name(cast: Cast) -> None:
    message = post_one(cast.randers, cast.helle)
    Message.objects.filter(pk=message.pk).update(kind="talks.long_gone", state="failed", ended_at=message.created_at)
    for page in (PAGE, f"{PAGE}{message.pk}/"):
        assert b"talks.long_gone" in visit(cast.karen).get(page).content


def test_the_staffs_pages_say_no_technical_name(cast: Cast) -> None:
    message = post_one(cast.randers, cast.helle, "account.x", "account.webauthn_added")
    karens = visit(cast.karen)
    called = in_language("account.webauthn_added", "da")
    for page in (f"{PAGE}?show=all", f"{PAGE}{message.pk}/", f"{PAGE}tests/"):
        text = karens.get(page).content.decode()
        assert called in text
        assert ">account.webauthn_added<" not in text
