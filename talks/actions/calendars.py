"""Making and revoking a person's secret calendar addresses."""

import datetime as dt

from django.db import transaction

from partnership.outbox.post import post
from partnership.people.models import User
from partnership.places.models import Partnership
from talks.models import CalendarFeed
from talks.models.afterwards import new_nonce


@transaction.atomic
def renew(*, person: User, partnership: Partnership, kind: str, now: dt.datetime) -> CalendarFeed:
    """Return a calendar feed with a new address. The old address stops working at once."""
    feed, _made = CalendarFeed.objects.update_or_create(
        person=person, partnership=partnership, kind=kind, defaults={"nonce": new_nonce(), "made_at": now}
    )
    return feed


@transaction.atomic
def end_with_mailbox(person: User, before: str | None, was_verified: bool, now: dt.datetime) -> None:
    """End somebody's calendar links, which whoever had the mailbox before may know, and tell them to make new ones."""
    feeds = CalendarFeed.objects.filter(person=person)
    if person.email != before:
        for here in {feed.partnership for feed in feeds.select_related("partnership")}:
            key = f"talks.calendar.{here.pk}.{person.pk}.{now.timestamp()}"
            post(kind="talks.calendar_ended", partnership=here, to=person, about={}, key=key, now=now)
        feeds.delete()


def revoke(*, person: User, partnership: Partnership, kind: str) -> None:
    """Stop a calendar feed. Repeating it changes nothing."""
    CalendarFeed.objects.filter(person=person, partnership=partnership, kind=kind).delete()
