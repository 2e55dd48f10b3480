"""Staff read why a message was not sent, or not yet, as a sentence in their own language."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from django.utils import translation

from partnership.outbox.reasons import no_consent_to, sentence_of
from partnership.tests.house import module_name, sources

# Whatever is called by one of these names is given the reason that a message's row stores.
TAKERS = {"put_back", "end", "again", "broken", "queue_for_print", "Decision", "Answer", "NotAccepted"}
# Their reasons are not shown: they belong to an address or to the mail server.
NOT_SHOWN = {"suppress", "suppress_digest", "Trouble"}
# What stands in a reason at run time.
SAMPLES = {"code": "550", "batch.number": "12", "type(error).__name__": "KeyError", "error.code": "400"}


def reasons_in(path: Path, source: str) -> Iterator[str]:
    """Yield the reasons that a module gives for messages, in words, in an f-string or by a constant's name."""
    calls = [call for call in ast.walk(ast.parse(source)) if isinstance(call, ast.Call)]
    given = [one for call in calls for one in _given_by(call)]
    module = importlib.import_module(module_name(path)) if given else None
    for one in given:
        yield from (text for text in _texts(one, module) if " " in text)


def _given_by(call: ast.Call) -> list[ast.expr]:
    name = _name(call.func)
    named = [one.value for one in call.keywords if one.arg == "reason" and name not in NOT_SHOWN]
    return [*call.args, *named] if name in TAKERS or name.startswith("withdraw") else named


def _texts(node: ast.expr, module: ModuleType | None) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(_part(part) for part in node.values)
    elif isinstance(node, ast.Name | ast.Attribute):
        yield from _constant(node, module)
    elif isinstance(node, ast.Subscript):
        yield from _texts(node.value, module)
    elif isinstance(node, ast.IfExp):
        yield from (*_texts(node.body, module), *_texts(node.orelse, module))
    elif isinstance(node, ast.Call) and _name(node.func) == "as_kept":
        yield from _texts(node.args[0], module)
    elif isinstance(node, ast.Call) and _name(node.func) == "no_consent_to":
        yield no_consent_to("unavailable")


def _part(part: ast.expr) -> str:
    if isinstance(part, ast.FormattedValue):
        return SAMPLES.get(ast.unparse(part.value), "unavailable")
    return str(part.value)


def _constant(node: ast.Name | ast.Attribute, module: ModuleType | None) -> Iterator[str]:
    """Yield the text of a constant of this module, or of one that it imports, by its name."""
    if isinstance(node, ast.Attribute):
        within = getattr(module, node.value.id, None) if isinstance(node.value, ast.Name) else None
        value = getattr(within, node.attr, None) if isinstance(within, ModuleType) else None
    else:
        value = getattr(module, node.id, None) if node.id.isupper() else None
    if isinstance(value, str):
        yield value


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


PRODUCT = {path: Path(path).read_text("utf-8") for path in sources()}
GIVEN = sorted({reason for path, source in PRODUCT.items() for reason in reasons_in(path, source)})


def test_reasons_are_found_wherever_they_are_given() -> None:
    by_rooms = {"the talk was moved", "the helper has left", "the talk took place", "another address was typed"}
    by_name = {"a letter would not arrive in time", "no e-mail, mobile number or address to reach the reader at"}
    by_the_queue = {
        "its time had passed", "waits for its turn: the way to the reader does not answer", "waits to be printed",
        "many to one domain: spread over time", "the mail server does not answer", "KeyError: unavailable",
        "550 unavailable", "the connection broke: unavailable",
    }  # fmt: skip
    elsewhere = {"withdrawn by staff", "letter, batch 12", "no consent to unavailable", "text message"}
    by_the_gateway = {"the text gateway said 400 unavailable", "no answer from the text gateway: unavailable"}
    assert by_rooms | by_name | by_the_queue | elsewhere | by_the_gateway <= {*GIVEN}


@pytest.mark.parametrize("reason", GIVEN)
@pytest.mark.parametrize("language", ["da", "sv"])
def test_each_reason_is_a_sentence_in_the_readers_language(reason: str, language: str) -> None:
    with translation.override("en"):
        in_english = sentence_of(reason)
    assert in_english != reason
    with translation.override(language):
        assert sentence_of(reason) not in (reason, in_english)
        assert sentence_of(reason).endswith(".")


def test_what_a_server_said_on_two_lines_is_one_sentence() -> None:
    with translation.override("en"):
        said = sentence_of("550 5.1.1 gone.\r\n550 really.")
    assert said == "The mail server did not take it (550 5.1.1 gone. 550 really)."


def test_no_code_writes_the_reason_of_a_step_which_people_write() -> None:
    """It is shown as it stands, so that a code or a sentence in one language would be too."""
    written = [
        f"{path}: {ast.unparse(one.value)}"
        for path, source in PRODUCT.items()
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call)
        for one in call.keywords
        if one.arg == "why" and isinstance(one.value, ast.Constant | ast.JoinedStr) and one.value.value != ""
    ]
    assert written == []
