"""Staff read why a message was not sent as a sentence in their own language."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from partnership.outbox.reasons import sentence_of
from partnership.tests.house import sources


def reasons_in(source: str) -> Iterator[str]:
    """Yield the reasons that a module gives where it withdraws messages, in words or by a constant's name."""
    tree = ast.parse(source)
    constants = {
        target.id: one.value
        for one in tree.body
        if isinstance(one, ast.Assign)
        for target in one.targets
        if isinstance(target, ast.Name)
    }
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and _name(call.func).startswith("withdraw"):
            for given in [*call.args, *(one.value for one in call.keywords if one.arg == "reason")]:
                value = constants.get(given.id, given) if isinstance(given, ast.Name) else given
                if isinstance(value, ast.Constant) and " " in str(value.value):
                    yield value.value


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


GIVEN = sorted({reason for path in sources() for reason in reasons_in(Path(path).read_text("utf-8"))})


def test_reasons_are_found_in_actions_and_messages_and_behind_names() -> None:
    assert {"the talk was moved", "the helper has left", "the talk took place", "another address was typed"} <= {*GIVEN}


@pytest.mark.parametrize("reason", GIVEN)
@pytest.mark.parametrize("language", ["da", "sv"])
def test_each_reason_is_a_sentence_in_the_readers_language(reason: str, language: str) -> None:
    with translation.override("en"):
        in_english = sentence_of(reason)
    with translation.override(language):
        assert sentence_of(reason) not in (reason, in_english)
        assert sentence_of(reason).endswith(".")
