"""What no address may hold."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

NUL = "\0"


class NulMiddleware:
    """Answer a path with NUL by 404: PostgreSQL can store and compare no text with it, and nobody types it. What stands
    in a query or is posted is checked by the forms.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path:
            raise Http404
        return self.get_response(request)
