"""What the outbox deletes with a person, including messages to their mailbox from before we knew whose it was, and to
mailboxes that they had before.
"""

import datetime as dt
from collections.abc import Collection

from partnership.outbox.channels.printed import lock_batches
from partnership.outbox.models import Letter, LetterBatch, Message
from partnership.outbox.own_data import told_elsewhere
from partnership.outbox.suppression import digest_of
from partnership.people.mailboxes import own_mailbox
from partnership.people.models import User
from partnership.places.models import Partnership


def delete_messages(person: User, now: dt.datetime) -> None:
    """Delete every message to the person, sent or waiting. A stopped mailbox stays stored, as a keyed hash."""
    _wait_for_batches(person)
    _delete_of([person.pk])
    if mailbox := own_mailbox(person):
        Message.objects.to_unknown(mailbox, digest_of(mailbox)).delete()
    for rows in told_elsewhere:
        rows(person).delete()


def delete_messages_to(people: Collection[int]) -> set[int]:
    """Delete every message to these people of one partnership, whose row the caller has locked, and return who of them
    has got one: they were written down by mistake a moment ago, and nothing else is known of them.
    """
    printed = LetterBatch.objects.filter(letters__message__recipient__in=people, handed_over_at=None)
    list(LetterBatch.objects.filter(pk__in=printed.values("pk")).select_for_update().order_by("pk").only("pk"))
    sent = Message.objects.filter(recipient__in=people, state__in=[Message.State.SENT, Message.State.CLAIMED])
    told = set(sent.values_list("recipient", flat=True))
    _delete_of(people)
    return told


def _delete_of(people: Collection[int]) -> None:
    # The printer's file contains their letters; it is made again without them if it is still needed.
    LetterBatch.objects.filter(letters__message__recipient__in=people).update(pdf=b"")
    not_posted = Letter.objects.filter(message__recipient__in=people, batch__handed_over_at=None)
    not_posted.update(message=None, printed_to="")
    Message.objects.filter(recipient__in=people).delete()


def _wait_for_batches(person: User) -> None:
    """Lock what a batch locks, in its order, so that none with a letter to the person is made or posted meanwhile."""
    theirs = Message.objects.filter(recipient=person).values("partnership")
    list(Partnership.objects.filter(pk__in=theirs).select_for_update(no_key=True).order_by("pk").only("pk"))
    lock_batches(person)
