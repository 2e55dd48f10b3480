"""The card on the page of a person for staff: how we write to them, and what we have written."""

import datetime as dt

from partnership.outbox.kinds import name_for_staff
from partnership.outbox.scopes import messages_in_view
from partnership.people.access import LoggedInRequest
from partnership.people.models import User
from partnership.people.own.reached import way_in_words
from partnership.people.own_page import Card

NEWEST = 10


def messages_card(viewer: User, person: User, request: LoggedInRequest, now: dt.datetime) -> Card:
    """Return the card of how we reach a person, and their newest messages as staff see them."""
    newest = messages_in_view(viewer, request.partnership).filter(recipient=person).order_by("-due_at", "-pk")[:NEWEST]
    rows = [
        {"pk": row.pk, "name": name_for_staff(row.kind), "at": row.due_at, "state": row.get_state_display()}
        for row in newest
    ]
    return Card("outbox/person_card.html", {"channel": way_in_words(person), "messages": rows})
