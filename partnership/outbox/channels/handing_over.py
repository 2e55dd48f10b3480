"""The ways to a reader behind one small interface: a channel is given a message and its words, and answers once.

E-mail alone stands apart, since a batch of it shares one connection: here is how words become a mail (text and HTML
from one source, and the headers that make it behave), and `deliver.py` speaks to the server.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from email.mime.base import MIMEBase
from email.mime.text import MIMEText
from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.templatetags.static import static
from django.utils import translation

from partnership.outbox.channels import sms
from partnership.outbox.channels.layout import Sender, text_and_html
from partnership.outbox.kinds import Calendar, Words, kind
from partnership.outbox.models import Message
from partnership.outbox.preferences.stopping import stop_url
from partnership.outbox.queue.final_check import Channel, Look, reading_language
from partnership.places.models import Partnership


@dataclass(frozen=True)
class Answer:
    """What a channel said to one message: SENT, FAILED, RETRY for another try later, or PAPER for the printer."""

    state: Message.State
    reason: str = ""


def by_text(message: Message, words: Words) -> Answer:
    """Hand it to the text gateway, under the message's own key."""
    partnership = message.partnership
    with translation.override(reading_language(message)):
        text = sms.text_of(message, words)
    to = sms.dialled(message.recipient) if message.recipient else ""
    try:
        sms.send(to=to, sender=partnership.short_name, text=text, key=message.key)
    except sms.NotAccepted as error:
        return Answer(Message.State.RETRY if error.again else Message.State.FAILED, error.reason)
    return Answer(Message.State.SENT, "text message")


def by_letter(message: Message, words: Words) -> Answer:
    """Lay it in the tray of letters; staff print them together (`printing.py`), and the words are found again then."""
    return Answer(Message.State.PAPER, "waits to be printed")


CHANNELS: dict[str, Callable[[Message, Words], Answer]] = {Channel.SMS: by_text, Channel.LETTER: by_letter}


def hand_over(message: Message, look: Look) -> Answer:
    """Send what is not e-mail the way that the second look chose."""
    assert look.words is not None
    return CHANNELS[look.channel](message, look.words)


def message_id(message: Message) -> str:
    """Return the Message-ID: the same for every attempt at the same message, so that a double can be seen as one."""
    return f"<{_mark(message.key)[:40]}@{message.partnership.host_names[0]}>"


def envelope_sender(message: Message) -> str:
    """Return where a bounce comes back to: an address that names the message, where one is set."""
    name, at, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    return f"{name}+{message.pk}-{bounce_mark(message.pk)}{at}{domain}" if at else settings.DEFAULT_FROM_EMAIL


def bounce_mark(pk: int) -> str:
    """Return what proves that we wrote to that address: nobody else can make mail to a stranger stop."""
    return _mark(f"bounce.{pk}")[:16]


def _mark(what: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), what.encode(), hashlib.sha256).hexdigest()


def letter_for(message: Message, words: Words) -> EmailMultiAlternatives:
    """Return the e-mail that says `words` to the reader of `message`, in her language."""
    partnership = message.partnership
    # Django takes the From header from here and the envelope's sender from `from_email`.
    sender = formataddr((" ".join(partnership.short_name.split()), settings.DEFAULT_FROM_EMAIL))
    headers = {"Message-ID": message_id(message), "From": sender}
    unsubscribe_url = ""
    if kind(message.kind).transactional:
        # Asks out-of-office robots to stay quiet.
        headers["Auto-Submitted"] = "auto-generated"
    else:
        unsubscribe_url = stop_url(message)
        headers["List-Unsubscribe"] = f"<{unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    language = reading_language(message)
    name = message.recipient.name if message.recipient else ""
    text, html = text_and_html(sender_of(partnership), language, words, name, unsubscribe_url)
    letter = EmailMultiAlternatives(
        subject=" ".join(words.subject.split()),
        body=text,
        from_email=envelope_sender(message),
        reply_to=[partnership.contact_email],
        to=[message.to_address],
        headers=headers,
    )
    letter.attach_alternative(html, "text/html")
    if words.calendar:
        letter.attach(_calendar_part(words.calendar))
    return letter


def sender_of(partnership: Partnership) -> Sender:
    """Return what the layouts say about the partnership."""
    return Sender(
        name=partnership.name,
        contact_name=partnership.contact_name,
        contact_phone=partnership.contact_phone,
        contact_email=partnership.contact_email,
        emergency_numbers=tuple(partnership.emergency_numbers),
        street_url=partnership.url(static("mail/street.png")),
    )


def _calendar_part(calendar: Calendar) -> MIMEBase:
    part = MIMEText(calendar.body.decode(), "calendar", "utf-8")
    part.set_param("method", calendar.method)
    part.add_header("Content-Disposition", "attachment", filename="invite.ics")
    return part
