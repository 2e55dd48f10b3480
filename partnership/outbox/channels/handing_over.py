"""Hands messages to the channels except email, through one small interface: a message and its words in, an answer out.
Email is separate, since a batch shares one connection: `email.py` writes it, and `queue/delivering.py` sends it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import translation

from partnership.outbox.channels import sms
from partnership.outbox.channels.choosing import Channel
from partnership.outbox.kinds import Words
from partnership.outbox.models import Message
from partnership.outbox.reasons import BY_TEXT_MESSAGE, TO_BE_PRINTED


@dataclass(frozen=True)
class Answer:
    """A channel's answer about one message: SENT, FAILED, RETRY for another attempt later, or PAPER for the printer."""

    state: Message.State
    reason: str = ""


def hand_over(message: Message, words: Words, channel: str) -> Answer:
    """Give a message to a channel that is not email, and return its answer."""
    return CHANNELS[channel](message, words)


def by_text(message: Message, words: Words) -> Answer:
    """Give it to the text gateway, with the message's key."""
    with translation.override(message.reading_language):
        text = sms.text_of(message, words)
    to = sms.dialled(message.recipient) if message.recipient else ""
    try:
        sms.send(to=to, sender=message.partnership.short_name, text=text, key=message.key)
    except sms.NotAccepted as error:
        return Answer(Message.State.RETRY if error.again else Message.State.FAILED, error.reason)
    return Answer(Message.State.SENT, BY_TEXT_MESSAGE)


def by_letter(message: Message, words: Words) -> Answer:
    """Put it in the tray: staff print letters in batches (`staff/letter_batches.py`), which render the words again."""
    return Answer(Message.State.PAPER, TO_BE_PRINTED)


CHANNELS: dict[str, Callable[[Message, Words], Answer]] = {Channel.SMS: by_text, Channel.LETTER: by_letter}
