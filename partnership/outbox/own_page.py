"""The cards on the own page: what we write to the reader about, and a mobile number that waits for its code."""

import datetime as dt

from django.http import HttpRequest

from partnership.outbox.channels.ways import Obstacle, reached_now, until_then
from partnership.outbox.preferences.stopping import choices_of
from partnership.outbox.preferences.verifying import must_show, newest_code
from partnership.people.mailboxes import has_verified_mailbox
from partnership.people.models import User
from partnership.people.own_page import Card


def number_card(person: User, request: HttpRequest, now: dt.datetime) -> Card | None:
    """Return the card that asks the reader to show that the number is theirs; None if they need not."""
    if not must_show(person):
        return None
    is_sent = newest_code(person, now) is not None
    context = {"number": person.phone, "is_sent": is_sent, "until_then": until_then(person)}
    return Card("outbox/number_card.html", context)


def stopped_card(person: User, request: HttpRequest, now: dt.datetime) -> Card | None:
    """Return the card which says that mail to the reader is stopped, and what they can do; None if it is not, or they
    are reached in another way.
    """
    found = reached_now(person).obstacle
    if found not in (Obstacle.CAME_BACK, Obstacle.UNWANTED):
        return None
    context = {"is_unwanted": found == Obstacle.UNWANTED, "may_resume": has_verified_mailbox(person)}
    return Card("outbox/stopped_card.html", context | {"mailbox": person.email})


def messages_card(person: User, request: HttpRequest, now: dt.datetime) -> Card | None:
    """Return the card of consents to messages; None for who has never given one."""
    choices = choices_of(person)
    return Card("outbox/own_card.html", {"choices": choices}) if choices else None
