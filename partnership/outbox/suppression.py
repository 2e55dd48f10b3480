"""Addresses that get no more email, and numbers that get no more texts."""

import datetime as dt
import hashlib
import hmac

from django.conf import settings

from partnership.outbox.models import Suppression
from written.mailboxes import canonical


def digest_of(mailbox: str) -> str:
    """Return the keyed hash under which a mailbox or a number is stored."""
    return hmac.new(settings.SECRET_KEY.encode(), canonical(mailbox).encode(), hashlib.sha256).hexdigest()


def suppress(mailbox: str, *, reason: str, now: dt.datetime) -> None:
    """Stop further email to a mailbox, or texts to a number (+4512345678); repeating it changes nothing."""
    suppress_digest(digest_of(mailbox), reason=reason, now=now)


def suppress_digest(digest: str, *, reason: str, now: dt.datetime) -> None:
    """Stop email to the mailbox, or texts to the number, with this digest; a stop that exists stays as it is."""
    Suppression.objects.get_or_create(digest=digest, defaults={"reason": reason[:60], "at": now})
