"""Just before a message leaves: is it still true, still wanted, and not too late? And which way does it go?"""

import datetime as dt
from dataclasses import dataclass

from django.utils import translation

from partnership.outbox.channels import sms
from partnership.outbox.channels.postal_timing import cannot_arrive
from partnership.outbox.homes import home_of
from partnership.outbox.kinds import Kind, Words, kind
from partnership.outbox.models import Message, Suppression
from partnership.outbox.returns.suppression import digest_of
from partnership.people.models import Consent, User

Outcome = Message.State
Channel = User.Channel
NO_TIME = "a letter would not arrive in time"
UNREACHABLE = "no e-mail, mobile number or address to reach the reader at"


@dataclass(frozen=True)
class Look:
    """The words to send and the channel, or the state that the message ends in and why."""

    words: Words | None
    outcome: Outcome = Message.State.SENT
    reason: str = ""
    channel: str = Channel.MAIL


def reading_language(message: Message) -> str:
    """Return the language to write in: the message's own, the reader's, or the partnership's."""
    return message.language or (message.recipient.language if message.recipient else message.partnership.language)


def second_look(message: Message, now: dt.datetime) -> Look:
    """Decide what becomes of a claimed message. Raises whatever the room's own words raise."""
    kind_of = kind(message.kind)
    if message.expires_at and message.expires_at <= now:
        return Look(None, Message.State.EXPIRED, "its time had passed")
    if message.recipient and not message.recipient.is_active:
        return Look(None, Message.State.WITHDRAWN, "the reader has left")
    if kind_of.consent and not (message.recipient and Consent.objects.live(message.recipient, kind_of.consent)):
        return Look(None, Message.State.WITHDRAWN, f"no consent to {kind_of.consent}")
    channel = channel_for(message, kind_of)
    if channel is None:
        return Look(None, Message.State.FAILED, UNREACHABLE)
    if channel == Channel.MAIL and not kind_of.is_account and is_suppressed(message):
        return Look(None, Message.State.FAILED, "mail to this address has bounced")
    with translation.override(reading_language(message)):
        words = kind_of.write(message)
    if words is None:
        return Look(None, Message.State.WITHDRAWN, "no longer true")
    if channel == Channel.LETTER and message.state != Message.State.PAPER and cannot_arrive(message, now):
        # Nobody hears of it unless somebody calls: so it fails, and stands on the staff's list. One that lies in the
        # tray already is printed as long as it is true; the alarm for the tray is what hurries it.
        return Look(None, Message.State.FAILED, NO_TIME)
    return Look(words, channel=channel)


def is_suppressed(message: Message) -> bool:
    if message.suppressed is not None:
        return message.suppressed
    return Suppression.objects.filter(digest=digest_of(message.to_address)).exists()


def channel_for(message: Message, kind_of: Kind) -> str | None:
    """Return the way to the reader: the one she chose, else the next that works; None where there is none.

    A code to log in goes to the mailbox that was typed; nobody else's phone or letter box opens an account.
    """
    person = message.recipient
    if kind_of.to_number:
        return Channel.SMS if person and _can_be_texted(person) else None
    if person is None or kind_of.is_account:
        return Channel.MAIL if message.to_address else None
    wanted = Channel.MAIL if kind_of.by_mail else person.reached_by
    if wanted == Channel.SMS and not _can_be_texted(person):
        wanted = Channel.MAIL
    if wanted == Channel.SMS or (wanted == Channel.MAIL and person.email):
        return wanted
    if home_of(person):
        return Channel.LETTER
    return Channel.MAIL if person.email else None


def _can_be_texted(person: User) -> bool:
    return sms.is_on() and bool(sms.dialled(person))
