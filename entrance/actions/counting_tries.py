"""Counting the tries of a code to log in."""

import datetime as dt

from django.conf import settings
from django.db.models import F
from django.utils.crypto import salted_hmac

from entrance.models import CodeTries


def take_try(waits_for: str | None, began_at: float | str, now: dt.datetime) -> bool:
    """Count one more try of the code that a log-in waits for, begun then; return False if it has none left. One
    statement counts and compares, so that tries at the same moment cannot share a number.
    """
    digest = digest_of_log_in(waits_for, began_at)
    CodeTries.objects.bulk_create([CodeTries(log_in=digest, at=now)], ignore_conflicts=True)
    left = CodeTries.objects.filter(log_in=digest, tried__lt=settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS)
    return bool(left.update(tried=F("tried") + 1))


def digest_of_log_in(waits_for: str | None, began_at: float | str) -> str:
    """Return the keyed hash by which the tries of a log-in are stored."""
    return salted_hmac("entrance.tries", f"{waits_for}.{began_at}", algorithm="sha256").hexdigest()
