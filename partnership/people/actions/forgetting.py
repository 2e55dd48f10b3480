"""Doing each night what the table of retention says, and noting what was done."""

import datetime as dt
import logging

from django.apps import apps
from django.db import connection, transaction

from partnership import clock
from partnership.people.actions.references import unreferenced
from partnership.people.models import RetentionRun, User, UserQuerySet
from partnership.retention import rules

log = logging.getLogger(__name__)

# Somebody who asked for something once, never showed that the address was hers, and whom nothing refers to any more.
NEVER_CAME = dt.timedelta(days=30)
# Rows that say nothing of why a person is known: they go along.
GO_ALONG = ("outbox.Message", "account.EmailAddress")


def run(*, now: dt.datetime) -> RetentionRun:
    """Let go of everything that is past its limit, each rule for itself, and return the report of it."""
    removed: dict[str, int] = {}
    # What hangs on others first: a person goes in the same night as the last thing that held her.
    for rule in sorted(rules, key=lambda rule: (rule.model is User, rule.name)):
        if not rule.has_limit:
            continue
        try:
            with transaction.atomic():
                number = rule.run(now)
        except Exception:
            # One room's fault must not keep the others' data; what is left is tried again tomorrow.
            log.exception("%s could not be let go of", rule.name)
            number = -1
        if number:
            removed[rule.name] = number
    return RetentionRun.objects.create(started_at=now, ended_at=clock.now(), removed=removed)


def people_who_never_came(now: dt.datetime) -> UserQuerySet:
    """Return people older than 30 days who have never logged in and whom no row in any room refers to."""
    people = User.objects.filter(
        joined_at__lte=now - NEVER_CAME, last_login__isnull=True, is_staff=False, is_superuser=False
    )
    return unreferenced(people, but=[apps.get_model(label) for label in GO_ALONG])


def forget_cache(now: dt.datetime) -> int:
    """Delete what has run out in the cache: counts of log-in tries, by address."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cache WHERE expires < %s", [now])
        return cursor.rowcount
