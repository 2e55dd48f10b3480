"""Nightly work that is done once a night, and caught up by day if it was missed. Beat tries every hour. If the broker
was down, a worker died or the task failed, the night is not recorded as done, and the next hour tries again.
"""

import datetime as dt
from collections.abc import Callable

from django.db.models import Q

from partnership.people.models import NightlyRun

# Longer than any night's work; shorter than the hour until the next try.
LEASE = dt.timedelta(minutes=50)


def once_a_night(task: str, work: Callable[[], object], *, after: dt.time, now: dt.datetime) -> bool:
    """Do `work` unless it is done for the night that last began at `after` (UTC); return whether it was done now. A new
    portal's first night is the next one. If `work` raises, so does this, and the night is tried again.
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
