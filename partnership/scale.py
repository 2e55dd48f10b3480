"""Data as of a whole country, to measure and to try pages with: each room adds a maker that fills its own tables."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from django.db.backends.utils import CursorWrapper

from partnership.registers import Register

PARTNERSHIPS = 98
# More than the Danish neighbour service had in 2023. The largest partnership has 40,000 of them.
HELPERS, LARGEST = 350_000, 40_000
SLUG = "scale-"


@dataclass(frozen=True)
class Scale:
    """How many helpers to make in each partnership, the largest first, as of a moment."""

    sizes: tuple[int, ...]
    now: dt.datetime

    @property
    def helpers(self) -> int:
        return sum(self.sizes)


# Called in the order of the floors, in one transaction. A maker leaves temporary tables for those after it: places
# `scale_home` (a row for each helper to make: its number, partnership and home), people `scale_person`.
makers: Register[Callable[[Scale, CursorWrapper], None]] = Register("makers of data at scale")


def sizes(helpers: int) -> tuple[int, ...]:
    """Return how many of the helpers are in each partnership: the largest has its share, the others have in even steps
    fewer.
    """
    largest = -(-helpers * LARGEST // HELPERS)
    weights = range(PARTNERSHIPS - 1, 0, -1)
    ends = [0]
    for weight in weights:
        ends.append(ends[-1] + weight)
    bounds = [(helpers - largest) * end // ends[-1] for end in ends]
    return (largest, *(until - since for since, until in pairwise(bounds)))
