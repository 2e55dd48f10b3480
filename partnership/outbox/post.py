"""The only way in: a message is posted in the same transaction as the change that it tells of."""

import datetime as dt
import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from celery import current_app
from django.db import transaction

from partnership.outbox.kinds import kind as kind_called
from partnership.outbox.models import Message
from partnership.people.models import User
from partnership.places.models import Partnership

log = logging.getLogger(__name__)

KEPT = dt.timedelta(days=90)


def post(
    *,
    kind: str,
    partnership: Partnership,
    to: User | str,
    about: Mapping[str, object],
    key: str,
    now: dt.datetime,
    due_at: dt.datetime | None = None,
    expires_at: dt.datetime | None = None,
    language: str = "",
    kept: dt.timedelta = KEPT,
) -> bool:
    """Promise a message, and return whether it is new: the same key again changes nothing.

    It becomes due at `due_at` (now, if none is given) and is not sent after `expires_at`. Only ids go into `about`.
    Must be called inside a transaction, so that the promise and its cause stand or fall together.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("post() belongs in the transaction of the change that it tells of.")
    due_at = due_at or now
    row = Message(
        key=key,
        partnership=partnership,
        kind=kind,
        priority=kind_called(kind).priority,
        recipient=to if isinstance(to, User) else None,
        address="" if isinstance(to, User) else to,
        language=language,
        about=dict(about),
        created_at=now,
        due_at=due_at,
        try_at=due_at,
        expires_at=expires_at,
        forget_after=max(due_at, now) + kept,
    )
    before = Message.objects.filter(key=key).exists()
    Message.objects.bulk_create([row], ignore_conflicts=True)
    if not before and due_at <= now:
        transaction.on_commit(lambda: wake(row.priority), robust=True)
    return not before


def withdraw(*, key_prefix: str, now: dt.datetime, reason: str) -> int:
    """Take back what has not been sent of the messages whose key begins so; return how many."""
    return (
        Message.objects.open()
        .filter(key__startswith=key_prefix)
        .exclude(state=Message.State.CLAIMED)
        .update(state=Message.State.WITHDRAWN, ended_at=now, reason=reason, about={})
    )


def wake(priority: int) -> None:
    """Tell a worker that there is something to send. Costs the caller nothing, whatever state the broker is in."""
    queue = "urgent" if priority == Message.Priority.URGENT else "mail"
    if queue not in _calls_waiting:
        _calls_waiting.add(queue)
        _caller.submit(_call, queue)


# The broker's client waits for seconds before it gives up on a broker that is away, and the citizen must not. One
# thread calls for all; a call that is lost with its process costs latency only, since the sweep sends what it finds.
_caller = ThreadPoolExecutor(max_workers=1, thread_name_prefix="wake")
_calls_waiting: set[str] = set()


def _call(queue: str) -> None:
    _calls_waiting.discard(queue)
    try:
        current_app.send_task("outbox.deliver", kwargs={"queue": queue}, queue=queue, retry=False, ignore_result=True)
    except Exception as error:
        log.warning("No broker to wake the %s workers (%s); the sweep will send it.", queue, error)
