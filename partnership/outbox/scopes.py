"""Which messages a viewer may see, in the partnership of the request."""

import datetime as dt

from django.db.models import Q, QuerySet

from partnership.outbox.models import LetterBatch, Message, MessageQuerySet
from partnership.outbox.rules import may_handle
from partnership.people.models import User
from partnership.places.models import Partnership
from written.mailboxes import canonical

# A message is late after this; the sweep runs every 20 seconds.
LATE = dt.timedelta(minutes=5)


def messages_in_view(viewer: User, here: Partnership) -> MessageQuerySet:
    """Return the messages of this partnership to its staff, none to anyone else."""
    rows = Message.objects.filter(partnership=here).select_related("recipient", "partnership")
    return rows if may_handle(viewer, here) else rows.none()


def batches_in_view(viewer: User, here: Partnership) -> QuerySet[LetterBatch]:
    rows = LetterBatch.objects.filter(partnership=here).order_by("-number")
    return rows if may_handle(viewer, here) else rows.none()


def to_address(rows: MessageQuerySet, email: str) -> MessageQuerySet:
    """Return the messages to exactly this address; part of one finds nobody."""
    email = canonical(email)
    return rows.filter(Q(recipient__email=email) | Q(address__iexact=email)) if email else rows.none()


def late(rows: MessageQuerySet, now: dt.datetime) -> MessageQuerySet:
    return rows.overdue(now - LATE)
