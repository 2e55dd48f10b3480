"""How long an answer takes, so that it gives nothing away."""

import time
from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from partnership.web.viewing import PortalRequest, View


def mark_as_acting(request: HttpRequest) -> None:
    """Say that this request goes on to look somebody up."""
    request.is_acting = True  # type: ignore[attr-defined]


def _is_marked_as_acting(request: HttpRequest) -> bool:
    return getattr(request, "is_acting", False)


def in_equal_time(view: View | None = None, *, when: Callable[[HttpRequest], bool] = _is_marked_as_acting) -> Any:
    """Let a view that takes a mailbox answer after a fixed time (`FORMS_TAKE_SECONDS`), or a multiple of it on a busy
    server, so that nobody can tell from the time whether we know the mailbox.

    Nobody waits on GET: a thread that waits does nothing for others, and anybody can ask for pages without end.
    `when` is asked before the view and after it, and says which requests take that time: by default those that
    `is_valid_within_limit` let through. All others are answered at once: a thread that waits keeps other visitors
    waiting.
    """
    if view is None:
        return partial(in_equal_time, when=when)

    @wraps(view)
    def timed(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        begun, is_slow = time.monotonic(), when(request)
        response = view(request, *args, **kwargs)
        turn = settings.FORMS_TAKE_SECONDS
        if turn and request.method not in ("GET", "HEAD") and (is_slow or when(request)):
            time.sleep((begun - time.monotonic()) % turn)
        return response

    return timed
