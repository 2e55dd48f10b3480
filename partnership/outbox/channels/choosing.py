"""Chooses the channel of a message."""

from partnership.outbox.channels import sms
from partnership.outbox.channels.homes import home_for, home_of
from partnership.outbox.kinds import Kind
from partnership.outbox.models import Message
from partnership.people.models import User

Channel = User.Channel


def channel_for(message: Message, kind_of: Kind) -> str | None:
    """Return the channel that the reader chose, else the next that works; None if none works.

    A code to log in goes only to the mailbox that was typed, never to a phone or by letter. Codes to a
    number and on paper are kinds of their own.
    """
    person = message.recipient
    if kind_of.to_number:
        return Channel.SMS if person and _can_be_texted(person) else None
    if kind_of.by_letter:
        return Channel.LETTER if home_for(message) else None
    if person is None or kind_of.is_account:
        return Channel.MAIL if message.to_mailbox else None
    return channel_to(person, by_email=kind_of.by_email)


def channel_to(person: User, *, by_email: bool = False) -> str | None:
    """Return the channel of what is written to a person now; None if none works."""
    wanted = Channel.MAIL if by_email else person.reached_by
    if wanted == Channel.SMS and not _can_be_texted(person):
        wanted = Channel.MAIL
    if wanted == Channel.SMS or (wanted == Channel.MAIL and person.email):
        return wanted
    if home_of(person):
        return Channel.LETTER
    return Channel.MAIL if person.email else None


def _can_be_texted(person: User) -> bool:
    return sms.is_on() and bool(sms.dialled(person))
