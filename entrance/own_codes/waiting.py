"""A code that was sent and is typed in the same browser. The session holds its keyed hash, and whether one was sent at
all cannot be told from outside.
"""

import datetime as dt
import secrets
from typing import Any

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from entrance.accounts import CODE_LIVES
from entrance.actions.counting_tries import take_try
from partnership.fields.codes import typed_code
from partnership.refusals import Refused

_KEY = "own_code"


def begin(request: HttpRequest, *, use: str, about: Any, code: str, now: dt.datetime) -> None:
    """Wait for a code; an empty one is none, and whatever is typed is wrong."""
    # Tries are counted under a number of the code's own: the session has another key after a log-in in this browser.
    held = {"use": use, "about": about, "digest": _digest(use, code), "at": now.isoformat()}
    request.session[_KEY] = held | {"number": secrets.token_urlsafe(16)}


def is_waiting(request: HttpRequest, use: str) -> bool:
    """Return whether this browser waits for a code for that use."""
    return _KEY in request.session and request.session[_KEY]["use"] == use


def about(request: HttpRequest) -> Any:
    """Return what the code that this browser waits for is about."""
    return request.session[_KEY]["about"]


def take(request: HttpRequest, *, use: str, typed: str, now: dt.datetime) -> Any:
    """Return what the right code is about; it works once. Refused: too_late, too_many_tries, wrong_code."""
    held = request.session[_KEY]
    if now - dt.datetime.fromisoformat(held["at"]) >= CODE_LIVES:
        raise Refused("too_late", _("The code no longer works. Ask for a new one."))
    # One that was sent before an upgrade has no number.
    if not take_try(held.get("number", request.session.session_key), held["at"], now):
        raise Refused("too_many_tries", _("The code was wrong too many times. Ask for a new one."))
    code = typed_code(typed)
    if not code or not constant_time_compare(held["digest"], _digest(use, code)):
        raise Refused("wrong_code", _("That is not the code. Look at the message, and write the six digits."))
    del request.session[_KEY]
    return held["about"]


def _digest(use: str, code: str) -> str:
    return salted_hmac(f"entrance.own_code {use}", code or "none", algorithm="sha256").hexdigest()
