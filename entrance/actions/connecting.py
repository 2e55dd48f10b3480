"""Connecting a second factor."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from entrance.allauth_internals import post_authentication
from entrance.rules import FACTORS, INVITED


def count_first_factor_as_used(*, request: HttpRequest, authenticator: Authenticator, **_more: Any) -> None:
    """Count a person's first second factor as used in the session that connected it. Only the first: somebody who has
    one already must use it, or a stolen session could add a factor of its own. The invitation has served.
    """
    if authenticator.type not in FACTORS:
        return
    request.session.pop(INVITED, None)
    others = Authenticator.objects.filter(user=authenticator.user, type__in=FACTORS).exclude(pk=authenticator.pk)
    if not others.exists():
        post_authentication(request, authenticator, reauthenticated=True)
