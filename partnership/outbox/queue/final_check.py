"""The check just before a message is sent: is it still true, still wanted, and not too late? And which channel?"""

import datetime as dt
from dataclasses import dataclass

from django.utils import translation

from partnership.outbox.channels import sms
from partnership.outbox.channels.choosing import Channel, channel_for
from partnership.outbox.channels.postal_timing import cannot_arrive
from partnership.outbox.kinds import Kind, Words, kind
from partnership.outbox.models import Message, Suppression
from partnership.outbox.reasons import (
    BOUNCED,
    EXPIRED,
    HAS_LEFT,
    NO_TIME,
    NOT_TRUE,
    NOT_VERIFIED,
    UNREACHABLE,
    no_consent_to,
)
from partnership.outbox.suppression import digest_of
from partnership.people.mailboxes import typed_and_not_verified
from partnership.people.models import Consent


@dataclass(frozen=True)
class Decision:
    """The words to send and the channel, or the final state of the message and the reason."""

    words: Words | None
    outcome: Message.State = Message.State.SENT
    reason: str = ""
    channel: str = Channel.MAIL


def final_check(message: Message, now: dt.datetime) -> Decision:
    """Decide what to do with a claimed message. Passes on errors from the room's words."""
    kind_of = kind(message.kind)
    if message.expires_at and message.expires_at <= now:
        return Decision(None, Message.State.EXPIRED, EXPIRED)
    if message.recipient and not message.recipient.is_active:
        return Decision(None, Message.State.WITHDRAWN, HAS_LEFT)
    if kind_of.consent and not (message.recipient and Consent.objects.live(message.recipient, kind_of.consent)):
        return Decision(None, Message.State.WITHDRAWN, no_consent_to(kind_of.consent))
    channel = channel_for(message, kind_of)
    if channel is None and kind_of.to_typed:
        # Nobody is to be called: whoever typed the mailbox may not own it.
        return Decision(None, Message.State.WITHDRAWN, NOT_TRUE)
    if channel is None:
        return Decision(None, Message.State.FAILED, UNREACHABLE)
    if reason := why_unreachable(message, kind_of, channel, now):
        return Decision(None, Message.State.FAILED, reason)
    message.written_at = now
    with translation.override(message.reading_language):
        words = kind_of.write(message)
    if words is None or (channel == Channel.SMS and has_said_stop(message)):
        return Decision(None, Message.State.WITHDRAWN, NOT_TRUE)
    if channel == Channel.LETTER and message.state != Message.State.PAPER and cannot_arrive(message, now):
        # The reader must be called instead, so it fails and is on the staff's list. One that is in the tray already is
        # printed as long as it is true; the alarm for late letters covers it.
        return Decision(None, Message.State.FAILED, NO_TIME)
    return Decision(words, channel=channel)


def why_unreachable(message: Message, kind_of: Kind, channel: str | None, now: dt.datetime) -> str:
    """Return the stored reason why a message cannot reach its reader by this channel now; "" if it can."""
    if channel is None:
        return UNREACHABLE
    if channel != Channel.MAIL:
        return ""
    if not kind_of.is_account and is_suppressed(message):
        return BOUNCED
    is_open = _goes_to_any_mailbox(kind_of, message, now) or not is_not_verified(message)
    return "" if is_open else NOT_VERIFIED


def _goes_to_any_mailbox(kind_of: Kind, message: Message, now: dt.datetime) -> bool:
    """Return whether a mailbox gets messages of this kind also while it is not verified: what verifies it does, but not
    while it is held back.
    """
    is_held_back = message.recipient is not None and message.recipient.is_held_back(now)
    return kind_of.is_for_mailbox_only or (kind_of.by_email and not is_held_back)


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
