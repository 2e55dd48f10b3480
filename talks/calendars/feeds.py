"""Calendars that phones subscribe to: a speaker's talks, or all of a partnership's for its coordinator."""

import datetime as dt
import hashlib

from django.http import Http404
from django.urls import reverse
from django.utils import translation

from partnership import clock
from partnership.people.access import has_role
from partnership.people.models import Role, User
from partnership.places.models import Partnership
from partnership.web.tokens import LinkEnded, Tokens
from talks import scopes
from talks.calendars.invitation import calendar_of, published
from talks.models import BookingQuerySet, CalendarFeed

KEPT = dt.timedelta(days=60)
Kind = CalendarFeed.Kind
TOKENS = Tokens("talks.calendar", is_timed=False)


def url(feed: CalendarFeed) -> str:
    """Return the secret URL of a feed, to be shown only to its owner."""
    return feed.partnership.url(reverse("calendar_feed", args=[TOKENS.make([feed.pk, feed.nonce])]))


def find(token: str, partnership: Partnership) -> CalendarFeed:
    """Return the feed with this token. Raise Http404 for any other text, and LinkEnded if the token was replaced or
    its owner may no longer have it.
    """
    named = TOKENS.read(token)
    if named is None:
        raise Http404
    pk, nonce = named
    feed = scopes.feeds_here(partnership).filter(pk=pk, nonce=nonce).select_related("partnership", "person").first()
    if feed is None or not feed.person.is_active or feed.kind not in kinds_for(feed.person, partnership):
        raise LinkEnded
    return feed


def kinds_for(person: User, partnership: Partnership) -> list[Kind]:
    """Return which calendars a person may have, by their present roles."""
    kinds = []
    if scopes.gives_talks(person, partnership):
        kinds.append(Kind.SPEAKER)
    if has_role(person, partnership, *Role.STAFF):
        kinds.append(Kind.COORDINATOR)
    return kinds


def of(person: User, partnership: Partnership) -> list[tuple[Kind, str]]:
    """Return each calendar that the person may have, with its URL, or "" if it is not made."""
    made = {feed.kind: feed for feed in scopes.feeds_here(partnership).filter(person=person)}
    for feed in made.values():
        feed.partnership = partnership
    return [(Kind(kind), url(made[kind]) if kind in made else "") for kind in kinds_for(person, partnership)]


def talks_in(feed: CalendarFeed, now: dt.datetime) -> BookingQuerySet:
    """Return the confirmed talks of a feed, from sixty days back."""
    return scopes.talks_in_feed(feed).filter(starts_at__gt=_horizon(feed, now))


def etag(calendar: bytes) -> str:
    """Return a value that changes with the bytes of the calendar, whatever has changed them."""
    return f'"{hashlib.sha256(calendar).hexdigest()[:24]}"'


def render(feed: CalendarFeed, now: dt.datetime) -> bytes:
    """Return the calendar as a file."""
    talks = talks_in(feed, now).with_names().with_newest_step().order_by("starts_at", "pk")
    with translation.override(feed.person.language):
        calendar = calendar_of([published(talk) for talk in talks], "PUBLISH")
        calendar.add("x-wr-calname", f"{feed.partnership.short_name}: {Kind(feed.kind).label}")
    return calendar.to_ical()


def _horizon(feed: CalendarFeed, now: dt.datetime) -> dt.datetime:
    """A midnight, so that the passing of time changes the calendar at most once a day."""
    today = clock.local(now, feed.partnership.zone).date()
    return clock.at(today - KEPT, dt.time(0), feed.partnership.zone)
