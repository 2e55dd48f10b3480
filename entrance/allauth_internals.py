"""All that we use of allauth's private modules, which may change with each of its versions. The limits are counted in
`people/limits.py`, on a floor below.
"""

import datetime as dt
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.internal.stagekit import clear_login as _clear_login
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.internal.auth import STATE_SESSION_KEY
from django.http import HttpRequest

__all__ = [
    "FACTORS",
    "LOGIN_SESSION_KEY",
    "STATE_SESSION_KEY",
    "clear_login",
    "is_of_former_mailbox",
    "is_past_showing_factor",
    "is_waiting_for_code",
    "is_waiting_for_nobody",
    "post_authentication",
    "record_authentication",
    "waited_for_code",
    "waiting_log_in",
]

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def clear_login(request: HttpRequest) -> None:
    """End the log-in that is under way, and what a passkey was asked in it."""
    _clear_login(request)
    request.session.pop(STATE_SESSION_KEY, None)


def is_waiting_for_code(request: HttpRequest) -> bool:
    """Return whether somebody has asked for a code in this browser and not typed it yet."""
    return LOGIN_SESSION_KEY in request.session


def is_waiting_for_nobody(request: HttpRequest) -> bool:
    """Return whether this browser waits for a code, and nobody has the address that it was asked for."""
    return is_waiting_for_code(request) and not request.session[LOGIN_SESSION_KEY].get("user_pk")


def waited_for_code(request: HttpRequest, now: dt.datetime) -> dt.timedelta:
    """Return how long ago this browser asked for the code that it waits for."""
    return now - dt.datetime.fromtimestamp(request.session[LOGIN_SESSION_KEY]["initiated_at"], dt.UTC)


def is_of_former_mailbox(request: HttpRequest) -> bool:
    """Return whether the code went to an address that is no longer the person's."""
    log_in = request._login_stage.login  # type: ignore[attr-defined]
    return bool(log_in.user) and log_in.user.email != log_in.email


def is_past_showing_factor(request: HttpRequest) -> bool:
    """Return whether a page that asks for a second factor was opened in a log-in of somebody who has none any more."""
    stage = getattr(request, "_login_stage", None)
    return stage is not None and not is_mfa_enabled(stage.login.user, FACTORS)


def waiting_log_in(request: HttpRequest) -> dict[str, Any]:
    """Return what is stored of the log-in whose code is being typed; changes to it are stored."""
    return request._login_stage.state  # type: ignore[attr-defined]
