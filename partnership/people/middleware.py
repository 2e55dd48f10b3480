"""Sets each request's language, and hides users of other partnerships."""

import re
from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme

from partnership.people.models import User
from partnership.places.requests import AnyHostRequest

Handler = Callable[[HttpRequest], HttpResponse]
KNOWN = {code for code, _name in settings.LANGUAGES}
WITHOUT_LANGUAGE = ("/accounts/", "/admin/", "/dev/")


class LanguageMiddleware:
    """The language comes from the URL, else from the session, else from the reader, else from the partnership. No
    Accept-Language and no cookie of its own are read, so that a page is the same for all and can be cached.

    Pages under WITHOUT_LANGUAGE have no language in their path. A stranger's language stays in the query, in `next`,
    which leads on from page to page; they get no session for it. The session of somebody who is logged in stores the
    language of the last page that read it.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        of_path = translation.get_language_from_path(request.path_info)
        brought = _brought(request) if request.path.startswith(WITHOUT_LANGUAGE) else None
        language = of_path or brought or _stored(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        _store(request, brought or of_path)
        response.headers.setdefault("Content-Language", language)
        return response


def _stored(request: HttpRequest) -> str:
    partnership = getattr(request, "partnership", None)
    fallback = partnership.language if partnership else settings.LANGUAGE_CODE
    if not request.path.startswith(WITHOUT_LANGUAGE):
        return fallback
    return request.session.get("language") or getattr(get_user(request), "language", "") or fallback


def _store(request: HttpRequest, language: str | None) -> None:
    """Store the language for pages without one. A public page that read no session reads none here either."""
    session = request.session
    if language and session.accessed and not session.is_empty() and session.get("language") != language:
        session["language"] = language


def _brought(request: HttpRequest) -> str | None:
    """Return the language in the query: the chosen one, or that of `next=/sv/…` from the page that asked to log in."""
    chosen = request.GET.get("lang")
    if not url_has_allowed_host_and_scheme(request.GET.get("next", "/"), {request.get_host()}):
        # Log-in does not go there, but its page would repeat it.
        asked = request.GET.copy()
        del asked["next"]
        request.GET = cast(Any, asked)
    if chosen and request.path.startswith("/admin/"):
        # Django's lists take everything in the query for a filter.
        asked = request.GET.copy()
        del asked["lang"]
        request.GET = cast(Any, asked)
    if chosen not in KNOWN:
        return translation.get_language_from_path(request.GET.get("next", ""))
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        # Into `next`: of the query, allauth hands on that alone from page to page, and a stranger has no session.
        asked = request.GET.copy()
        asked["next"] = re.sub(r"^/[a-z]{2}/", f"/{chosen}/", asked.get("next") or f"/{chosen}/me/")
        request.GET = cast(Any, asked)
    return chosen


class HomePartnershipMiddleware:
    """A person logged in to one partnership is anonymous under every other one's host name."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: AnyHostRequest) -> HttpResponse:
        logged_in = request.user

        def user_here() -> User | AnonymousUser:
            home = getattr(logged_in, "partnership_id", None)
            here = request.partnership.pk if request.partnership else None
            if not logged_in.is_authenticated or home in (None, here):
                return logged_in
            return AnonymousUser()

        # Lazy, so that a page that does not use the user reads no session and can be cached.
        request.user = cast(User, SimpleLazyObject(user_here))
        return self.get_response(request)
