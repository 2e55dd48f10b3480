"""Taking messages for ourselves, and noting what became of them: who writes a message's state while it is sent.

A claim has an end. Whoever notes something does so only while her own claim stands, so that of two workers that both
believe to have a message, after one was away for longer than the lease, one is told.
"""

import datetime as dt
import itertools
import logging
from collections.abc import Iterable

from django.db import transaction

from partnership.outbox.kinds import kind
from partnership.outbox.models import Message, MessageQuerySet, Suppression
from partnership.outbox.queue.retrying import RETRIES
from partnership.outbox.reasons import as_kept
from partnership.outbox.suppression import digest_of

log = logging.getLogger(__name__)

# A worker that dies is replaced after the lease; one that is slow stops well before its own has run out.
LEASE = dt.timedelta(minutes=3)
WORKS_AT_MOST = dt.timedelta(minutes=2)
# What was looked up for a batch is true for so long: somebody may be erased, or a slot cancelled, meanwhile.
FRESH = dt.timedelta(seconds=1)


@transaction.atomic
def claim(*, urgent: bool, batch: int, now: dt.datetime) -> list[Message]:
    """Take up to `batch` due messages for ourselves until the lease ends; no other worker gets the same."""
    due = Message.objects.claimable(now)
    if urgent:
        due = due.filter(priority=Message.Priority.URGENT)
    ids = list(due.select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True)[:batch])
    if not ids:
        return []
    Message.objects.filter(pk__in=ids).update(state=Message.State.CLAIMED, claimed_until=now + LEASE)
    return load(ids, now + LEASE)


def load(ids: list[int], claimed_until: dt.datetime) -> list[Message]:
    """Return those messages that are still ours, in the given order, with what sending them needs looked up."""
    rows = Message.objects.filter(pk__in=ids, state=Message.State.CLAIMED, claimed_until=claimed_until)
    place = {pk: number for number, pk in enumerate(ids)}
    messages = sorted(rows.select_related("recipient").prefetch_related("partnership"), key=lambda row: place[row.pk])
    _look_up_suppressions(messages)
    for name, alike in itertools.groupby(sorted(messages, key=_kind_name), key=_kind_name):
        _prepare(name, list(alike))
    return messages


def _kind_name(message: Message) -> str:
    return message.kind


def _look_up_suppressions(messages: list[Message]) -> None:
    digests = {message.pk: digest_of(message.to_address) for message in messages}
    stopped = set(Suppression.objects.filter(digest__in=digests.values()).values_list("digest", flat=True))
    for message in messages:
        message.suppressed = digests[message.pk] in stopped


def _prepare(name: str, messages: list[Message]) -> None:
    try:
        prepare = kind(name).prepare
        if prepare:
            with transaction.atomic():
                prepare(messages)
    except Exception:
        # A fault in one kind must not hold up the others' mail: its words now look for themselves, one by one.
        log.exception("%s messages of kind %s could not be prepared", len(messages), name)


# -- What became of it ------------------------------------------------------------------------------------------------


def end(message: Message, state: Message.State, now: dt.datetime, reason: str = "") -> None:
    """Note that nothing more will be done about `message`; what it was about is forgotten.

    One that failed keeps it, since staff may try it again; a code to log in is never kept.
    """
    keeps = state == Message.State.FAILED and not kind(message.kind).is_account
    done = mine([message]).update(
        state=state,
        claimed_until=None,
        attempts=message.attempts + 1,
        ended_at=now,
        reason=as_kept(reason),
        about=message.about if keeps else {},
    )
    if not done:
        log.warning("Message %s was no longer ours when it ended as %s.", message.key, state)


def again(message: Message, now: dt.datetime, wait: dt.timedelta | None, reason: str) -> None:
    """Try once more after `wait`; None, or an hour when it would be too late, is giving up."""
    if wait is None:
        end(message, Message.State.FAILED, now, reason)
        return
    try_at = now + wait
    if message.expires_at and message.expires_at <= try_at:
        # It ends as expired when its time has passed, and does not look as if it were waiting until then.
        try_at = max(message.expires_at, now)
    mine([message]).update(
        state=Message.State.RETRY,
        claimed_until=None,
        attempts=message.attempts + 1,
        try_at=try_at,
        reason=as_kept(reason),
    )


def broken(message: Message, now: dt.datetime, reason: str) -> None:
    """Try again what failed for a reason that no mail server gave."""
    again(message, now, RETRIES[message.attempts] if message.attempts < len(RETRIES) else None, reason)


def queue_for_print(message: Message, reason: str) -> None:
    """Leave `message` for the printer: it is ended when its letter is posted."""
    mine([message]).update(
        state=Message.State.PAPER, claimed_until=None, attempts=message.attempts + 1, reason=as_kept(reason)
    )


def wait_until_due(message: Message) -> None:
    """Let go of what had its turn early because of the post, and goes another way now."""
    mine([message]).update(state=Message.State.QUEUED, claimed_until=None, try_at=message.due_at, reason="")


def put_back(messages: Iterable[Message], reason: str) -> None:
    """Let go of messages that were not tried. Their turn stays where it was, and so does the alarm for lateness."""
    mine(list(messages)).update(state=Message.State.RETRY, claimed_until=None, reason=as_kept(reason))


def hold(messages: list[Message], later: dict[int, dt.datetime]) -> None:
    """Let go of messages whose domain has had enough for now, until the minute that each was given."""
    for try_at, group in itertools.groupby(sorted(messages, key=lambda one: later[one.pk]), lambda one: later[one.pk]):
        mine(list(group)).update(
            state=Message.State.RETRY, claimed_until=None, try_at=try_at, reason="many to one domain: spread over time"
        )


def mine(messages: list[Message]) -> MessageQuerySet:
    """Return the rows of these messages of one batch on which our own claim still stands."""
    ids = [message.pk for message in messages]
    until = messages[0].claimed_until if messages else None
    return Message.objects.filter(pk__in=ids, state=Message.State.CLAIMED, claimed_until=until)
