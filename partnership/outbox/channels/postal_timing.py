"""Letters take days, so a letter with a deadline is put in the tray days before it."""

import datetime as dt

from partnership.outbox.models import Message, MessageQuerySet
from partnership.people.models import User

# Staff print a few times a week, and what is ready on Friday is handed over on Monday; then the post needs three days.
DESK, DELIVERY = dt.timedelta(days=2), dt.timedelta(days=3)
LEAD = DESK + DELIVERY


def turn_of(*, to: User | None, due_at: dt.datetime, expires_at: dt.datetime | None, now: dt.datetime) -> dt.datetime:
    """Return when to send a message: when it is due, or by letter early enough to arrive before it expires."""
    if expires_at is None or to is None or to.reached_by != User.Channel.LETTER:
        return due_at
    return min(due_at, max(expires_at - LEAD, now))


def cannot_arrive(message: Message, now: dt.datetime) -> bool:
    """Return whether a letter that is put in the tray now would come too late."""
    return message.expires_at is not None and now + DELIVERY > message.expires_at


def update_turns(*, person: User, now: dt.datetime) -> None:
    """Recompute when waiting messages are sent, after a person's channel has changed."""
    for message in Message.objects.filter(recipient=person, state=Message.State.QUEUED, due_at__gt=now):
        turn = turn_of(to=person, due_at=message.due_at, expires_at=message.expires_at, now=now)
        if turn != message.try_at:
            Message.objects.filter(pk=message.pk, state=Message.State.QUEUED).update(try_at=turn)


def waiting_too_long(rows: MessageQuerySet, now: dt.datetime) -> MessageQuerySet:
    """Return the letters that should have been printed and handed over by now, the oldest first."""
    return rows.filter(state=Message.State.PAPER, try_at__lt=now - DESK).order_by("try_at")
