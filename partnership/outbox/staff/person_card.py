"""The card on the page of a person for staff: how we write to them, and what we have written."""

import datetime as dt

from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from partnership.outbox.channels.ways import reached_now
from partnership.outbox.scopes import messages_in_view
from partnership.outbox.suppression import Stopped, digest_of, why_stopped
from partnership.people.access import LoggedInRequest
from partnership.people.models import User
from partnership.people.own.reached import way_in_words
from partnership.people.own_page import Card

NEWEST = 10


def messages_card(viewer: User, person: User, request: LoggedInRequest, now: dt.datetime) -> Card:
    """Return the card of how we reach a person, and their newest messages as staff see them."""
    theirs = messages_in_view(viewer, request.partnership).filter(recipient=person)
    # One that was withdrawn may have been meant for a day to come: what happened to it has happened.
    newest = theirs.annotate(when=Coalesce("ended_at", "due_at")).order_by("-when", "-pk")[:NEWEST]
    rows = [{"at": row.returned_at or row.ended_at or row.due_at, "message": row} for row in newest]
    context = {"channel": way_in_words(person), "messages": rows, "stopped": _said_of_stop(person)}
    return Card("outbox/person_card.html", context)


def _said_of_stop(person: User) -> str:
    """Return that mail to the person's mailbox is stopped, if they are reached in another way."""
    is_told = reached_now(person).channel is None
    stopped = why_stopped(digest_of(person.email)) if person.email and not is_told else Stopped.NOT
    if stopped == Stopped.UNWANTED:
        return _("Our mail was reported as unwanted there. Only the person can allow it again, on their own page.")
    return _("It has come back. Ask for an email address that works.") if stopped else ""
