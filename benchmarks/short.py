"""Shortens the outbox's waits, so that a run with faults takes minutes. The code is the same."""

import datetime as dt
import os

from django.conf import settings

from benchmarks import words  # noqa: F401 - registers the kinds
from partnership.outbox.queue import breaker, claiming, delivering, retrying

SECOND = dt.timedelta(seconds=1)

# A worker with this setting makes claims that never end: the control without a lease.
claiming.LEASE = dt.timedelta(days=365) if os.environ.get("NO_LEASE") else 6 * SECOND
delivering.WORKS_AT_MOST = 3 * SECOND
retrying.GREYLISTED = (SECOND,) * 12
retrying.RETRIES = claiming.RETRIES = (SECOND,) * 12
breaker.WAITS = (SECOND, 2 * SECOND)
breaker.PROBE_LEASE = 5 * SECOND
settings.EMAIL_TIMEOUT = 1
