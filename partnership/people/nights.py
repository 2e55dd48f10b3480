"""Nightly work that is done once a night, and made up for by day when nobody could do it at its hour.

Beat asks every hour. A broker that was away at night, a worker that died and a task that failed are thus the same case:
the night is not noted as done, and the next hour finds it.
"""

import datetime as dt
from collections.abc import Callable

from django.db.models import Q

from partnership.people.models import NightlyRun

# Longer than any night's work; shorter than the hour until somebody asks again.
LEASE = dt.timedelta(minutes=50)


def once_a_night(task: str, work: Callable[[], object], *, after: dt.time, now: dt.datetime) -> bool:
    """Do `work` unless the night that began last at `after` (UTC) has been seen to; say whether it was done now.

    A portal's first night is the next one. Raises what `work` raises, and leaves the night to be tried again.
    """
    night = _night(after, now)
    NightlyRun.objects.get_or_create(task=task, defaults={"night": night})
    is_free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    mine = NightlyRun.objects.filter(is_free, task=task, night__lt=night).update(claimed_until=now + LEASE)
    if not mine:
        return False
    try:
        work()
    except BaseException:
        NightlyRun.objects.filter(task=task).update(claimed_until=None)
        raise
    NightlyRun.objects.filter(task=task).update(night=night, claimed_until=None)
    return True


def _night(after: dt.time, now: dt.datetime) -> dt.date:
    utc = now.astimezone(dt.UTC)
    return utc.date() if utc.time() >= after else utc.date() - dt.timedelta(days=1)
