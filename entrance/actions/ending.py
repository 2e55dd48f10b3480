"""Ending sign-ins."""

from collections.abc import Iterable

from entrance.sessions import BrowserSession
from partnership.people.models import User


def end(*, sessions: Iterable[BrowserSession], of: User) -> int:
    """End those of a person's own sign-ins; return how many there were."""
    keys = [session.session_key for session in sessions]
    return BrowserSession.objects.filter(person=of, session_key__in=keys).delete()[0]
