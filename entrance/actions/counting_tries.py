"""Counting the tries of a code to log in."""

import datetime as dt

from django.conf import settings
from django.db.models import F
from django.utils.crypto import salted_hmac

from entrance.models import CodeTries


def take_try(log_in: str, now: dt.datetime) -> bool:
    """Count one more try of a log-in's code; return False if it has none left. One statement counts and compares, so
    that tries at the same moment cannot share a number.
    """
    digest = salted_hmac("entrance.tries", log_in, algorithm="sha256").hexdigest()
    CodeTries.objects.bulk_create([CodeTries(log_in=digest, at=now)], ignore_conflicts=True)
    left = CodeTries.objects.filter(log_in=digest, tried__lt=settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS)
    return bool(left.update(tried=F("tried") + 1))
