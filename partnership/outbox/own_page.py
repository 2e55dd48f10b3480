"""The cards on the own page: what we write to the reader about, and a mobile number that waits for its code."""

import datetime as dt

from django.http import HttpRequest

from partnership.outbox.channels.ways import until_then
from partnership.outbox.preferences.stopping import choices_of
from partnership.outbox.preferences.verifying import must_show, newest_code
from partnership.people.models import User
from partnership.people.own_page import Card


def number_card(person: User, request: HttpRequest, now: dt.datetime) -> Card | None:
    """Return the card that asks the reader to show that the number is theirs; None if they need not."""
    if not must_show(person):
        return None
    is_sent = newest_code(person, now) is not None
    context = {"number": person.phone, "is_sent": is_sent, "until_then": until_then(person)}
    return Card("outbox/number_card.html", context)


def messages_card(person: User, request: HttpRequest, now: dt.datetime) -> Card | None:
    """Return the card of consents to messages; None for who has never given one."""
    choices = choices_of(person)
    return Card("outbox/own_card.html", {"choices": choices}) if choices else None
