"""What no address may hold."""

import re
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

NUL = "\0"
_WRITTEN_NUL = re.compile("%00")


class NulMiddleware:
    """Keep NUL out of every address: PostgreSQL can store and compare no text with it, and nobody types it. A page at
    such an address does not exist; in a query it is left out. What is posted is checked by the forms.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path:
            raise Http404
        request.META["QUERY_STRING"] = _WRITTEN_NUL.sub("", request.META.get("QUERY_STRING", "")).replace(NUL, "")
        return self.get_response(request)
