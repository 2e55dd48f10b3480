"""Compounds are split and misspellings corrected, without a database."""

import random
import time

import pytest

from advice.compounds import Lexicon, words_of
from advice.search import understand
from advice.spelling import Spellings, slips

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
    assert Spellings(["dørlås", "alarm", "nabohjælp", "indbrudssikring", "by"]).closest(typed) == meant


def test_slips_are_counted():
    assert slips("lås", "lås") == 0
    assert slips("lås", "låse") == 1
    assert slips("alamr", "alarm") == 1
    assert slips("", "abc") == 3


LETTERS = "abdefghiklmnoprstuvyæøå"


def made_up(count: int, length: int) -> list[str]:
    some = random.Random(f"{count} {length}")
    return ["".join(some.choices(LETTERS, k=length)) for _number in range(count)]


def seconds_for(*words: str) -> float:
    """Return the processor time of a question of unknown words, with as many known ones as the library has."""
    known = [word for length in range(4, 20) for word in made_up(250, length)]

    def once() -> float:
        lexicon = Lexicon.of("da", known)
        before = time.process_time()
        understand(" ".join(words), lexicon)
        return time.process_time() - before

    return min(once() for _attempt in range(3))


@pytest.mark.parametrize("length", [8, 12, 24, 96])
def test_eight_unknown_words_cost_little_more_than_one(length: int) -> None:
    words = made_up(8, length)
    assert seconds_for(*words) < 4 * seconds_for(words[0])


def test_the_time_does_not_grow_with_the_length_of_unknown_words() -> None:
    assert seconds_for(*made_up(8, 96)) < 3 * seconds_for(*made_up(8, 12))


def test_slips_above_the_limit_are_not_counted_further() -> None:
    assert slips("alarm", "vindue", 1) > 1
    assert slips("alamr", "alarm", 1) == 1
    words = made_up(30, 6)
    for one in words:
        for other in words:
            assert (slips(one, other, 2) <= 2) == (slips(one, other) <= 2)
