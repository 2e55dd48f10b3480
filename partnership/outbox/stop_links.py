"""The link in a message that stops messages like it, without a log-in."""

from django.core import signing
from django.urls import reverse
from django.utils import translation

from partnership.outbox.kinds import kind
from partnership.outbox.models import Message
from partnership.people.models import User

SALT = "outbox.stop"


def stop_url(message: Message) -> str:
    """Return the link that stops messages like this one to this reader. It needs no log-in and does not run out."""
    token = signing.dumps([message.recipient_id, kind(message.kind).consent], salt=SALT)
    language = message.recipient.language if message.recipient else message.partnership.language
    with translation.override(language):
        return message.partnership.url(reverse("outbox:stop", args=[token]))


def read_token(token: str) -> tuple[User, str] | None:
    """Return the person and the purpose that a link names; None if we did not make it, or the person is erased."""
    try:
        person_id, purpose = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    person = User.objects.filter(pk=person_id).first()
    return (person, purpose) if person else None
