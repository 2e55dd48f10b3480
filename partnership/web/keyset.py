"""Long lists page by page, each found by the row before it: the last page costs what the first one does, and nobody is
left out or listed twice when others come and go between two pages.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

AFTER, BEFORE = "after", "before"
LONGEST_NUMBER = 18


@dataclass(frozen=True)
class KeysetPage:
    """Rows of a list, and what stands in the addresses of the pages around them."""

    rows: list[Any]
    query: str
    is_first: bool
    is_last: bool

    @property
    def previous(self) -> str:
        """The query of the page before; "" on the first."""
        return "" if self.is_first or not self.rows else f"{self.query}{BEFORE}={self.rows[0].pk}"

    @property
    def next(self) -> str:
        """The query of the page after; "" on the last."""
        return "" if self.is_last or not self.rows else f"{self.query}{AFTER}={self.rows[-1].pk}"


def page_of(found: QuerySet, asked: QueryDict, *, order: tuple[str, str], size: int) -> KeysetPage:
    """Return the page that was asked for by the number of the row after or before which it stands; without one, or with
    one that is not on the list any more, the first. No two rows have both values of `order`.
    """
    others = asked.copy()
    after, before = _number(others, AFTER), _number(others, BEFORE)
    at = found.filter(pk=after or before).values_list(*order).first() if after or before else None
    backwards = bool(at and before and not after)
    ordered = found.order_by(*(f"-{name}" for name in order)) if backwards else found.order_by(*order)
    read = list((ordered.filter(_beyond(order, at, backwards)) if at else ordered)[: size + 1])
    has_more, rows = len(read) > size, read[:size]
    query = f"{others.urlencode()}&" if others else ""
    if backwards:
        return KeysetPage(rows[::-1], query, is_first=not has_more, is_last=False)
    return KeysetPage(rows, query, is_first=at is None, is_last=not has_more)


def _number(asked: QueryDict, name: str) -> int | None:
    written = (asked.pop(name, None) or [""])[-1]
    return int(written) if written.isascii() and written.isdigit() and len(written) <= LONGEST_NUMBER else None


def _beyond(order: tuple[str, str], at: tuple, backwards: bool) -> Q:
    # The first condition, which follows from the second, is what an index begins at.
    (first, second), than = order, "lt" if backwards else "gt"
    further = Q(**{f"{first}__{than}": at[0]}) | Q(**{first: at[0], f"{second}__{than}": at[1]})
    return Q(**{f"{first}__{than}e": at[0]}) & further
