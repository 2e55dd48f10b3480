"""Every channel but email behind one small interface: it is given a message and its words, and answers once.

Email stands apart, since a batch of it shares one connection: `email.py` writes it, and `queue/delivering.py` hands it
to the server.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import translation

from partnership.outbox.channels import sms
from partnership.outbox.channels.choosing import Channel
from partnership.outbox.kinds import Words
from partnership.outbox.models import Message


@dataclass(frozen=True)
class Answer:
    """What a channel said to one message: SENT, FAILED, RETRY for another try later, or PAPER for the printer."""

    state: Message.State
    reason: str = ""


def hand_over(message: Message, words: Words, channel: str) -> Answer:
    """Give a message to a channel that is not email, and return what the channel said."""
    return CHANNELS[channel](message, words)


def by_text(message: Message, words: Words) -> Answer:
    """Give it to the text gateway, under the message's own key."""
    with translation.override(message.reading_language):
        text = sms.text_of(message, words)
    to = sms.dialled(message.recipient) if message.recipient else ""
    try:
        sms.send(to=to, sender=message.partnership.short_name, text=text, key=message.key)
    except sms.NotAccepted as error:
        return Answer(Message.State.RETRY if error.again else Message.State.FAILED, error.reason)
    return Answer(Message.State.SENT, "text message")


def by_letter(message: Message, words: Words) -> Answer:
    """Lay it in the tray: staff print the letters together (`staff/letter_batches.py`), and find the words anew."""
    return Answer(Message.State.PAPER, "waits to be printed")


CHANNELS: dict[str, Callable[[Message, Words], Answer]] = {Channel.SMS: by_text, Channel.LETTER: by_letter}
