"""What every answer of the portal says about who may keep it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]
NOT_KEPT = "no-store, private"


class NotKeptMiddleware:
    """No cache and no browser keeps an answer to somebody who is signed in, or to a link with a token: the Back button
    shows nothing of it after signing out. Reads no session, so that public pages stay the same for all.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = getattr(request, "resolver_match", None)
        is_signed_in = settings.SESSION_COOKIE_NAME in {*request.COOKIES, *response.cookies}
        if is_signed_in or (match and "token" in match.kwargs):
            response.headers["Cache-Control"] = NOT_KEPT
        return response
