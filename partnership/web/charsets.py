"""Everything that comes in is written in UTF-8, as browsers send it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template.loader import get_template
from django.utils import translation

UTF_8 = "utf-8"


class Utf8Request(WSGIRequest):
    """A request that is never read in the charset of its Content-Type, and can be made whatever stands there: with
    charset=rot13 Django's own cannot.
    """

    encoding = UTF_8

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            super()._set_content_type_params(meta)  # type: ignore[misc]
        except ValueError:  # an unknown charset of a parameter itself (RFC 2231)
            self.content_type, self.content_params = "", {"charset": ""}


class CharsetMiddleware:
    """Answer what is said to be in another charset by 400, before anything reads the form: Django would refuse it while
    reading, and read it again for the page that says so.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (request.content_params or {}).get("charset", UTF_8).lower() == UTF_8:
            return self.get_response(request)
        with translation.override(translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE):
            return HttpResponseBadRequest(get_template("400.html").render())
