"""Links in mail: each carries a signed token for one purpose and one case, and works without a log-in."""

from dataclasses import dataclass

from django.core import signing
from django.urls import reverse

from partnership.people.models import Organisation
from talks.models import Booking, TalkWish

SALT = "talks.letters"


@dataclass(frozen=True)
class Letter:
    """What a link names: one row, as it stood when the mail was written."""

    pk: int
    version: int


def link(case: Booking | TalkWish | Organisation, purpose: str, *, version: int = 0) -> str:
    """Return the address that lets its reader do one thing: "verify", "cancel", "accept", ...

    `version` is for links that must die when the case has moved on: an offer that another offer has replaced.
    """
    token = signing.dumps([case.pk, purpose, version], salt=SALT)
    return case.partnership.url(reverse(f"talks:{purpose}", args=[token]))


def read(token: str, purpose: str) -> Letter | None:
    """Return what a link for `purpose` names; None for any other text."""
    try:
        pk, made_for, version = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return Letter(pk, version) if made_for == purpose else None
