"""Which letters still say how things stand. A letter waits for days, and a case may move on: an old one would tell its
reader the opposite of the new one in the same post.
"""

import datetime as dt
import logging
from collections.abc import Iterable

from partnership.outbox.kinds import kinds
from partnership.outbox.models import Letter, LetterBatch, Message
from partnership.outbox.queue.final_check import final_check
from partnership.outbox.reasons import SAID_SINCE

log = logging.getLogger(__name__)
S = Message.State


def said_since(messages: Iterable[Message]) -> set[int]:
    """Return the numbers of those messages whose reader has, or gets, a newer one on how the same case stands."""
    about_a_case = [one for one in messages if _is_last_word(one)]
    names = [kind.name for kind in kinds if kind.last_word]
    told = Message.objects.filter(
        kind__in=names, recipient__in={one.recipient_id for one in about_a_case}, state__in=[*Message.OPEN, S.SENT]
    )
    newest: dict[tuple[int | None, str], int] = {}
    for one in told.only("pk", "kind", "key", "recipient").order_by("pk"):
        newest[one.recipient_id, case_of(one)] = one.pk
    return {one.pk for one in about_a_case if newest.get((one.recipient_id, case_of(one)), 0) > one.pk}


def case_of(message: Message) -> str:
    """Return what the message is about: its key up to its kind."""
    return message.key.partition(f".{message.kind.rpartition('.')[2]}.")[0]


def no_longer_true(batch: LetterBatch, now: dt.datetime) -> list[Letter]:
    """Return the letters of a batch that is not handed over yet which said something else when they were printed than
    is true now.
    """
    if batch.handed_over_at:
        return []
    letters = list(batch.letters.filter(message__state=S.PAPER).select_related("message__recipient__partnership"))
    replaced = said_since(letter.message for letter in letters)
    return [letter for letter in letters if letter.message_id in replaced or why_untrue(letter.message, now)]


def why_untrue(message: Message, now: dt.datetime) -> str:
    """Return why a letter that is printed is not to be handed over; "" if it is."""
    if said_since([message]):
        return SAID_SINCE
    try:
        look = final_check(message, now)
    except Exception:
        log.exception("The letter of %s could not be looked at again", message.key)
        return ""
    return "" if look.words else look.reason


def _is_last_word(message: Message) -> bool:
    return message.kind in kinds and kinds[message.kind].last_word
