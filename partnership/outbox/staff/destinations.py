"""The channel and the destination that a message will use, for staff who are about to send or withdraw it, and why it
does not arrive.
"""

import datetime as dt
from dataclasses import dataclass

from partnership import clock
from partnership.outbox.channels.choosing import Channel, channel_for
from partnership.outbox.channels.homes import home_for
from partnership.outbox.channels.ways import obstacle_to_staff
from partnership.outbox.kinds import kind, names
from partnership.outbox.models import Message
from partnership.outbox.queue.final_check import why_unreachable
from partnership.outbox.reasons import NOT_VERIFIED, UNREACHABLE, sentence_of
from written.mailboxes import readable

_STILL_TO_GO = (*Message.OPEN, Message.State.FAILED)


@dataclass(frozen=True)
class Destination:
    """A channel in words, and the mailbox, number or home it leads to; empty if the viewer may not see it."""

    channel: str
    where: str


def destination_of(message: Message) -> Destination | None:
    """Return where a message would go now, and by which channel; None if it has ended, or no channel works.

    Only for people who may handle messages (`rules.may_handle`).
    """
    if message.state not in _STILL_TO_GO or message.kind not in names():
        return None
    channel = channel_for(message, kind(message.kind))
    if channel is None or (message.recipient and channel == Channel.MAIL and obstacle_of(message, clock.now())):
        return None
    return Destination(str(Channel(channel).label), _where(message, channel))


def obstacle_of(message: Message, now: dt.datetime) -> str:
    """Return why a message would not reach its reader if it were sent now, and what to do instead; "" if it would."""
    if message.kind not in names():
        return ""
    kind_of = kind(message.kind)
    reason = why_unreachable(message, kind_of, channel_for(message, kind_of), now)
    return _in_words(message, reason, now) if reason else ""


def why_in_words(message: Message) -> str:
    """Return why a message is not sent, or not yet, as a sentence; of one that came back, what that means."""
    return _in_words(message, message.reason, clock.now())


def _in_words(message: Message, reason: str, now: dt.datetime) -> str:
    reader = message.recipient
    if reason in (NOT_VERIFIED, UNREACHABLE) and reader and reader.email and not reader.has_open_mailbox:
        # Nobody can log in before that day, so it is no use to wait for it, or to look for an address.
        return obstacle_to_staff(reader, by_email=True) or sentence_of(reason)
    return sentence_of(reason)


def _where(message: Message, channel: str) -> str:
    person = message.recipient
    if person is None:
        return readable(message.mailbox)
    if channel == Channel.MAIL:
        return readable(message.to_mailbox)
    if channel == Channel.SMS:
        return message.partnership.in_groups(person.phone)
    home = home_for(message)
    return home.label if home else ""
