"""What a person sees on her own page: each room adds a card of its own, and this one knows none of them."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from partnership.people.models import User


@dataclass(frozen=True)
class Card:
    """One box on the page: a template and what it needs."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)

    def draw(self, request: HttpRequest) -> str:
        """Return the card as HTML; its template finds the context both by name and as `card`."""
        return render_to_string(self.template, {**self.context, "card": self.context}, request)


Maker = Callable[[User, HttpRequest, dt.datetime], Card | None]
_makers: list[tuple[int, Maker]] = []


def card(order: int) -> Callable[[Maker], Maker]:
    """Register the decorated function of a room's `own_page.py`; it returns None where it has nothing to show."""

    def register(maker: Maker) -> Maker:
        _makers.append((order, maker))
        return maker

    return register


def cards_for(person: User, request: HttpRequest, now: dt.datetime) -> list[Card]:
    made = (maker(person, request, now) for _order, maker in sorted(_makers, key=lambda pair: pair[0]))
    return [one for one in made if one is not None]
