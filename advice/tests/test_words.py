"""Compounds are split and misspellings corrected, without a database."""

import pytest

from advice.compounds import Lexicon, words_of
from advice.spelling import closest, slips

DANISH = Lexicon.of("da", ["indbrud", "sikring", "låsesmed", "nabohjælp", "tryghed", "ringe", "forbud"])
SWEDISH = Lexicon.of("sv", ["inbrott", "samverkan", "trygghet"])


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("indbrudssikring", ["indbrud", "sikring"]),
        ("dørlås", ["dør", "lås"]),
        ("dørlåsene", ["dør", "lås"]),
        ("vindueslås", ["vindue", "lås"]),
        ("tryghedsvandring", ["tryghed", "vandring"]),
        ("cykelkælder", ["cykel", "kælder"]),
        ("indbrudsalarmerne", ["indbrud", "alarm"]),
        ("kælderdørslås", ["kælder", "dør", "lås"]),
        ("lås", []),
        ("låsene", []),
        ("forbud", []),
        ("udlejer", []),
        ("hjælper", []),
        ("zzzzzz", []),
    ],
)
def test_danish_compounds_come_apart(compound, parts):
    assert DANISH.split(compound) == parts


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("dörrlås", ["dörr", "lås"]),
        ("bostadsinbrott", ["bostad", "inbrott"]),
        ("fönsterlåset", ["fönster", "lås"]),
        ("källarförråd", ["källare", "förråd"]),
        ("trygghetsvandring", ["trygghet", "vandring"]),
        ("inbrott", []),
    ],
)
def test_swedish_compounds_come_apart(compound, parts):
    assert SWEDISH.split(compound) == parts


def test_the_work_for_a_compound_does_not_double_with_each_further_part():
    """A word that is known whole and in parts comes apart in many ways. Counted, since no busy machine changes that."""
    few, many = looked_up("dørlås" * 4 + "q"), looked_up("dørlås" * 8 + "q")
    assert many <= 8 * few


@pytest.mark.parametrize("end", ["", "q"])
def test_a_word_that_no_language_has_is_not_split(end):
    assert DANISH.split("lås" * 500 + end) == []


def looked_up(word: str) -> int:
    """Return how often the lexicon is asked while a word is split."""
    asked = 0

    class Counting(Lexicon):
        def base(self, word: str) -> str | None:
            nonlocal asked
            asked += 1
            return super().base(word)

    Counting.of("da", [*DANISH.read, "dørlås"]).split(word)
    return asked


def test_words_are_letters_and_digits_in_lower_case():
    assert words_of("Ring 112 -- E-mail: DØRLÅS_nu!") == ["ring", "112", "e", "mail", "dørlås", "nu"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("doerlaas", ["dørlås"]),
        ("dorlas", ["dørlås"]),
        ("dörlås", ["dørlås"]),
        ("alarn", ["alarm"]),
        ("alamr", ["alarm"]),
        ("nabohjlæp", ["nabohjælp"]),
        ("indbrudsikrnig", ["indbrudssikring"]),
        ("bil", []),
        ("xyzzy", []),
    ],
)
def test_slips_are_forgiven(typed, meant):
    assert closest(typed, ["dørlås", "alarm", "nabohjælp", "indbrudssikring", "by"]) == meant


def test_slips_are_counted():
    assert slips("lås", "lås") == 0
    assert slips("lås", "låse") == 1
    assert slips("alamr", "alarm") == 1
    assert slips("", "abc") == 3
