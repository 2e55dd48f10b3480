"""People are "they" or a role, in code, tests, documents and the English of the interface."""

import re

import pytest

from partnership.tests import plain_words
from partnership.tests.house import ROOT


def test_nobody_is_a_generic_she_or_he() -> None:
    found = {}
    for path in plain_words.texts():
        name = str(path.relative_to(ROOT))
        pronouns = plain_words.pronouns(path.read_text())
        if len(pronouns) != plain_words.ALLOWED.get(name, 0):
            found[name] = pronouns
    assert found == {}


@pytest.mark.parametrize(
    "breach",
    ["# She chooses.", "def test_a_helper_finds_her_page(): ...", 'x = _("Call her.")', "the talks that are HERS"],
)
def test_a_generic_she_is_found(breach: str) -> None:
    assert plain_words.pronouns(breach)


@pytest.mark.parametrize("fine", ["there", "others = 1", "whether_they_may", "the helper", "this is Sheffield"])
def test_other_words_are_fine(fine: str) -> None:
    assert plain_words.pronouns(fine) == []


def test_danish_calls_it_an_e_mail_everywhere() -> None:
    """`mail` alone is in addresses, file names and the names of settings, never a word of the interface."""
    said = re.findall(
        r'^msgstr(?:\[\d\])? "(.*)"$', (ROOT / "locale/da/LC_MESSAGES/django.po").read_text(), re.MULTILINE
    )
    assert len(said) > 1000
    assert [text for text in said if re.search(r"(?<![-@./\w])mails?(?![-\w@]*\.)\b", text, re.IGNORECASE)] == []
