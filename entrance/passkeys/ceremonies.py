"""What a passkey signs is accepted only on the page and in the log-in that asked for it: allauth keeps one challenge
for a session, so that an easy one of one page could be answered on another that asks for more.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

from entrance.allauth_internals import LOGIN_SESSION_KEY, STATE_SESSION_KEY
from partnership.people.limits import is_within_rate

# In the session: where the challenge was made, and for whom.
ASKED = "passkey_asked"


def answered_where_asked(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a page with a passkey see no challenge except its own."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        session = request.session
        if STATE_SESSION_KEY in session and session.get(ASKED) != _where_asked(request):
            del session[STATE_SESSION_KEY]
        response = view(request, *args, **kwargs)
        if STATE_SESSION_KEY in session:
            session[ASKED] = _where_asked(request)
        return response

    return page


def _where_asked(request: HttpRequest) -> list[Any]:
    """Return the page, who is logged in, and which log-in is under way."""
    log_in = request.session.get(LOGIN_SESSION_KEY) or {}
    who = request.session.get(SESSION_KEY)
    return [request.path, who, log_in.get("user_pk"), log_in.get("initiated_at")]


def limited_where_asked(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Limit how often one IP address gets a challenge from a page that anybody may open: each makes a session."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method in ("GET", "HEAD") and not is_within_rate("passkey_challenge", request):
            return HttpResponse(status=429)
        return view(request, *args, **kwargs)

    return page
