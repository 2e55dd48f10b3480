"""What a reader may have meant: words typed without æ, ø, å, and typing mistakes."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from written.folding import BARE, SPELT_OUT, table

LONG_FORM = table(SPELT_OUT, é="e", ü="ue")
BARE_FORM = table(BARE, é="e", ü="u")
FORGIVING_FROM = 5
MORE_FORGIVING_FROM = 9


class Spellings:
    """The known words in the ways that people write them, folded once for all words of a question."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = sorted(known)
        self._lines = "".join(f"\n{word}" for word in self._known)
        self._plain = self._folded(LONG_FORM)

    def closest(self, word: str) -> list[str]:
        """Return the known words that are spelled nearest to this one; an empty list when none is near.

        Another way to write the same letters ("doerlaas", "dorlas") comes before a slip. A slip is one letter too many,
        too few, wrong or swapped, in a word of five letters or more; two of them from nine letters.
        """
        same = self._in_long_form.get(word.translate(LONG_FORM)) or self._in_bare_form.get(word.translate(BARE_FORM))
        if same:
            return sorted(same)
        limit = 2 if len(word) >= MORE_FORGIVING_FROM else 1 if len(word) >= FORGIVING_FROM else 0
        near: dict[int, list[str]] = {}
        plain = word.translate(LONG_FORM)
        letters = frozenset(plain)
        for length in range(len(plain) - limit, len(plain) + limit + 1):
            for other, folded, others in self._of_length.get(length, ()):
                # A slip changes two letters of the word at most. Of a hundred words this leaves a few to be compared.
                if len(letters ^ others) <= 2 * limit:
                    near.setdefault(slips(plain, folded, limit), []).append(other)
        best = min(near, default=limit + 1)
        return sorted(near[best]) if best <= limit else []

    def _folded(self, form: dict[int, str]) -> list[str]:
        return self._lines.translate(form).split("\n")[1:]

    @cached_property
    def _in_long_form(self) -> dict[str, list[str]]:
        return self._by(self._plain)

    @cached_property
    def _in_bare_form(self) -> dict[str, list[str]]:
        return self._by(self._folded(BARE_FORM))

    def _by(self, folded: list[str]) -> dict[str, list[str]]:
        alike = {form: [word] for word, form in zip(self._known, folded, strict=True) if word == form}
        for word, form in zip(self._known, folded, strict=True):
            if word != form:
                alike.setdefault(form, []).append(word)
        return alike

    @cached_property
    def _of_length(self) -> dict[int, list[tuple[str, str, frozenset[str]]]]:
        found = defaultdict(list)
        for word, folded in zip(self._known, self._plain, strict=True):
            if len(word) >= FORGIVING_FROM - 1:
                found[len(folded)].append((word, folded, frozenset(folded)))
        return found


def slips(one: str, other: str, most: int = 1_000) -> int:
    """How many letters to add, drop, change or swap with their neighbour (optimal string alignment distance); more than
    `most` as soon as it is known to be more.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        older, before, row = before, row, [i]
        for j, match in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != match))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == match:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        # A swap reaches back over one row.
        if min(row) > most and min(before) > most:
            return most + 1
    return row[-1]
