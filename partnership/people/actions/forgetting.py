"""Applies the retention rules each night, and records what was deleted."""

import datetime as dt
import logging

from django.db import connection

from partnership import clock
from partnership.database_roles import as_erasing_role
from partnership.people.actions.references import known_to_no_room
from partnership.people.models import RetentionRun, User, UserQuerySet
from partnership.retention import rules

log = logging.getLogger(__name__)

# People who asked for something once, never verified their mailbox, and whom nothing refers to any more.
NEVER_CAME = dt.timedelta(days=30)


def run(*, now: dt.datetime) -> RetentionRun:
    """Delete everything that is past its limit, each rule in a transaction of its own, and return the report."""
    removed: dict[str, int] = {}
    # Dependent rows first, so that a person is deleted in the same night as the last row that refers to them.
    for rule in sorted(rules, key=lambda rule: (rule.model is User, rule.name)):
        if not rule.has_limit:
            continue
        try:
            with as_erasing_role():
                number = rule.run(now)
        except Exception:
            # An error in one room must not keep the others' data; the rest is tried again tomorrow.
            log.exception("%s could not be let go of", rule.name)
            number = -1
        if number:
            removed[rule.name] = number
    return RetentionRun.objects.create(started_at=now, ended_at=clock.now(), removed=removed)


def people_who_never_logged_in(now: dt.datetime) -> UserQuerySet:
    """Return people older than 30 days who have never logged in and whom no row in any room refers to."""
    people = User.objects.filter(joined_at__lte=now - NEVER_CAME, last_login__isnull=True, is_superuser=False)
    return known_to_no_room(people)


def delete_expired_cache(now: dt.datetime) -> int:
    """Delete expired entries of the cache: counts of log-in attempts, by address."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cache WHERE expires < %s", [now])
        return cursor.rowcount
