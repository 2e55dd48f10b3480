"""How sure we are follows from the kind of evidence that the words below it name, and neither contradicts the other."""

import re

import pytest
from django.utils import translation

from advice.articles import LANGUAGES, read_library
from advice.management.commands.load_advice import LIBRARY
from advice.models import Grade

# What the words name, in each language; the first that they name decides. Whatever names none of it is common sense.
EVIDENCE = [
    (Grade.NONE, {"da": "alarm alene|skilt alene", "sv": "Enbart (larm|en skylt)", "en": "(alarm|sign) alone"}),
    (Grade.STRONG, {"da": "stor undersøgelse", "sv": "stor undersökning", "en": "large survey"}),
    (
        Grade.PROMISING,
        {"da": r"\d af \d+ evalueringer", "sv": r"\d av \d+ utvärderingar", "en": r"\d of \d+ evaluations"},
    ),
    (
        Grade.MIXED,
        {"da": "Forsøg med|danske lodtrækningsforsøg", "sv": "Försök med|lottade försök", "en": r"\b[Tt]rials\b"},
    ),
]
# A badge that claims proof, or denies what the words below it tell of.
TOO_MUCH = {
    "da": "bevis|dokumentere|ikke målt|veldokumenteret",
    "sv": "bevis|dokumentera|inte mätt|väl belagt",
    "en": "prove|proof|certain|not measured",
}
ARTICLES = {(one.slug, language): words for one in read_library(LIBRARY)[0] for language, words in one.editions.items()}


def derived_from(note: str, language: str) -> Grade:
    """Return the grade that goes with the evidence that a note names."""
    return next((grade for grade, words in EVIDENCE if re.search(words[language], note)), Grade.PRACTICE)


@pytest.mark.parametrize(("slug", "language"), ARTICLES)
def test_the_badge_follows_from_the_evidence_that_its_words_name(slug: str, language: str) -> None:
    edition = ARTICLES[slug, language]
    assert derived_from(edition.grade_note, language) == edition.grade


@pytest.mark.parametrize(("slug", "language"), ARTICLES)
def test_the_words_do_not_say_the_badge_once_more(slug: str, language: str) -> None:
    edition = ARTICLES[slug, language]
    with translation.override(language):
        badge = str(Grade(edition.grade).label).split()[0]
    assert not edition.grade_note.startswith(badge[:5])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_badge_claims_proof_nor_denies_what_was_measured(language: str) -> None:
    with translation.override(language):
        labels = [str(grade.label) for grade in Grade]
    assert [label for label in labels if re.search(TOO_MUCH[language], label, re.IGNORECASE)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_strong_association_is_said_to_be_no_experiment(language: str) -> None:
    said = {"da": "ikke er et forsøg", "sv": "inte är ett experiment", "en": "is not an experiment"}[language]
    strong = [one for one in ARTICLES.values() if (one.language, one.grade) == (language, Grade.STRONG)]
    assert strong
    assert [one.title for one in strong if said not in one.grade_note] == []
