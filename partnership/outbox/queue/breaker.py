"""A mail server that is down is not hammered: one worker finds out, all of them wait, and one tries it again.

What they know is a row, so that it holds for every worker on every machine and outlives each of them. While the row
says "down", messages stay as they are: no attempt is counted, their turn does not move, and /readyz tells of the delay.
"""

import datetime as dt
import enum

from django.conf import settings
from django.db import transaction

from partnership.outbox.models import MailServer
from partnership.outbox.reasons import as_kept

# From one try to the next. A minute at most, so that all is on its way soon after the server is back.
WAITS = tuple(dt.timedelta(seconds=s) for s in (10, 20, 40, 60))
# A worker that died while it tried is replaced after this.
PROBE_LEASE = dt.timedelta(minutes=1)
# A line that breaks in the middle of a message may be that message's fault; three in a row are the server's.
BROKEN_LINES = 3


class Leave(enum.Enum):
    """What a worker may do."""

    SEND = "send"
    PROBE = "send one, to see whether the server is back"
    WAIT = "wait"


def server_name() -> str:
    return f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"[:120]


def ask(now: dt.datetime) -> Leave:
    """Say what the caller may do. Of all who ask when the wait is over, one is told to probe."""
    probe_at = MailServer.objects.filter(name=server_name()).values_list("probe_at", flat=True).first()
    if probe_at is None:
        return Leave.SEND
    if probe_at > now:
        return Leave.WAIT
    mine = MailServer.objects.filter(name=server_name(), probe_at=probe_at).update(probe_at=now + PROBE_LEASE)
    return Leave.PROBE if mine else Leave.WAIT


def down_since() -> dt.datetime | None:
    """Return since when the server has not answered; None while it is well."""
    return MailServer.objects.filter(name=server_name()).values_list("down_since", flat=True).first()


def answered() -> None:
    """Note that the server took a message, or refused one like a server that is well."""
    MailServer.objects.filter(name=server_name(), failures__gt=0).update(
        failures=0, down_since=None, probe_at=None, reason=""
    )


def not_tried(now: dt.datetime) -> None:
    """Give back a leave to probe that was not used, since nothing had to be sent after all."""
    MailServer.objects.filter(name=server_name(), probe_at__isnull=False).update(probe_at=now)


@transaction.atomic
def failed(now: dt.datetime, reason: str, *, in_the_middle: bool) -> None:
    """Note that the server was not there, or (`in_the_middle`) that the line broke during a message."""
    server, _new = MailServer.objects.select_for_update(no_key=True).get_or_create(name=server_name())
    server.failures += 1
    server.reason = as_kept(reason)
    if not in_the_middle or server.failures >= BROKEN_LINES or server.down_since:
        tries = max(server.failures - BROKEN_LINES, 0) if in_the_middle else server.failures - 1
        server.down_since = server.down_since or now
        server.probe_at = now + WAITS[min(tries, len(WAITS) - 1)]
    server.save(update_fields=["failures", "reason", "down_since", "probe_at"])
