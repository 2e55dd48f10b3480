"""What a reader may have meant: words typed without æ, ø, å, and typing mistakes."""

from collections.abc import Iterable

from written.folding import BARE, SPELT_OUT, table

LONG_FORM = table(SPELT_OUT, é="e", ü="ue")
BARE_FORM = table(BARE, é="e", ü="u")
FORGIVING_FROM = 5
MORE_FORGIVING_FROM = 9


def closest(word: str, known: Iterable[str]) -> list[str]:
    """The known words that are spelled nearest to this one; an empty list when none is near.

    Another way to write the same letters ("doerlaas", "dorlas") comes before a slip. A slip is one letter too many, too
    few, wrong or swapped, in a word of five letters or more; two of them from nine letters.
    """
    known = list(known)
    for form in (LONG_FORM, BARE_FORM):
        same = [other for other in known if other.translate(form) == word.translate(form)]
        if same:
            return sorted(same)
    limit = 2 if len(word) >= MORE_FORGIVING_FROM else 1 if len(word) >= FORGIVING_FROM else 0
    near: dict[int, list[str]] = {}
    plain = word.translate(LONG_FORM)
    for other in known:
        if len(other) >= FORGIVING_FROM - 1 and abs(len(other.translate(LONG_FORM)) - len(plain)) <= limit:
            near.setdefault(slips(plain, other.translate(LONG_FORM)), []).append(other)
    best = min(near, default=limit + 1)
    return sorted(near[best]) if best <= limit else []


def slips(one: str, other: str) -> int:
    """How many letters to add, drop, change or swap with their neighbour (optimal string alignment distance)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        older, before, row = before, row, [i]
        for j, match in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != match))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == match:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]
