"""One consent has one meaning, whatever the language it was given in."""

import pytest
from django.utils import translation

from neighbours.consent_words import consent_text, shown_text, to_be_helper
from partnership.tests.cast import Cast

# What the two consents cover together, and the word for it in each language.
COVERED = {
    "name": {"da": "navn", "sv": "namn", "en": "name"},
    "address": {"da": "adresse", "sv": "adress", "en": "address"},
    "e-mail": {"da": "e-mailadresse", "sv": "e-postadress", "en": "email address"},
    "telephone": {"da": "telefonnummer", "sv": "telefonnummer", "en": "telephone number"},
    "written to": {"da": "skrive til mig", "sv": "skriva till mig", "en": "write to me"},
    "who sees the address": {
        "da": "Kun koordinatorer og administratorer ser min adresse",
        "sv": "Bara samordnare och administratörer ser min adress",
        "en": "Only coordinators and administrators see my address",
    },
    "who sees the name": {"da": "mit navn, og hvilke", "sv": "mitt namn och vilka", "en": "see my name"},
    "who sees what was ticked": {
        "da": "hvilke af de tre første ting jeg har sat kryds ved",
        "sv": "vilka av de tre första sakerna jag har bockat av",
        "en": "which of the first three things I have ticked",
    },
    "leaving": {"da": "stoppe når som helst", "sv": "sluta när som helst", "en": "leave at any time"},
}
# Of the slip both email and telephone may stay empty; the form on the web asks for no telephone.
GIVEN_ONLY = {
    True: {"da": "hvis jeg oplyser dem", "sv": "om jag lämnar dem", "en": "if I give them"},
    False: {"da": "hvis jeg tilføjer et på min side", "sv": "om jag lägger till ett på min sida", "en": "if I add one"},
}


@pytest.mark.parametrize("on_paper", [True, False])
@pytest.mark.parametrize("language", ["da", "sv", "en"])
@pytest.mark.parametrize("what", COVERED)
def test_each_language_covers_the_same(cast: Cast, language: str, what: str, on_paper: bool) -> None:
    with translation.override(language):
        assert COVERED[what][language] in consent_text(cast.randers, on_paper=on_paper) + shown_text(cast.randers)


@pytest.mark.parametrize("on_paper", [True, False])
@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_what_is_kept_is_said_once_and_with_what_it_depends_on(cast: Cast, language: str, on_paper: bool) -> None:
    with translation.override(language):
        words = to_be_helper(cast.randers, on_paper=on_paper)
    kept = [*(COVERED[what][language] for what in ("name", "address", "e-mail", "telephone"))]
    kept.append(GIVEN_ONLY[on_paper][language])
    (says_what_is_kept,) = [one for one in words.short.split(". ") if COVERED["e-mail"][language] in one]
    assert [what for what in kept if what not in says_what_is_kept] == []
    assert COVERED["e-mail"][language] not in words.more
    assert COVERED["telephone"][language] not in words.more
