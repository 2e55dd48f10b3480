"""What a second factor opens in a session, and who may make one."""

import datetime as dt
from typing import cast

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from entrance.allauth_internals import FACTORS
from entrance.models import Invitation
from entrance.sessions import BEGAN
from partnership.people.mailboxes import has_verified_mailbox
from partnership.people.models import User
from partnership.people.rules import needs_second_factor

# How old a log-in may be that makes somebody's first second factor.
FRESH = dt.timedelta(minutes=10)
# In the session: which invitation was used in it.
INVITED = "invited"


def has_used_second_factor(request: HttpRequest) -> bool:
    """Return whether a second factor was used in this session."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def has_fresh_code(request: HttpRequest, now: dt.datetime) -> bool:
    """Return whether a code was typed in this session moments ago, so that it is not somebody who found the browser
    open. For sending a form it may be twice as long ago: the reader had to find the app on their telephone.
    """
    lasts = FRESH if request.method in ("GET", "HEAD") else 2 * FRESH
    records = get_authentication_records(request, request.user)
    return any(now.timestamp() - record["at"] < lasts.total_seconds() for record in records)


def has_just_come_in(request: HttpRequest, now: dt.datetime) -> bool:
    """Return whether the reader logged in moments ago, in whatever way, or has shown a factor again since then."""
    began = request.session.get(BEGAN, 0)
    lasts = FRESH if request.method in ("GET", "HEAD") else 2 * FRESH
    return now.timestamp() - began < lasts.total_seconds() or has_fresh_code(request, now)


def has_second_factor(user: User) -> bool:
    """Return whether the person has a passkey or an authenticator app; recovery codes alone are none."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def has_still_to_show_factor(request: HttpRequest) -> bool:
    """Return whether the pages of staff are closed to the reader until a second factor is made, or used."""
    return not has_used_second_factor(request) and needs_second_factor(cast(User, request.user))


def has_more_than_a_code(user: User) -> bool:
    """Return whether the person can show more than a code by letter or text message: a mailbox that they have used, or
    a second factor. Such a code does not put another mailbox in their place.
    """
    return (user.has_open_mailbox and has_verified_mailbox(user)) or has_second_factor(user)


def kinds_of_factors(user: User) -> set[str]:
    """Return which kinds of second factors the person has, with recovery codes."""
    return set(Authenticator.objects.filter(user=user).values_list("type", flat=True))


def is_last_factor_of_staff(user: User) -> bool:
    """Return whether somebody who needs a second factor has one left."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).count() == 1 and needs_second_factor(user)


def must_be_invited(request: HttpRequest) -> bool:
    """Return whether the reader has a role, and neither a second factor nor an invitation to make one."""
    user = cast(User, request.user)
    if not needs_second_factor(user) or has_used_second_factor(request) or has_second_factor(user):
        return False
    return not is_invited(request)


def is_invited(request: HttpRequest) -> bool:
    """Return whether the reader's newest invitation was used in this session: a newer one ends what an earlier one
    has opened.
    """
    newest = Invitation.objects.filter(person=cast(User, request.user)).order_by("-pk").first()
    return newest is not None and newest.used_at is not None and request.session.get(INVITED) == newest.digest
