"""Makes an email from `Words`: text and HTML from one source, and its headers."""

import hashlib
import hmac
from email.mime.base import MIMEBase
from email.mime.text import MIMEText
from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from partnership.outbox.channels.layout import sender_of, text_and_html
from partnership.outbox.kinds import Calendar, Words, kind
from partnership.outbox.models import Message
from partnership.outbox.stop_links import stop_url
from partnership.places.models import Partnership


def email_for(message: Message, words: Words) -> EmailMultiAlternatives:
    """Return the email that says `words` to the reader of `message`, in their language."""
    partnership = message.partnership
    # Django uses this as the From header and `from_email` as the envelope's sender.
    sender = formataddr((" ".join(partnership.short_name.split()), sender_mailbox(partnership)))
    headers = {"Message-ID": message_id(message), "From": sender}
    unsubscribe_url = ""
    if kind(message.kind).transactional:
        # Asks automatic replies not to answer.
        headers["Auto-Submitted"] = "auto-generated"
    else:
        unsubscribe_url = stop_url(message, message.to_mailbox)
        headers["List-Unsubscribe"] = f"<{unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    text, html = text_and_html(
        sender_of(partnership), message.reading_language, words, message.greeted_name, unsubscribe_url
    )
    email = EmailMultiAlternatives(
        subject=" ".join(words.subject.split()),
        body=text,
        from_email=envelope_sender(message),
        reply_to=[partnership.contact_email],
        to=[message.to_mailbox],
        headers=headers,
    )
    email.attach_alternative(html, "text/html")
    if words.calendar:
        email.attach(_calendar_part(words.calendar))
    return email


def message_id(message: Message) -> str:
    """Return the Message-ID: the same for every attempt at a message, so that a duplicate can be recognised."""
    return f"<{_mark(message.key)[:40]}@{message.partnership.host_names[0]}>"


def sender_mailbox(partnership: Partnership) -> str:
    """Return the mailbox that a partnership's emails come from: its own, or the deployment's."""
    return settings.MAIL_FROM_OF.get(partnership.slug, settings.DEFAULT_FROM_EMAIL)


def envelope_sender(message: Message) -> str:
    """Return the mailbox for bounces, which names the message, if the setting is there."""
    name, at, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    return f"{name}+{message.pk}-{bounce_mark(message.pk)}{at}{domain}" if at else sender_mailbox(message.partnership)


def bounce_mark(pk: int) -> str:
    """Return a signature that proves that we sent the message, so that a fake bounce stops nobody's email."""
    return _mark(f"bounce.{pk}")[:16]


def _mark(what: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), what.encode(), hashlib.sha256).hexdigest()


def _calendar_part(calendar: Calendar) -> MIMEBase:
    part = MIMEText(calendar.body.decode(), "calendar", "utf-8")
    part.set_param("method", calendar.method)
    part.add_header("Content-Disposition", "attachment", filename="invite.ics")
    return part
