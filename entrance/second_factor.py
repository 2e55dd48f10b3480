"""What a second factor opens in a session, and who may make one."""

from typing import Any, cast

from allauth.account.authentication import get_authentication_records
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from partnership.people.middleware import needs_second_factor
from partnership.people.models import User

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# In the session: an invitation was used in it.
INVITED = "invited"


def connecting_shows_it(*, request: HttpRequest, authenticator: Authenticator, **_more: Any) -> None:
    """Count a person's first second factor as used in the session that connected it. Only the first: somebody who has
    one already must use it, or a stolen session could add a factor of its own.
    """
    if authenticator.type not in FACTORS:
        return
    others = Authenticator.objects.filter(user=authenticator.user, type__in=FACTORS).exclude(pk=authenticator.pk)
    if not others.exists():
        post_authentication(request, authenticator, reauthenticated=True)


def is_shown(request: HttpRequest) -> bool:
    """Return whether a second factor was used in this session."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def has_one(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def must_be_invited(request: HttpRequest) -> bool:
    """Return whether the reader has a role, and neither a second factor nor an invitation to make one."""
    user = cast(User, request.user)
    if request.session.get(INVITED) or not needs_second_factor(user):
        return False
    return not is_shown(request) and not has_one(user)
