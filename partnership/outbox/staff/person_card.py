"""The card on the page of a person for staff: how we write to them, and what we have written."""

import datetime as dt

from django.utils.translation import gettext as _

from partnership.outbox.channels.homes import home_of
from partnership.outbox.kinds import name_for_staff
from partnership.outbox.scopes import messages_in_view
from partnership.people.access import LoggedInRequest
from partnership.people.models import User
from partnership.people.own_page import Card

NEWEST = 10


def messages_card(viewer: User, person: User, request: LoggedInRequest, now: dt.datetime) -> Card:
    newest = messages_in_view(viewer, request.partnership).filter(recipient=person).order_by("-due_at", "-pk")[:NEWEST]
    rows = [
        {"pk": row.pk, "name": name_for_staff(row.kind), "at": row.due_at, "state": row.get_state_display()}
        for row in newest
    ]
    return Card("outbox/person_card.html", {"channel": _channel_of(person), "messages": rows})


def _channel_of(person: User) -> str:
    if person.reached_by == User.Channel.LETTER and home_of(person) is None:
        return _("not at all: we know no address")
    return str(User.Channel(person.reached_by).label)
