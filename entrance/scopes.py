"""Which log-ins a person may see: their own."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from entrance.sessions import BrowserSession, is_over_for_staff
from partnership.people.access import LoggedInRequest
from partnership.people.models import User
from partnership.people.rules import needs_second_factor


@dataclass(frozen=True)
class LogIn:
    """A log-in as its owner sees it. Its `number` names it in addresses, which must not hold a session's key."""

    number: str
    device: str
    used_at: dt.datetime
    is_this_one: bool
    row: BrowserSession


def log_ins(person: User, now: dt.datetime) -> list[BrowserSession]:
    """Return the person's log-ins that still open something, the newest use first."""
    rows = person.browser_sessions.filter(expire_date__gt=now).order_by("-used_at")
    if not needs_second_factor(person):
        return list(rows)
    return [row for row in rows if not is_over_for_staff(row.began_at, row.used_at, now)]


def own_log_ins(request: LoggedInRequest, now: dt.datetime) -> list[LogIn]:
    """Return the reader's log-ins, and which of them is this browser's."""
    here = request.session.session_key
    return [
        LogIn(number_of(row), row.device, row.used_at, row.session_key == here, row)
        for row in log_ins(request.user, now)
    ]


def number_of(row: BrowserSession) -> str:
    """Return what stands for a log-in in a form: not its key, which would open it."""
    return hashlib.sha256(row.session_key.encode()).hexdigest()[:16]


def read_somebody() -> None:
    """Read a person, as the page of a log-in does whose code somebody waits for."""
    User.objects.order_by("pk").first()
