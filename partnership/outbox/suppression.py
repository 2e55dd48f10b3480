"""Addresses that get no more email, and numbers that get no more texts."""

import datetime as dt
import hashlib
import hmac
from enum import StrEnum

from django.conf import settings

from partnership.outbox.models import Bounce, Suppression
from written.mailboxes import canonical


class Stopped(StrEnum):
    """Why email to a mailbox, or texts to a number, are stopped; `NOT` if they are not."""

    NOT = ""
    CAME_BACK = "came_back"
    UNWANTED = "unwanted"


def digest_of(mailbox: str) -> str:
    """Return the keyed hash under which a mailbox or a number is stored."""
    return hmac.new(settings.SECRET_KEY.encode(), canonical(mailbox).encode(), hashlib.sha256).hexdigest()


def suppress(mailbox: str, *, reason: str, now: dt.datetime) -> None:
    """Stop further email to a mailbox, or texts to a number (+4512345678); repeating it changes nothing."""
    suppress_digest(digest_of(mailbox), reason=reason, now=now)


def suppress_digest(digest: str, *, reason: str, now: dt.datetime) -> None:
    """Stop email to the mailbox, or texts to the number, with this digest; a stop that exists stays as it is."""
    Suppression.objects.get_or_create(digest=digest, defaults={"reason": reason[:60], "at": now})


def why_stopped(digest: str) -> Stopped:
    """Return why email to the mailbox with this digest is stopped."""
    if not Suppression.objects.filter(digest=digest).exists():
        return Stopped.NOT
    # A complaint after a bounce leaves the reason of the stop as it is, but counts for more.
    complaints = Bounce.objects.filter(digest=digest, kind=Bounce.Kind.COMPLAINT)
    return Stopped.UNWANTED if complaints.exists() else Stopped.CAME_BACK


def lift_stop(digest: str) -> None:
    """Allow email to the mailbox with this digest again; doing it twice changes nothing."""
    Suppression.objects.filter(digest=digest).delete()
    Bounce.objects.filter(digest=digest).delete()
