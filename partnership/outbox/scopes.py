"""Which messages a viewer may see, in the partnership of the request."""

import datetime as dt
import re

from django.db.models import Q, QuerySet

from partnership.fields.phone import e164
from partnership.outbox.channels.postal_timing import waiting_too_long
from partnership.outbox.models import LetterBatch, Message, MessageQuerySet
from partnership.outbox.rules import may_handle
from partnership.outbox.suppression import digest_of
from partnership.people.models import User
from partnership.places.models import Partnership
from written.mailboxes import canonical

# A message is late after this; the sweep runs every 20 seconds.
LATE = dt.timedelta(minutes=5)


def messages_in_view(viewer: User, here: Partnership) -> MessageQuerySet:
    """Return the messages of this partnership to its staff, none to anyone else; and none to people of another: they
    answer a mailbox that was typed here, and would tell whose it is.
    """
    rows = written_to_own(here).select_related("recipient", "partnership")
    return rows if may_handle(viewer, here) else rows.none()


def written_to_own(here: Partnership) -> MessageQuerySet:
    """Return the messages of this partnership to its own people, to those who belong to none, and to unknown ones."""
    own = Q(recipient=None) | Q(recipient__partnership=None) | Q(recipient__partnership=here)
    return Message.objects.filter(own, partnership=here)


def not_arrived_about(viewer: User, here: Partnership, key_prefix: str) -> MessageQuerySet:
    """Return to staff the messages whose key begins so that failed or came back, and that nobody has seen to."""
    return messages_in_view(viewer, here).not_arrived().filter(key__startswith=key_prefix).order_by("pk")


def examples(kind: str, here: Partnership) -> MessageQuerySet:
    """Return the messages of a kind that staff here may read, for showing them its words."""
    return written_to_own(here).filter(kind=kind).select_related("recipient", "partnership")


def batches_in_view(viewer: User, here: Partnership) -> QuerySet[LetterBatch]:
    """Return the batches of letters of this partnership to its staff, the newest first; none to anyone else."""
    rows = LetterBatch.objects.filter(partnership=here).order_by("-number")
    return rows if may_handle(viewer, here) else rows.none()


def to_mailbox(rows: MessageQuerySet, email: str) -> MessageQuerySet:
    """Return the messages to exactly this mailbox; part of one finds nobody."""
    email = canonical(email)
    to_unknown = Message.objects.to_unknown(email, digest_of(email)).values("pk")
    return rows.filter(Q(recipient__email=email) | Q(pk__in=to_unknown)) if email else rows.none()


def to_reader(rows: MessageQuerySet, wanted: str, here: Partnership) -> MessageQuerySet:
    """Return the messages to those with exactly this mailbox or telephone number, or with these whole words in
    their name.
    """
    if "@" in wanted:
        return to_mailbox(rows, wanted)
    if number := e164(wanted, here.country):
        people = User.objects.filter(partnership=here).exclude(phone="").values_list("pk", "phone")
        return rows.filter(recipient__in=[pk for pk, phone in people if e164(phone, here.country) == number])
    words = wanted.split()
    for word in words:
        rows = rows.filter(recipient__name__iregex=rf"(^|[^[:alnum:]]){re.escape(word)}($|[^[:alnum:]])")
    return rows if words else rows.none()


def late(rows: MessageQuerySet, now: dt.datetime) -> MessageQuerySet:
    """Return what should have been sent by now, the oldest first: also letters that nobody has posted for two days."""
    return (rows.overdue(now - LATE) | waiting_too_long(rows, now)).order_by("try_at")
