"""Posting a message in the transaction of the change that it is about, and withdrawing it."""

import datetime as dt
import logging
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial, reduce
from operator import or_
from typing import Any

from celery import current_app
from django.db import transaction
from django.db.models import Q

from partnership import clock
from partnership.outbox import digest
from partnership.outbox.channels.postal_timing import turn_of
from partnership.outbox.kinds import kind as kind_called
from partnership.outbox.models import Message
from partnership.outbox.reasons import IN_DIGEST
from partnership.outbox.suppression import digest_of
from partnership.people.actions.inviting import rehearsed
from partnership.people.models import User
from partnership.places.models import Partnership

log = logging.getLogger(__name__)

KEPT = dt.timedelta(days=90)


@dataclass(frozen=True, kw_only=True)
class NewMessage:
    """A message to be posted. `about` contains only ids; `to` is a person, or a mailbox that no person here has.

    It is due at `due_at` (by default now, or next morning if its kind is told in the digest) and is not sent after
    `expires_at`; a letter is printed early enough to arrive before that.
    """

    kind: str
    partnership: Partnership
    to: User | str
    about: Mapping[str, object]
    key: str
    due_at: dt.datetime | None = None
    expires_at: dt.datetime | None = None
    language: str = ""
    kept: dt.timedelta = KEPT


def post(*, now: dt.datetime, **message: Any) -> bool:
    """Post one message, given by the fields of `NewMessage`; return whether its key is new."""
    return bool(post_all([NewMessage(**message)], now))


def answer_typed(
    *,
    kind: str,
    partnership: Partnership,
    to: User,
    key: str,
    about: Mapping[str, object],
    a_day: int,
    now: dt.datetime,
) -> str:
    """Say to a mailbox what the page must not tell whoever typed it, at most `a_day` times on one local day; return day
    and number, or "" if it was one too many. That one does the same work and undoes it: a page that answered faster
    would tell that the mailbox is known.

    ValueError: a kind that could go elsewhere than to the mailbox (`to_typed`).
    """
    if not kind_called(kind).is_for_mailbox_only:
        raise ValueError(f"{kind} answers a typed mailbox, so it must be `to_typed`.")
    day = clock.local(now, partnership.zone).date()
    message: dict[str, Any] = {"kind": kind, "partnership": partnership, "to": to, "about": about, "now": now}
    for number in range(1, a_day + 1):
        # One that goes once a day has no number in its key, as those that are stored.
        if post(key=f"{key}.{day}" if a_day == 1 else f"{key}.{day}.{number}", **message):
            return f"{day}.{number}"
    with rehearsed():
        post(key=f"{key}.{day}.again", **message)
    return ""


def post_all(messages: Iterable[NewMessage], now: dt.datetime) -> set[str]:
    """Post messages, in two statements for any number of them, and return the new keys. An existing key changes
    nothing. Must be called inside a transaction, so that messages are stored only together with the change that caused
    them.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("post() belongs in the transaction of the change that it tells of.")
    messages = list(messages)
    # A kind of the digest is one more thing in its reader's message of the next morning; a row of its own, which has
    # ended, keeps its key.
    things = [message for message in messages if _is_in_digest(message)]
    rows = [_row(message, now) for message in messages if not _is_in_digest(message)] + [
        _row_in_digest(message, now) for message in things
    ]
    keys = {row.key for row in rows}
    new = keys.difference(Message.objects.filter(key__in=keys).values_list("key", flat=True))
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    for message in things:
        if message.key in new:
            _add_to_digest(message, now)
    for priority in {row.priority for row in rows if row.key in new and row.ended_at is None and row.try_at <= now}:
        transaction.on_commit(partial(wake, priority), robust=True)
    return new


def _is_in_digest(message: NewMessage) -> bool:
    return kind_called(message.kind).in_digest


def _add_to_digest(thing: NewMessage, now: dt.datetime) -> None:
    """Add a thing to its reader's digest of the morning that it is due on, which is made if there is none."""
    here = thing.partnership
    if isinstance(thing.to, str):
        raise ValueError(f"{thing.kind} is told in a digest, and only people have one.")
    morning = digest.morning_of(here, thing.due_at, now)
    for key in digest.keys_of(thing.to, here, morning):
        own = NewMessage(kind=digest.NAME, partnership=here, to=thing.to, about={}, key=key, due_at=morning)
        Message.objects.bulk_create([_row(own, now)], ignore_conflicts=True)
        if digest.add(key, thing=thing.key, kind=thing.kind, about=dict(thing.about)):
            return


def _row(message: NewMessage, now: dt.datetime) -> Message:
    kind = kind_called(message.kind)
    due_at = message.due_at or now
    recipient = message.to if isinstance(message.to, User) else None
    mailbox = "" if isinstance(message.to, User) else message.to
    may_be_letter = recipient if not (kind.by_email or kind.to_typed) else None
    return Message(
        key=message.key,
        partnership=message.partnership,
        kind=message.kind,
        priority=kind.priority,
        recipient=recipient,
        mailbox=mailbox,
        sent_to=digest_of(mailbox) if mailbox else "",
        language=message.language,
        about=dict(message.about),
        created_at=now,
        due_at=due_at,
        try_at=turn_of(to=may_be_letter, due_at=due_at, expires_at=message.expires_at, now=now),
        expires_at=message.expires_at,
        forget_after=max(due_at, now) + message.kept,
    )


def _row_in_digest(message: NewMessage, now: dt.datetime) -> Message:
    """Return the ended row that keeps the key of a thing in a digest, so that it is told once."""
    row = _row(message, now)
    row.state, row.ended_at, row.reason, row.about = Message.State.WITHDRAWN, now, IN_DIGEST, {}
    return row


def withdraw(*key_prefixes: str, now: dt.datetime, reason: str, to: User | None = None) -> int:
    """Withdraw the unsent messages whose key begins with one of `key_prefixes`, or only those to somebody; return how
    many. To a mailbox of nobody we know, also one that failed and could be tried again.

    A message that a worker is sending at this moment is not withdrawn.
    """
    begins_so = reduce(or_, (Q(key__startswith=prefix) for prefix in key_prefixes))
    waits = Q(state__in=[state for state in Message.OPEN if state != Message.State.CLAIMED])
    failed = Q(state=Message.State.FAILED, recipient=None) & ~Q(mailbox="")
    return Message.objects.filter(begins_so, waits | failed, *([Q(recipient=to)] if to else [])).update(
        state=Message.State.WITHDRAWN, ended_at=now, reason=reason, about={}, mailbox=""
    )


def wake(priority: int) -> None:
    """Tell a worker that there is something to send. Never delays the caller, whatever state the broker is in."""
    queue = "urgent" if priority == Message.Priority.URGENT else "mail"
    if queue not in _calls_waiting:
        _calls_waiting.add(queue)
        _caller.submit(_call, queue)


# The broker's client waits for seconds if the broker is down, and the citizen must not. One thread makes all calls; a
# call that is lost with its process only costs time, since the sweep sends what it finds.
_caller = ThreadPoolExecutor(max_workers=1, thread_name_prefix="wake")
_calls_waiting: set[str] = set()


def _call(queue: str) -> None:
    _calls_waiting.discard(queue)
    try:
        current_app.send_task("outbox.deliver", kwargs={"queue": queue}, queue=queue, retry=False, ignore_result=True)
    except Exception as error:
        log.warning("No broker to wake the %s workers (%s); portal-sender sends it, or the sweep later.", queue, error)
