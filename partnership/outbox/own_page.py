"""The card on the own page that says what we write to her about, for whoever has said yes to anything."""

import datetime as dt

from django.http import HttpRequest

from partnership.outbox.stopping import choices_of
from partnership.people.models import User
from partnership.people.own_page import Card, card


@card(80)
def messages_card(person: User, request: HttpRequest, now: dt.datetime) -> Card | None:
    choices = choices_of(person)
    return Card("outbox/own_card.html", {"choices": choices}) if choices else None
