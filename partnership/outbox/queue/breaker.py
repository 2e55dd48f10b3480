"""A circuit breaker for the mail server: when one worker finds it down, all wait, and then one tries it again. The
state is a row, so that it is shared by the workers of all machines and survives restarts. While the server is down,
messages stay as they are: no attempt is counted, their time does not move, and /readyz reports the delay.
"""

import datetime as dt
import enum

from django.conf import settings
from django.db import transaction

from partnership.outbox.models import MailServer
from partnership.outbox.reasons import as_kept

# From one attempt to the next. A minute at most, so that sending resumes soon after the server is back.
WAITS = tuple(dt.timedelta(seconds=s) for s in (10, 20, 40, 60))
# After this another worker may probe in place of one that died.
PROBE_LEASE = dt.timedelta(minutes=1)
# A connection that breaks during a message may be that message's fault; three in a row are the server's.
BROKEN_LINES = 3


class Permit(enum.Enum):
    """What a worker may do."""

    SEND = "send"
    PROBE = "send one, to see whether the server is back"
    WAIT = "wait"


def server_name() -> str:
    """Return host and port of the mail server, cut to the column that stores them."""
    return f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"[:120]


def ask(now: dt.datetime) -> Permit:
    """Return what the caller may do. When the wait is over, only one of all callers is told to probe."""
    probe_at = MailServer.objects.filter(name=server_name()).values_list("probe_at", flat=True).first()
    if probe_at is None:
        return Permit.SEND
    if probe_at > now:
        return Permit.WAIT
    mine = MailServer.objects.filter(name=server_name(), probe_at=probe_at).update(probe_at=now + PROBE_LEASE)
    return Permit.PROBE if mine else Permit.WAIT


def down_since() -> dt.datetime | None:
    """Return since when the server has not answered; None while it works."""
    return MailServer.objects.filter(name=server_name()).values_list("down_since", flat=True).first()


def answered() -> None:
    """Record that the server works: it accepted a message, or refused one properly."""
    MailServer.objects.filter(name=server_name(), failures__gt=0).update(
        failures=0, down_since=None, probe_at=None, reason=""
    )


def not_tried(now: dt.datetime) -> None:
    """Return an unused permission to probe: there was nothing to send."""
    MailServer.objects.filter(name=server_name(), probe_at__isnull=False).update(probe_at=now)


@transaction.atomic
def failed(now: dt.datetime, reason: str, *, in_the_middle: bool) -> None:
    """Record that the server did not answer, or (`in_the_middle`) that the connection broke during a message."""
    server, _new = MailServer.objects.select_for_update(no_key=True).get_or_create(name=server_name())
    server.failures += 1
    server.reason = as_kept(reason)
    if not in_the_middle or server.failures >= BROKEN_LINES or server.down_since:
        tries = max(server.failures - BROKEN_LINES, 0) if in_the_middle else server.failures - 1
        server.down_since = server.down_since or now
        server.probe_at = now + WAITS[min(tries, len(WAITS) - 1)]
    server.save(update_fields=["failures", "reason", "down_since", "probe_at"])
