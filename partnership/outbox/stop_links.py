"""The link in a message that stops messages like it, without a log-in."""

from django.urls import reverse
from django.utils import translation

from partnership.outbox.kinds import kind
from partnership.outbox.models import Message
from partnership.people.models import User
from partnership.web.tokens import LinkEnded, Tokens

TOKENS = Tokens("outbox.stop")


def stop_url(message: Message) -> str:
    """Return the link that stops messages like this one to this reader. It needs no log-in and does not run out."""
    token = TOKENS.make([message.recipient_id, kind(message.kind).consent])
    language = message.recipient.language if message.recipient else message.partnership.language
    with translation.override(language):
        return message.partnership.url(reverse("outbox:stop", args=[token]))


def read_token(token: str) -> tuple[User, str] | None:
    """Return the person and the purpose that a link names; None if we did not make it. Raise LinkEnded if the person
    is erased.
    """
    named = TOKENS.read(token)
    if named is None:
        return None
    person_id, purpose = named
    person = User.objects.filter(pk=person_id).first()
    if person is None:
        raise LinkEnded
    return person, purpose
