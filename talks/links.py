"""Links in emails: each has a signed token for one purpose and one case, and works without a log-in."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404
from django.urls import reverse

from partnership import clock
from partnership.people.models import Organisation
from partnership.places.models import Partnership
from partnership.web.tokens import LinkEnded, Tokens
from talks.models import Booking, DeputyInvitation, TalkWish

Row = TypeVar("Row", bound=Model)
# The salt keeps its old name: links in sent emails depend on it.
TOKENS = Tokens("talks.letters")
# How many days a link opens its page (docs/decisions/0017-links-in-emails.md); its case tells what it may still do.
DAYS = {
    "verify": 60,
    "verify_wish": 60,
    # In the address of a form, which it fills in.
    "again": 1,
    "accept": 60,
    "become_deputy": DeputyInvitation.LASTS.days,
    "feedback": 90,
    "confirm_association": 90,
    "cancel": 400,
    "change": 400,
}


@dataclass(frozen=True)
class LinkTarget:
    """What a link refers to: one row, and its version when the email was written."""

    pk: int
    version: int


def link(case: Booking | TalkWish | Organisation | DeputyInvitation, purpose: str, *, version: int = 0) -> str:
    """Return the address for doing one thing: "verify", "cancel", "accept", ...

    `version` is for links that must stop working when the case changes: an offer that another offer has replaced.
    """
    return case.partnership.url(reverse(f"talks:{purpose}", args=[token(case, purpose, version=version)]))


def token(case: Booking | TalkWish | Organisation | DeputyInvitation, purpose: str, *, version: int = 0) -> str:
    """Return the signed part of a link."""
    return TOKENS.make([case.pk, purpose, version])


def again(booking: Booking) -> str:
    """Return what fills in the form for wished days with what the association has told us for this talk."""
    chair = booking.association.chair
    return token(booking, "again", version=chair.pk if chair else 0)


def questions_about(booking: Booking, now: dt.datetime) -> str:
    """Return the address of the two questions about a talk that is over; empty once they are answered, and for a talk
    that did not take place.
    """
    asked_until = booking.ends_at + dt.timedelta(days=DAYS["feedback"])
    took_place = booking.state in (Booking.State.CONFIRMED, Booking.State.TOOK_PLACE)
    if not took_place or not booking.ends_at <= now < asked_until or hasattr(booking, "feedback"):
        return ""
    return link(booking, "feedback")


def open_row(rows: Callable[[Partnership, int], QuerySet[Row]], here: Partnership, token: str, purpose: str) -> Row:
    """Return the row that a link for `purpose` opens, among those that `rows` finds here. Raise Http404 for any other
    text, and `LinkEnded` if the row is gone.
    """
    target = read(token, purpose)
    if target is None:
        raise Http404
    row = rows(here, target.pk).first()
    if row is None:
        raise LinkEnded
    return row


def read(token: str, purpose: str) -> LinkTarget | None:
    """Return what a link for `purpose` refers to; None for any other text. Raise `LinkEnded` after its days."""
    named = TOKENS.read(token)
    if named is None:
        return None
    pk, made_for, version = named
    if made_for != purpose:
        return None
    if clock.now() - TOKENS.made_at(token) > dt.timedelta(days=DAYS[purpose]):
        raise LinkEnded
    return LinkTarget(pk, version)
