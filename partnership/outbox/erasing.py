"""What the outbox forgets with a person: also the messages that went to her address before we knew whose it was."""

import datetime as dt

from partnership.outbox.models import LetterBatch, Message
from partnership.people.models import User


def messages(person: User, now: dt.datetime) -> None:
    """Delete every message to her, sent or waiting. That her address must get no mail is kept, as a keyed hash."""
    # The printer's file holds her letter; it is made anew without her where it is still needed.
    LetterBatch.objects.filter(letters__message__recipient=person).update(pdf=b"")
    Message.objects.filter(recipient=person).delete()
    if person.email:
        Message.objects.filter(address__iexact=person.email).delete()
