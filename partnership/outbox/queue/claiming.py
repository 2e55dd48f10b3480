"""Claiming messages and recording their results: the only module that writes a message's state while it is sent. A
claim ends with its lease. A worker records a result only while its own claim is valid, so that after one was stalled
for longer than the lease, two workers cannot both record the same message.
"""

import datetime as dt
import itertools
import logging
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from partnership.outbox.kinds import kind
from partnership.outbox.models import Message, MessageQuerySet, Suppression
from partnership.outbox.queue.retrying import RETRIES
from partnership.outbox.reasons import NOT_VERIFIED, SPREAD_OUT, as_kept
from partnership.outbox.suppression import digest_of
from partnership.people.mailboxes import typed_and_not_verified

log = logging.getLogger(__name__)

# After the lease another worker takes over from one that died; a slow one stops well before its lease ends.
LEASE = dt.timedelta(minutes=3)
WORKS_AT_MOST = dt.timedelta(minutes=2)
# How long a message waits for a mailbox to be shown to be the reader's, and how often we look.
OWNER_WAITED_FOR, OWNER_ASKED_EVERY = dt.timedelta(days=3), dt.timedelta(hours=4)
# How long data fetched for a batch may be used: meanwhile somebody may be erased or a talk cancelled.
FRESH = dt.timedelta(seconds=1)


@transaction.atomic
def claim(*, urgent: bool, batch: int, now: dt.datetime) -> list[Message]:
    """Claim up to `batch` due messages until the lease ends; no other worker gets the same."""
    due = Message.objects.claimable(now)
    if urgent:
        due = due.filter(priority=Message.Priority.URGENT)
    ids = list(due.select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True)[:batch])
    if not ids:
        return []
    Message.objects.filter(pk__in=ids).update(state=Message.State.CLAIMED, claimed_until=now + LEASE)
    return load(ids, now + LEASE)


def load(ids: list[int], claimed_until: dt.datetime) -> list[Message]:
    """Return the messages that are still ours, in the given order, with the data that sending them needs."""
    rows = Message.objects.filter(pk__in=ids, state=Message.State.CLAIMED, claimed_until=claimed_until)
    order = {pk: number for number, pk in enumerate(ids)}
    messages = sorted(rows.select_related("recipient").prefetch_related("partnership"), key=lambda row: order[row.pk])
    prepare_all(messages)
    return messages


def prepare_all(messages: list[Message]) -> None:
    """Fetch what checking and writing the messages needs, for all of them together."""
    _look_up_suppressions(messages)
    _look_up_unverified(messages)
    for name, alike in itertools.groupby(sorted(messages, key=_kind_name), key=_kind_name):
        _prepare(name, list(alike))


def _kind_name(message: Message) -> str:
    return message.kind


def _look_up_suppressions(messages: list[Message]) -> None:
    digests = {message.pk: digest_of(message.to_mailbox) for message in messages}
    stopped = set(Suppression.objects.filter(digest__in=digests.values()).values_list("digest", flat=True))
    for message in messages:
        message.suppressed = digests[message.pk] in stopped


def _look_up_unverified(messages: list[Message]) -> None:
    readers = {message.recipient_id for message in messages if message.recipient_id}
    unverified = set(typed_and_not_verified().filter(user__in=readers).values_list("user", flat=True))
    for message in messages:
        message.not_verified = message.recipient_id in unverified


def _prepare(name: str, messages: list[Message]) -> None:
    try:
        prepare = kind(name).prepare
        if prepare:
            with transaction.atomic():
                prepare(messages)
    except Exception:
        # An error in one kind must not hold up the others: its words now fetch their cases one by one.
        log.exception("%s messages of kind %s could not be prepared", len(messages), name)


# -- Results --------------------------------------------------------------------------------------------------------


def end(message: Message, state: Message.State, now: dt.datetime, reason: str = "") -> None:
    """Record that `message` is finished."""
    done = mine([message]).update(
        state=state,
        claimed_until=None,
        attempts=message.attempts + 1,
        ended_at=now,
        reason=as_kept(reason),
        **kept_at_end(message, state),
    )
    if not done:
        log.warning("Message %s was no longer ours when it ended as %s.", message.key, state)


def kept_at_end(message: Message, state: Message.State) -> dict[str, Any]:
    """Return what a message that ends so keeps: one that has failed keeps what it is about and a stranger's mailbox,
    since staff may try it again; all others, and codes, keep neither.
    """
    keeps = state == Message.State.FAILED and not kind(message.kind).holds_code
    return {"about": message.about if keeps else {}, "mailbox": message.mailbox if keeps else ""}


def again(message: Message, now: dt.datetime, wait: dt.timedelta | None, reason: str) -> None:
    """Try again after `wait`; give up if it is None or the message would expire before."""
    if wait is None:
        end(message, Message.State.FAILED, now, reason)
        return
    try_at = now + wait
    if message.expires_at and message.expires_at <= try_at:
        # It is recorded as expired now rather than shown as waiting until then.
        try_at = max(message.expires_at, now)
    mine([message]).update(
        state=Message.State.RETRY,
        claimed_until=None,
        attempts=message.attempts + 1,
        try_at=try_at,
        reason=as_kept(reason),
    )


def broken(message: Message, now: dt.datetime, reason: str) -> None:
    """Try again after an error that did not come from a mail server."""
    again(message, now, RETRIES[message.attempts] if message.attempts < len(RETRIES) else None, reason)


def wait_for_owner(message: Message, now: dt.datetime) -> None:
    """Keep a message until the reader has verified the mailbox; staff call who has not after some days, or
    shortly before the message would be of no use.
    """
    try_at, ends_at = now + OWNER_ASKED_EVERY, message.due_at + OWNER_WAITED_FOR
    if try_at >= min(ends_at, message.expires_at or ends_at):
        end(message, Message.State.FAILED, now, NOT_VERIFIED)
        return
    mine([message]).update(state=Message.State.RETRY, claimed_until=None, try_at=try_at, reason=NOT_VERIFIED)


def queue_for_print(message: Message, reason: str) -> None:
    """Leave `message` for the printer: it is finished when its letter is handed over."""
    mine([message]).update(
        state=Message.State.PAPER, claimed_until=None, attempts=message.attempts + 1, reason=as_kept(reason)
    )


def wait_until_due(message: Message) -> None:
    """Release a message that was early because it was to be a letter, and now uses another channel."""
    mine([message]).update(state=Message.State.QUEUED, claimed_until=None, try_at=message.due_at, reason="")


def put_back(messages: Iterable[Message], reason: str) -> None:
    """Release messages that were not tried. Their time is unchanged, so they still count as late."""
    mine(list(messages)).update(state=Message.State.RETRY, claimed_until=None, reason=as_kept(reason))


def spread(messages: list[Message], later: dict[int, dt.datetime]) -> None:
    """Release messages to domains above their limit, until the minute that each was given."""
    for try_at, group in itertools.groupby(sorted(messages, key=lambda one: later[one.pk]), lambda one: later[one.pk]):
        mine(list(group)).update(state=Message.State.RETRY, claimed_until=None, try_at=try_at, reason=SPREAD_OUT)


def mine(messages: list[Message]) -> MessageQuerySet:
    """Return the rows of these messages that our own claim still covers."""
    ids = [message.pk for message in messages]
    until = messages[0].claimed_until if messages else None
    return Message.objects.filter(pk__in=ids, state=Message.State.CLAIMED, claimed_until=until)
