"""Staff read why a message was not sent as a sentence in their own language."""

import re

import pytest
from django.conf import settings
from django.utils import translation

from partnership.outbox.reasons import sentence_of

ROOMS = ("talks", "neighbours")
GIVEN = re.compile(r'withdraw\w*\([^)]*?"(the [^"]+|other [^"]+)"')


def given() -> list[str]:
    """Return the reasons that rooms give where they withdraw messages."""
    files = [path for room in ROOMS for path in (settings.BASE_DIR / room / "actions").glob("*.py")]
    return sorted({reason for path in files for reason in GIVEN.findall(path.read_text(encoding="utf-8"))})


def test_reasons_are_found() -> None:
    assert {"the talk was moved", "the helper has left"} <= set(given())


@pytest.mark.parametrize("reason", given())
@pytest.mark.parametrize("language", ["da", "sv"])
def test_each_reason_of_a_room_is_a_sentence(reason: str, language: str) -> None:
    with translation.override(language):
        assert sentence_of(reason) != reason
        assert sentence_of(reason).endswith(".")
        assert not sentence_of(reason).startswith("The ")
