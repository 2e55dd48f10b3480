"""Chooses the channel of a message."""

from partnership.outbox.channels import sms
from partnership.outbox.channels.homes import home_for
from partnership.outbox.kinds import Kind
from partnership.outbox.models import Message
from partnership.people.models import User
from partnership.people.own.homes import home_of

Channel = User.Channel


def channel_for(message: Message, kind_of: Kind) -> str | None:
    """Return the channel that the reader chose, else the next that works; None if none works.

    A code to log in goes only to the mailbox that was typed, never to a phone or by letter; so does what answers
    whoever typed one (`to_typed`), and whatever another partnership writes to a person: its staff print its letters.
    Codes to a number and on paper are kinds of their own.
    """
    person = message.recipient
    if kind_of.to_typed or is_elsewhere(message):
        return _mail_only(message, kind_of)
    if kind_of.to_number:
        return Channel.SMS if person and _can_be_texted(person) else None
    if kind_of.by_letter:
        return Channel.LETTER if home_for(message) else None
    if person is None or kind_of.is_account:
        return Channel.MAIL if message.to_mailbox else None
    return channel_to(person, by_email=kind_of.by_email)


def is_elsewhere(message: Message) -> bool:
    """Return whether the reader belongs to another partnership than the one that writes."""
    return message.recipient is not None and message.recipient.partnership_id not in (None, message.partnership_id)


def _mail_only(message: Message, kind_of: Kind) -> str | None:
    """Return the mailbox, unless it is held back; a kind about a log-in says there what that means."""
    is_open = message.recipient is None or message.recipient.has_open_mailbox or kind_of.is_account
    return Channel.MAIL if message.to_mailbox and is_open else None


def channel_to(person: User, *, by_email: bool = False) -> str | None:
    """Return the channel of what is written to a person now; None if none works."""
    wanted = Channel.MAIL if by_email else person.reached_by
    if wanted == Channel.SMS and not _can_be_texted(person):
        wanted = Channel.MAIL
    if wanted == Channel.SMS or (wanted == Channel.MAIL and person.has_open_mailbox):
        return wanted
    if home_of(person):
        return Channel.LETTER
    return Channel.MAIL if person.email else None


def _can_be_texted(person: User) -> bool:
    return sms.is_on() and bool(sms.dialled(person))
