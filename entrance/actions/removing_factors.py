"""Removing second factors."""

import datetime as dt

from allauth.mfa.models import Authenticator
from django.db import transaction

from entrance import telling
from partnership.people.models import User


@transaction.atomic
def remove_factors(*, person: User, now: dt.datetime) -> None:
    """Remove all second factors of somebody who has lost theirs; they need an invitation for a new one."""
    if Authenticator.objects.filter(user=person).delete()[0]:
        telling.tell_of_factor(person, "removed", now=now)
        telling.tell_of_removal_by_staff(person, now)


def remove_earlier_ways_in(person: User, now: dt.datetime) -> None:
    """Remove passkeys and sign-ins from before somebody's first role: nobody gave them out, and a stranger may have
    made them.
    """
    Authenticator.objects.filter(user=person).delete()
    person.browser_sessions.all().delete()
