"""A person's calendar addresses: secret, renewable, revocable."""

import datetime as dt

from django.db import transaction

from partnership.people.models import User
from partnership.places.models import Partnership
from talks.models import CalendarFeed
from talks.models.afterwards import new_nonce


@transaction.atomic
def renew(*, person: User, partnership: Partnership, kind: str, now: dt.datetime) -> CalendarFeed:
    """Return a calendar with a new address. One that was given away by mistake stops working at this moment."""
    feed, _made = CalendarFeed.objects.update_or_create(
        person=person, partnership=partnership, kind=kind, defaults={"nonce": new_nonce(), "made_at": now}
    )
    return feed


def revoke(*, person: User, partnership: Partnership, kind: str) -> None:
    """Stop a calendar. Doing it again changes nothing."""
    CalendarFeed.objects.filter(person=person, partnership=partnership, kind=kind).delete()
