"""Removing second factors, and the log-ins that they opened."""

import datetime as dt
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest

from entrance import telling
from entrance.rules import has_second_factor
from partnership.people.models import User
from partnership.people.rules import needs_second_factor


@transaction.atomic
def remove_factors(*, person: User, now: dt.datetime) -> None:
    """Remove all second factors of somebody who has lost theirs; they are logged out everywhere, and need an
    invitation for a new one.
    """
    if Authenticator.objects.filter(user=person).delete()[0]:
        person.browser_sessions.all().delete()
        telling.tell_of_factor(person, "removed", now=now)
        telling.tell_of_removal_by_staff(person, now)


def remove_earlier_ways_in(person: User, now: dt.datetime) -> None:
    """Remove passkeys and log-ins from before somebody's first role: nobody gave them out, and a stranger may have
    made them.
    """
    Authenticator.objects.filter(user=person).delete()
    person.browser_sessions.all().delete()


def end_other_log_ins(*, request: HttpRequest, user: User, **_more: Any) -> None:
    """Log staff who have removed their last second factor out everywhere else: a new one is made here, or after an
    invitation.
    """
    if needs_second_factor(user) and not has_second_factor(user):
        user.browser_sessions.exclude(session_key=request.session.session_key).delete()
