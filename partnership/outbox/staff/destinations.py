"""The channel and the destination that a message will use, for staff who are about to send or withdraw it."""

from dataclasses import dataclass

from partnership.outbox.channels.choosing import Channel, channel_for
from partnership.outbox.channels.homes import home_for
from partnership.outbox.kinds import kind, names
from partnership.outbox.models import Message
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
    if channel is None:
        return None
    return Destination(str(Channel(channel).label), _where(message, channel))


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
