"""Small signed cookies: what a browser may show us again, and cannot change."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from partnership.web.tokens import Tokens


@dataclass(frozen=True)
class SignedCookie:
    """A cookie of one use, as the privacy page names it; gone after so many seconds, and good for no longer."""

    name: str
    seconds: int

    def put(self, response: HttpResponse, value: object, *, path: str) -> None:
        """Let the browser show `value` again on pages under `path`."""
        response.set_cookie(
            self.name,
            self._tokens.make(value),
            max_age=self.seconds,
            path=path,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )

    def read(self, request: HttpRequest) -> Any | None:
        """Return what the browser shows; None where it shows nothing, something else, or too late."""
        return self._tokens.read(request.COOKIES.get(self.name, ""), max_age=self.seconds)

    @property
    def _tokens(self) -> Tokens:
        return Tokens(salt=self.name)
