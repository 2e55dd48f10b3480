"""What the outbox deletes with a person, including messages to their mailbox from before we knew whose it was."""

import datetime as dt

from partnership.outbox.models import LetterBatch, Message
from partnership.people.models import User


def delete_messages(person: User, now: dt.datetime) -> None:
    """Delete every message to the person, sent or waiting. A stopped mailbox stays stored, as a keyed hash."""
    # The printer's file contains the person's letter; it is made again without it if it is still needed.
    LetterBatch.objects.filter(letters__message__recipient=person).update(pdf=b"")
    Message.objects.filter(recipient=person).delete()
    if person.email:
        Message.objects.filter(mailbox__iexact=person.email).delete()
