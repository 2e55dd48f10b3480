"""Tells coordinators in their morning digest that messages have not arrived."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from partnership.outbox import digest, scopes
from partnership.outbox.posting import NewMessage, post_all
from partnership.people.models import Role, User
from partnership.places.models import Partnership

DAY = dt.timedelta(days=1)
# What fails between the last look and the digest of this morning is told in that of the next one.
LAST_LOOK = dt.timedelta(hours=1)


@transaction.atomic
def tell_of_not_arrived(*, partnership: Partnership, now: dt.datetime) -> int:
    """Add to the next digest of each coordinator that messages have not arrived, if any is new since the one before;
    return how many are told. Once for each morning, however often it is called. A digest that fails is no news: it
    would be told in the next one, which fails too.
    """
    morning = digest.next_morning(partnership, now)
    since = morning - DAY - LAST_LOOK
    rows = scopes.written_to_own(partnership).not_arrived().exclude(kind=digest.NAME)
    if not rows.filter(Q(returned_at__gte=since) | Q(returned_at=None, ended_at__gte=since)).exists():
        return 0
    coordinators = User.objects.holding(Role.Kind.COORDINATOR, partnership=partnership)
    told = [
        NewMessage(
            kind="outbox.not_arrived",
            partnership=partnership,
            to=coordinator,
            about={},
            key=f"outbox.not_arrived.{partnership.pk}.{coordinator.pk}.{morning:%Y-%m-%d}",
        )
        for coordinator in coordinators
    ]
    return len(post_all(told, now))
