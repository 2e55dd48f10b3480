"""Which way a message will take, for the staff who are about to send it or to take it back."""

from dataclasses import dataclass

from partnership.outbox.channels.choosing import Channel, channel_for
from partnership.outbox.homes import home_of
from partnership.outbox.kinds import kind, names
from partnership.outbox.models import Message

_STILL_TO_GO = (*Message.OPEN, Message.State.FAILED)


@dataclass(frozen=True)
class Way:
    """A channel in words, and the address, number or home that it leads to; empty where that is not ours to show."""

    how: str
    where: str


def way_of(message: Message) -> Way | None:
    """Return the way that a message would take now; None where it has ended, or leads nowhere.

    For those only who may see how people are reached (`rules.may_handle`). Of somebody at home in another partnership
    they see the channel alone.
    """
    if message.state not in _STILL_TO_GO or message.kind not in names():
        return None
    channel = channel_for(message, kind(message.kind))
    if channel is None:
        return None
    return Way(str(Channel(channel).label), _where(message, channel))


def _where(message: Message, channel: str) -> str:
    person = message.recipient
    if person is None:
        return message.address
    if person.partnership_id not in (None, message.partnership_id):
        return ""
    if channel == Channel.MAIL:
        return message.to_address
    if channel == Channel.SMS:
        return person.phone
    home = home_of(person)
    return home.label if home else ""
