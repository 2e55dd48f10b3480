"""Links in emails: each has a signed token for one purpose and one case, and works without a log-in."""

from dataclasses import dataclass

from django.urls import reverse

from partnership.people.models import Organisation
from partnership.web.tokens import Tokens
from talks.models import Booking, TalkWish

# The salt keeps its old name: links in sent emails depend on it.
TOKENS = Tokens("talks.letters")


@dataclass(frozen=True)
class LinkTarget:
    """What a link refers to: one row, and its version when the email was written."""

    pk: int
    version: int


def link(case: Booking | TalkWish | Organisation, purpose: str, *, version: int = 0) -> str:
    """Return the address for doing one thing: "verify", "cancel", "accept", ...

    `version` is for links that must stop working when the case changes: an offer that another offer has replaced.
    """
    token = TOKENS.make([case.pk, purpose, version])
    return case.partnership.url(reverse(f"talks:{purpose}", args=[token]))


def read(token: str, purpose: str) -> LinkTarget | None:
    """Return what a link for `purpose` refers to; None for any other text."""
    named = TOKENS.read(token)
    if named is None:
        return None
    pk, made_for, version = named
    return LinkTarget(pk, version) if made_for == purpose else None
