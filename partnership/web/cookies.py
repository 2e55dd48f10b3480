"""Small signed cookies, which a browser returns to us and cannot change."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from partnership.web.tokens import Tokens


@dataclass(frozen=True)
class SignedCookie:
    """A cookie with one use, listed on the privacy page; it expires, and is refused, after `seconds`."""

    name: str
    seconds: int

    def put(self, response: HttpResponse, value: object, *, path: str) -> None:
        """Set the cookie to `value` for pages under `path`."""
        self._set(response, self._tokens.make(value), self.seconds, path)

    def empty(self, response: HttpResponse, *, seconds: int, path: str) -> None:
        """Set the cookie to nothing, which `was_emptied` tells for `seconds`."""
        self._set(response, "", seconds, path)

    def was_emptied(self, request: HttpRequest) -> bool:
        """Return whether the browser brings the cookie with nothing in it."""
        return request.COOKIES.get(self.name) == ""

    def _set(self, response: HttpResponse, text: str, seconds: int, path: str) -> None:
        response.set_cookie(
            self.name,
            text,
            max_age=seconds,
            path=path,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )

    def read(self, request: HttpRequest) -> Any | None:
        """Return the value that the browser sent; None if it is missing, changed or expired."""
        return self._tokens.read(request.COOKIES.get(self.name, ""), max_age=self.seconds)

    @property
    def _tokens(self) -> Tokens:
        return Tokens(salt=self.name)
