"""Which letters still say how things stand. A letter waits for days, and a case may move on: an old one would tell its
reader the opposite of the new one in the same post.
"""

import datetime as dt
import logging
from collections.abc import Iterable

from partnership.outbox.kinds import kinds
from partnership.outbox.models import Letter, LetterBatch, Message, MessageQuerySet
from partnership.outbox.queue.claiming import prepare_all
from partnership.outbox.queue.final_check import final_check
from partnership.outbox.reasons import SAID_SINCE

log = logging.getLogger(__name__)
S = Message.State


def said_since(messages: Iterable[Message]) -> set[int]:
    """Return the numbers of those messages whose reader has, or gets, a newer one on how the same case stands."""
    about_a_case = [message for message in messages if _is_last_word(message)]
    names = [kind.name for kind in kinds if kind.last_word]
    told = Message.objects.filter(
        kind__in=names,
        recipient__in={message.recipient_id for message in about_a_case},
        state__in=[*Message.OPEN, S.SENT],
    )
    newest: dict[tuple[int | None, str], int] = {}
    for message in told.only("pk", "kind", "key", "recipient").order_by("pk"):
        newest[message.recipient_id, case_of(message)] = message.pk
    return {
        message.pk for message in about_a_case if newest.get((message.recipient_id, case_of(message)), 0) > message.pk
    }


def case_of(message: Message) -> str:
    """Return what the message is about: its key up to its kind."""
    return message.key.partition(f".{message.kind.rpartition('.')[2]}.")[0]


def waiting_in(batch: LetterBatch) -> MessageQuerySet:
    """Return the messages of a batch that are to be handed over, in its order."""
    rows = Message.objects.filter(letter__batch=batch, state=S.PAPER).order_by("letter__position")
    return rows.select_related("letter", "recipient__partnership", "partnership")


def no_longer_true(batch: LetterBatch, now: dt.datetime) -> list[Letter]:
    """Return the letters of a batch that is not handed over yet which said something else when they were printed than
    is true now.
    """
    if batch.handed_over_at:
        return []
    messages = list(waiting_in(batch))
    replaced = said_since(messages)
    # What the words need is read for all letters together, as for a batch of emails.
    prepare_all(messages)
    return [message.letter for message in messages if message.pk in replaced or why_untrue(message, now)]


def why_untrue(message: Message, now: dt.datetime) -> tuple[Message.State, str] | None:
    """Return how a message ends whose letter is printed and not to be handed over, and why; None if it still holds."""
    if said_since([message]):
        return S.WITHDRAWN, SAID_SINCE
    try:
        decision = final_check(message, now)
    except Exception:
        log.exception("The letter of %s could not be looked at again", message.key)
        return None
    return None if decision.words else (decision.outcome, decision.reason)


def _is_last_word(message: Message) -> bool:
    return message.kind in kinds and kinds[message.kind].last_word
