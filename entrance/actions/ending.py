"""Ending log-ins."""

import datetime as dt
from collections.abc import Iterable

from allauth.mfa.models import Authenticator

from entrance.sessions import BrowserSession
from partnership.people.models import User


def end(*, sessions: Iterable[BrowserSession], of: User) -> int:
    """End those of a person's own log-ins; return how many there were."""
    keys = [session.session_key for session in sessions]
    return BrowserSession.objects.filter(person=of, session_key__in=keys).delete()[0]


def end_all_of_last_role(person: User, now: dt.datetime) -> None:
    """Log a person out everywhere when they lose their last role: what had expired for staff would work again."""
    person.browser_sessions.all().delete()


def end_all_of_inactive(person: User, now: dt.datetime) -> None:
    """Log a person out everywhere when they may no longer log in; when they may again, they log in anew."""
    person.browser_sessions.all().delete()


def end_all_of_another_mailbox(person: User, old: str | None, was_verified: bool, now: dt.datetime) -> None:
    """Log a person out everywhere when another mailbox counts, and remove what was made to log in with: who reads the
    old mailbox may have done both. Staff need an invitation for a new second factor.
    """
    if old != person.email:
        Authenticator.objects.filter(user=person).delete()
        person.browser_sessions.all().delete()
