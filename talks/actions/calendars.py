"""Making and revoking a person's secret calendar addresses."""

import datetime as dt

from django.db import transaction

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


def revoke(*, person: User, partnership: Partnership, kind: str) -> None:
    """Stop a calendar feed. Repeating it changes nothing."""
    CalendarFeed.objects.filter(person=person, partnership=partnership, kind=kind).delete()
