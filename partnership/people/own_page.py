"""The cards on a person's own page. Rooms add them here."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string

from partnership.people.models import User
from partnership.registers import Register
from partnership.web.viewing import PortalRequest


@dataclass(frozen=True)
class Card:
    """One box on the page: a template and what it needs. Those about the log-in stand below the person's own data."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    is_about_log_in: bool = False

    def draw(self, request: PortalRequest) -> str:
        """Return the card as HTML; its template gets the context both by name and as `card`."""
        return render_to_string(self.template, {**self.context, "card": self.context}, request)


# A function makes a room's card for a person, or returns None if there is nothing to show.
CardMaker = Callable[[User, PortalRequest, dt.datetime], Card | None]
cards: Register[CardMaker] = Register("cards on the own page")
# A function returns what a reader may change of how they log in, by how they have come in: "mailbox", "factors".
Offers = Callable[[PortalRequest, dt.datetime], set[str]]
offers: Register[Offers] = Register("what the own page offers of log-ins")


def offered(request: PortalRequest, now: dt.datetime) -> set[str]:
    """Return which ways to change their log-in the reader is offered."""
    return {way for offer in offers for way in offer(request, now)}


def cards_for(person: User, request: PortalRequest, now: dt.datetime) -> list[Card]:
    """Return the cards of the own page that have something to say, in the order of the register."""
    made = (make(person, request, now) for make in cards)
    return [one for one in made if one is not None]
