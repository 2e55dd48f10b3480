"""The words of each language: one word for email, "kl." in one place, and each language's own quotation marks."""

import ast
import gettext
import re
from collections.abc import Iterator

import pytest
from django.conf import settings

from partnership.tests.house import sources

# In another language, or in Danish where a word of ours is part of another.
OTHER_WORDS_FOR_EMAIL = {"en": r"e-mail", "da": r"\b(?<!e-)e?mail", "sv": r"mejl|e-brev|\b(?<!e-)e?mail"}
# The places where an hour gets its "kl.", which fields/printed_days.py keeps together.
HOURS = {"an hour in a sentence\x04%(hour)s", "at %(from)s", "from %(from)s to %(to)s"}


def translations(language: str) -> Iterator[tuple[str, str]]:
    with open(settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.mo", "rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    for source, words in catalogue.items():
        if source:
            yield (source[0] if isinstance(source, tuple) else source), re.sub(r"%\(\w+\)\w|https?://\S+", "", words)


@pytest.mark.parametrize("language", ["en", "da", "sv"])
def test_there_is_one_word_for_email(language: str) -> None:
    wrong = re.compile(OTHER_WORDS_FOR_EMAIL[language], re.IGNORECASE)
    # The English words are the sources of the others.
    said = [
        source if language == "en" else words for source, words in translations("da" if language == "en" else language)
    ]
    assert said
    assert [words for words in said if wrong.search(words)] == []


@pytest.mark.parametrize("language", ["da", "sv"])
def test_an_hour_gets_its_kl_in_one_place(language: str) -> None:
    # "Free from" is the label of a field: the hour is typed into it.
    labels = {"Free from", "Free until"}
    assert {source for source, words in translations(language) if "kl." in words} - labels == HOURS


@pytest.mark.parametrize(("language", "foreign"), [("da", "“”"), ("sv", "“«»")])
def test_quotation_marks_are_the_language_s_own(language: str, foreign: str) -> None:
    assert [words for _source, words in translations(language) if set(words) & set(foreign)] == []


# "Skrive ud" in Danish is to print too, and "printa" in Swedish; a reader would look for a difference.
OTHER_WORDS_FOR_PRINTING = {
    "da": r"udskri|udskrev|\b(skriv|skrive|skrives|skrevet) (\w+ ){0,3}ud\b(?! (?:til|fra))",
    "sv": r"\bprint|skriva av",
}


@pytest.mark.parametrize("language", ["da", "sv"])
def test_there_is_one_word_for_printing(language: str) -> None:
    wrong = re.compile(OTHER_WORDS_FOR_PRINTING[language], re.IGNORECASE)
    assert [words for _source, words in translations(language) if wrong.search(words)] == []
    right = {"da": "printe", "sv": "skriva ut"}[language]
    assert any(right in words for _source, words in translations(language))


@pytest.mark.parametrize(("language", "marks"), [("da", "»«"), ("sv", "””"), ("en", "“”")])
def test_what_is_quoted_on_a_page_has_the_marks_of_the_sentences(language: str, marks: str) -> None:
    """Browsers have marks of their own for a `<q>`."""
    sheet = (settings.BASE_DIR / "static/css/site/text.css").read_text("utf-8")
    (line,) = [line for line in sheet.splitlines() if line.startswith(f"html:lang({language}) {{ quotes:")]
    assert line.partition("quotes:")[2].split()[:2] == [f'"{mark}"' for mark in marks]


# Between letters, and after the s of several owners.
STRAIGHT_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)|(?<=s)'(?=[ .,:)]|$)")


@pytest.mark.parametrize("language", ["da", "sv"])
def test_apostrophes_are_curly(language: str) -> None:
    """In English, whose words are the sources, and in the other languages."""
    said = [text for both in translations(language) for text in both]
    assert [text for text in said if STRAIGHT_APOSTROPHE.search(text)] == []


def test_a_partnership_says_in_english_what_a_naboven_is_and_its_apostrophes_are_curly() -> None:
    profiles = (settings.BASE_DIR / "partnership" / "places" / "profiles").glob("*.json")
    english = [line for one in profiles for line in one.read_text().splitlines() if '"en":' in line]
    assert english
    assert [line for line in english if "Naboven" in line or STRAIGHT_APOSTROPHE.search(line)] == []


GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}


def words_in_f_strings(source: str) -> list[str]:
    """Return what xgettext does not see, and nobody would translate: calls inside an f-string."""
    f_strings = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr)]
    calls = [call for one in f_strings for call in ast.walk(one) if isinstance(call, ast.Call)]
    return [ast.unparse(call) for call in calls if isinstance(call.func, ast.Name) and call.func.id in GETTEXT]


def test_no_words_stand_where_the_catalogues_miss_them() -> None:
    found = {str(path): words_in_f_strings(path.read_text(encoding="utf-8")) for path in sources()}
    assert {path: words for path, words in found.items() if words} == {}


def test_words_in_an_f_string_would_be_found() -> None:
    assert words_in_f_strings("said = f\"{_('Example')}: {name}\"") == ["_('Example')"]
