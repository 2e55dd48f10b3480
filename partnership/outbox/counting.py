"""Counts of messages that should have been sent and are not, for monitoring: counts and times, never a name."""

import datetime as dt
from dataclasses import dataclass

from partnership.outbox import scopes
from partnership.outbox.channels.postal_timing import waiting_too_long
from partnership.outbox.models import Message
from partnership.places.models import Partnership


@dataclass(frozen=True, slots=True)
class Late:
    """How many messages of one partnership are late, and when the oldest of them was due."""

    count: int
    oldest_due_at: dt.datetime | None

    def minutes(self, now: dt.datetime) -> int:
        """Return how late the oldest is; 0 if none is late."""
        return int((now - self.oldest_due_at).total_seconds() // 60) if self.oldest_due_at else 0


@dataclass(frozen=True, slots=True)
class Letters:
    """How many letters of one partnership wait: to be put in a batch, and in batches that are not handed over."""

    to_print: int
    to_hand_over: int
    late: int

    @property
    def count(self) -> int:
        return self.to_print + self.to_hand_over


def letters_waiting(partnership: Partnership, now: dt.datetime) -> Letters:
    """Count the letters that staff have to print and hand over to the post."""
    rows = Message.objects.filter(partnership=partnership, state=Message.State.PAPER)
    to_print = rows.filter(letter__isnull=True).count()
    return Letters(to_print, rows.count() - to_print, waiting_too_long(rows, now).count())


def late_messages(partnership: Partnership, now: dt.datetime) -> Late:
    """Count the messages that the staff's page calls late."""
    rows = scopes.late(scopes.written_to_own(partnership), now)
    return Late(rows.count(), rows.values_list("due_at", flat=True).first())


def not_arrived(partnership: Partnership) -> int:
    """Count the messages that failed or came back, and that nobody has seen to."""
    return scopes.written_to_own(partnership).not_arrived().count()


def oldest_turn(now: dt.datetime) -> dt.datetime | None:
    """Return when the oldest of the messages that should have been sent was due; None if there is none."""
    return Message.objects.overdue(now).values_list("try_at", flat=True).first()


def oldest_waiting_letter(now: dt.datetime) -> dt.datetime | None:
    """Return when the oldest letter that should be handed over by now was put in the tray; None if there is none."""
    return waiting_too_long(Message.objects.all(), now).values_list("try_at", flat=True).first()
