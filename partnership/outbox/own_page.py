"""The cards on the own page: what we write to the reader about, and a mobile number that waits for its code."""

import datetime as dt

from django.http import HttpRequest

from partnership.outbox.preferences.stopping import choices_of
from partnership.outbox.preferences.verifying import must_show
from partnership.people.models import User
from partnership.people.own_page import Card


def number_card(person: User, request: HttpRequest, now: dt.datetime) -> Card | None:
    return Card("outbox/number_card.html", {"number": person.phone}) if must_show(person) else None


def messages_card(person: User, request: HttpRequest, now: dt.datetime) -> Card | None:
    choices = choices_of(person)
    return Card("outbox/own_card.html", {"choices": choices}) if choices else None
