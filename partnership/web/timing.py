"""How long an answer takes, so that it gives nothing away."""

import time
from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from partnership.web.viewing import PortalRequest, View


def _is_sent(request: HttpRequest) -> bool:
    return request.method == "POST"


def in_equal_time(view: View | None = None, *, when: Callable[[HttpRequest], bool] = _is_sent) -> Any:
    """Let a view that takes an address answer after a fixed time (`FORMS_TAKE_SECONDS`), or a multiple of it on a busy
    server, so that nobody can tell from the time whether we know the address.

    `when` is asked after the view has run, and says which requests take that time: by default forms that are sent.
    """
    if view is None:
        return partial(in_equal_time, when=when)

    @wraps(view)
    def timed(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        begun = time.monotonic()
        response = view(request, *args, **kwargs)
        turn = settings.FORMS_TAKE_SECONDS
        if turn and when(request):
            time.sleep((begun - time.monotonic()) % turn)
        return response

    return timed
