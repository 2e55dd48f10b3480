"""Words and the parts of compounds. Danish and Swedish write "dørlås" as one word; a reader looks for "lås"."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from advice.spelling import Spellings
from advice.wordlists import BASE, ENDINGS, LINKS, LOST_LETTERS, SMALL

SHORTEST_PART = 3
# A three-letter word is a part only when it is on our own list: "ten" and "hun" turn up inside far too many others.
SHORTEST_READ_PART = 4
# "Speciallægepraksisplanlægningsstabiliseringsperiode" has 51 letters.
LONGEST_WORD = 60
WORD = re.compile(r"[^\W_]+", re.UNICODE)


def words_of(text: str) -> list[str]:
    """The words of a text in lower case and in order, repeated ones too."""
    return WORD.findall(text.lower())


@dataclass(frozen=True)
class Lexicon:
    """Every word that a language's search knows: our own list and all words of its editions."""

    language: str
    read: frozenset[str]

    @classmethod
    def of(cls, language: str, words: Iterable[str]) -> "Lexicon":
        return cls(language, frozenset(words))

    @cached_property
    def parts(self) -> Collection[str]:
        """Words that may be a part of a compound."""
        read = {word for word in self.read if len(word) >= SHORTEST_READ_PART and not word[0].isdigit()}
        return (BASE[self.language] | read) - SMALL[self.language]

    @cached_property
    def spellings(self) -> Spellings:
        """All known words, to find the one that a misspelt one is nearest to."""
        return Spellings({*self.read, *self.parts})

    def knows(self, word: str) -> bool:
        """Return whether the word, or what it is an inflection of, is in the texts."""
        return word in self.read or bool(self.base(word))

    @cached_property
    def _lines(self) -> str:
        return "".join(f"\n{word}" for word in self.read)

    def has_beginning(self, word: str) -> bool:
        """Return whether a word of the texts begins with this."""
        return f"\n{word}" in self._lines

    def is_small(self, word: str) -> bool:
        """Return whether the word is too common to look for ("og", "att")."""
        return word in SMALL[self.language]

    def base(self, word: str) -> str | None:
        """The word without its inflection ("låsene": "lås"), or None when it is no word we know."""
        if word in self.parts:
            return word
        for ending in ENDINGS[self.language]:
            stem = word.removesuffix(ending)
            if stem != word and len(stem) >= SHORTEST_PART and stem in self.parts:
                return stem
        return None

    def split(self, word: str) -> list[str]:
        """The parts of a compound, each without its inflection; an empty list when it is none.

        Of several ways to split it, the one with the fewest parts is used, and then the one with the longest first
        part. A word that no language has (`LONGEST_WORD`) is not split.
        """
        return self._split(word, {}) if len(word) <= LONGEST_WORD else []

    def _split(self, word: str, known: dict[str, list[str]]) -> list[str]:
        """Split what is left of a word. Each rest is split once (`known`): without that, the time doubles with each
        further part.
        """
        if word in known:
            return known[word]
        best: list[str] = []
        for cut in range(len(word) - SHORTEST_PART, SHORTEST_PART - 1, -1):
            head = self._head(word[:cut])
            if head is None:
                continue
            for link in ("", *LINKS[self.language]):
                rest = word[cut:].removeprefix(link) if word[cut:].startswith(link) else ""
                if len(rest) < SHORTEST_PART:
                    continue
                base = self.base(rest)
                tail = [base] if base else self._split(rest, known)
                if tail and (not best or len(tail) + 1 < len(best)):
                    best = [head, *tail]
        known[word] = best
        return best

    def _head(self, start: str) -> str | None:
        """The word that a compound begins with, whole or without the letter that it loses there."""
        if start in self.parts:
            return start
        whole = (start + letter for letter in LOST_LETTERS[self.language] if len(start) >= SHORTEST_READ_PART)
        return next((word for word in whole if word in self.parts), None)

    def tail(self, word: str) -> list[str]:
        """The longest known word that an unknown one ends with ("videoovervågning": "overvågning"), if any."""
        tails = (word[cut:] for cut in range(SHORTEST_PART, len(word) - SHORTEST_READ_PART + 1))
        return next(([base] for tail in tails if (base := self.base(tail))), [])

    def parts_in(self, text: str) -> list[str]:
        """All parts of all compounds in a text, for the index."""
        return [part for word in words_of(text) for part in self.split(word)]
