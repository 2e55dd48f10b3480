"""Links in emails about talks: each has a signed token for one purpose, one case and one reader (people/links.py)."""

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from partnership.people import links
from partnership.people.models import Organisation, User
from partnership.places.models import Partnership
from partnership.web.tokens import LinkEnded, Tokens
from talks.models import Booking, DeputyInvitation, TalkWish

Row = TypeVar("Row", Booking, TalkWish, Organisation)
# The salt keeps its old name: links in sent emails depend on it.
TOKENS = Tokens("talks.letters")
# How many days a link opens its page (docs/decisions/0017-links-in-emails.md); its case tells what it may still do.
DAYS = {
    "verify": 60,
    "verify_wish": 60,
    # In the address of a form, which it fills in: from a page, and from an email.
    "again": 1,
    "again_by_mail": 60,
    "accept": 60,
    "become_deputy": DeputyInvitation.LASTS.days,
    "feedback": 90,
    "confirm_association": 90,
    "cancel": 400,
    "change": 400,
}
# These verify a mailbox, and stand only in messages of kinds that are `by_email` or `to_typed`.
BY_EMAIL = ("verify", "verify_wish")


def link(
    case: Booking | TalkWish | Organisation | DeputyInvitation, purpose: str, reader: User | None, *, version: int = 0
) -> str:
    """Return the address with which `reader` does one thing: "verify", "cancel", "accept", ... An invitation knows its
    own reader, who may be nobody yet.

    `version` is for links that must stop working when the case changes: an offer that another offer has replaced.
    """
    token = links.make(TOKENS, case.pk, purpose, reader, version, by_email=purpose in BY_EMAIL)
    return case.partnership.url(reverse(f"talks:{purpose}", args=[token]))


def again(booking: Booking, reader: User) -> str:
    """Return what fills in the form for wished days with what the association has told us for this talk."""
    return links.make(TOKENS, booking.pk, "again", reader)


def form_for_wishes(booking: Booking, reader: User) -> str:
    """Return the address, for an email, of the form for wished days with what the association has told us."""
    token = links.make(TOKENS, booking.pk, "again_by_mail", reader)
    return booking.partnership.url(f"{reverse('talks:wish')}?again={token}")


def is_asked_about(booking: Booking, now: dt.datetime) -> bool:
    """Return whether the two questions about a talk wait for an answer: it is over, and did not fail to take place."""
    return _may_be_answered(booking, now) and not hasattr(booking, "feedback")


def _may_be_answered(booking: Booking, now: dt.datetime) -> bool:
    asked_until = booking.ends_at + dt.timedelta(days=DAYS["feedback"])
    took_place = booking.state in (Booking.State.CONFIRMED, Booking.State.TOOK_PLACE)
    return took_place and booking.ends_at <= now < asked_until


def questions_about(booking: Booking, reader: User, now: dt.datetime) -> str:
    """Return the address of the two questions about a talk that is over; empty once they are answered, and for a talk
    that did not take place.
    """
    return link(booking, "feedback", reader) if is_asked_about(booking, now) else ""


def answers_to_change(booking: Booking, reader: User, now: dt.datetime) -> str:
    """Return the address of the answers to the two questions, which opens them to who is logged in; empty if there are
    none, or after the days in which they may be changed.
    """
    may_change = hasattr(booking, "feedback") and _may_be_answered(booking, now)
    return link(booking, "feedback", reader) if may_change else ""


def opened(
    rows: Callable[[Partnership, int], QuerySet[Row]], here: Partnership, token: str, purpose: str
) -> tuple[Row, User]:
    """Return the row that a link for `purpose` opens, among those that `rows` finds here, and its reader, who does what
    it does. Raise Http404 for any other text, and `LinkEnded` if the row is gone or the reader no longer speaks for the
    association from that mailbox.
    """
    target = read(token, purpose)
    if target is None:
        raise Http404
    row = rows(here, target.pk).first()
    if row is None:
        raise LinkEnded
    return row, links.speaker_for(row if isinstance(row, Organisation) else row.association, target)


def read(token: str, purpose: str) -> links.LinkTarget | None:
    """Return what a link for `purpose` refers to; None for any other text. Raise `LinkEnded` after its days."""
    return links.read(TOKENS, token, purpose, days=DAYS[purpose])
