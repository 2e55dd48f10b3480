"""The link in a message that stops messages like it, without a log-in."""

from django.urls import reverse
from django.utils import translation

from partnership.outbox.kinds import kind
from partnership.outbox.models import Message
from partnership.people.links import digest_of
from partnership.people.models import User
from partnership.web.tokens import LinkEnded, Tokens

TOKENS = Tokens("outbox.stop")


def stop_url(message: Message, mailbox: str) -> str:
    """Return the link that stops messages like this one to this reader, as long as they are reached at this mailbox or
    number. It needs no log-in and has no age.
    """
    reader, language = message.recipient, message.partnership.language
    named = [message.recipient_id, kind(message.kind).consent]
    if reader:
        named, language = [*named, digest_of(reader, mailbox)], reader.language
    token = TOKENS.make(named)
    with translation.override(language):
        return message.partnership.url(reverse("outbox:stop", args=[token]))


def read_token(token: str) -> tuple[User, str] | None:
    """Return the person and the purpose that a link names; None if we did not make it. Raise LinkEnded if the person
    is erased or has another mailbox. Links from before 30 November 2026 do not say which mailbox they went to.
    """
    named = TOKENS.read(token)
    if named is None:
        return None
    person_id, purpose, *sent_to = named
    person = User.objects.filter(pk=person_id).first()
    if person is None or not set(sent_to) <= {digest_of(person), digest_of(person, person.phone)}:
        raise LinkEnded
    return person, purpose
