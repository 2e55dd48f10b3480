"""Connecting an app or a passkey has just shown it; nobody is asked for it again a moment later."""

from typing import Any

from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def connecting_shows_it(*, request: HttpRequest, authenticator: Authenticator, **_more: Any) -> None:
    """Count a person's first second factor as shown in the session that connected it.

    Only the first: whoever has one already must show that one, or a stolen session could bring a factor of its own.
    """
    if authenticator.type not in FACTORS:
        return
    others = Authenticator.objects.filter(user=authenticator.user, type__in=FACTORS).exclude(pk=authenticator.pk)
    if not others.exists():
        post_authentication(request, authenticator, reauthenticated=True)
