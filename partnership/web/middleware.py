"""What no address may hold, and what no page may use."""

from collections.abc import Callable

from django.core.exceptions import BadRequest, TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse, QueryDict

NUL = "\0"
# What browsers offer to pages and no page of ours uses; a script that somebody slips in cannot use it either.
UNUSED = (
    "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer",
    "microphone", "midi", "payment", "usb",
)  # fmt: skip
PERMISSIONS = ", ".join(f"{feature}=()" for feature in UNUSED)


class LongQueryMiddleware:
    """Leave out a query with more parameters than Django reads: each page would fail on it, the one of the error too.
    It stands before all that read queries; `NulMiddleware` refuses the request, once the language is known.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            request.GET  # noqa: B018, it is read here
        except TooManyFieldsSent:
            request.GET = QueryDict()
            request.has_long_query = True  # type: ignore[attr-defined]
        return self.get_response(request)


class NulMiddleware:
    """Answer a path with NUL by 404: PostgreSQL can store and compare no text with it, and nobody types it. What stands
    in a query or a form is checked by the forms. And a query with too many parameters by 400.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path:
            raise Http404
        if getattr(request, "has_long_query", False):
            raise BadRequest("too many parameters")
        return self.get_response(request)


class PermissionsPolicyMiddleware:
    """Add a Permissions-Policy to every answer, those to errors and of files included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Permissions-Policy"] = PERMISSIONS
        return response
