"""The check just before a message is sent: is it still true, still wanted, and not too late? And which channel?"""

import datetime as dt
from dataclasses import dataclass

from django.utils import translation

from partnership.outbox.channels import sms
from partnership.outbox.channels.choosing import Channel, channel_for
from partnership.outbox.channels.postal_timing import cannot_arrive
from partnership.outbox.kinds import Words, kind
from partnership.outbox.models import Message, Suppression
from partnership.outbox.reasons import NO_TIME, NOT_VERIFIED, UNREACHABLE
from partnership.outbox.suppression import digest_of
from partnership.people.mailboxes import typed_and_not_verified
from partnership.people.models import Consent

Outcome = Message.State


@dataclass(frozen=True)
class Look:
    """The words to send and the channel, or the final state of the message and the reason."""

    words: Words | None
    outcome: Outcome = Message.State.SENT
    reason: str = ""
    channel: str = Channel.MAIL


def final_check(message: Message, now: dt.datetime) -> Look:
    """Decide what to do with a claimed message. Passes on errors from the room's words."""
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
    if channel == Channel.MAIL and not (kind_of.is_account or kind_of.by_email) and is_not_verified(message):
        return Look(None, Message.State.FAILED, NOT_VERIFIED)
    message.written_at = now
    with translation.override(message.reading_language):
        words = kind_of.write(message)
    if words is None or (channel == Channel.SMS and has_said_stop(message)):
        return Look(None, Message.State.WITHDRAWN, "no longer true")
    if channel == Channel.LETTER and message.state != Message.State.PAPER and cannot_arrive(message, now):
        # The reader must be called instead, so it fails and is on the staff's list. One that is in the tray already is
        # printed as long as it is true; the alarm for late letters covers it.
        return Look(None, Message.State.FAILED, NO_TIME)
    return Look(words, channel=channel)


def has_said_stop(message: Message) -> bool:
    """Return whether the reader's number has answered STOP: then it gets no code either."""
    number = sms.dialled(message.recipient) if message.recipient else ""
    return Suppression.objects.filter(digest=digest_of(number)).exists()


def is_suppressed(message: Message) -> bool:
    """Return whether email to the message's mailbox is stopped; read with the batch (`load`), or else asked now."""
    if message.suppressed is not None:
        return message.suppressed
    return Suppression.objects.filter(digest=digest_of(message.to_mailbox)).exists()


def is_not_verified(message: Message) -> bool:
    """Return whether staff typed the reader's mailbox and it is not verified yet."""
    if message.not_verified is not None:
        return message.not_verified
    return message.recipient_id is not None and typed_and_not_verified().filter(user=message.recipient_id).exists()
