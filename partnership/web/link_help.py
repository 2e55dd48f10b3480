"""The page for a link from an email that does not open: it says what to do, and whom to call."""

import re
from collections.abc import Callable, Iterator
from functools import cache

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

from partnership.web.masking import is_token
from partnership.web.tokens import LinkEnded, repaired
from partnership.web.viewing import NOT_KEPT

Handler = Callable[[HttpRequest], HttpResponse]


def routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every route, without the language before it, and its pattern."""
    for one in resolver.url_patterns:
        own = "" if isinstance(one.pattern, LocalePrefixPattern) else str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one, before + own)
        else:
            yield before + own, one


@cache
def _beginnings() -> re.Pattern[str]:
    """Return what paths of links begin with, up to their token; of new ones too, since it reads all routes."""
    found = {route.partition("<")[0] for route, one in routes(get_resolver()) if "token" in one.pattern.converters}
    return re.compile(rf"/(?:[a-z]{{2}}/)?(?:{'|'.join(map(re.escape, sorted(found)))})", re.IGNORECASE)


def is_of_link(path: str) -> bool:
    """Return whether a path, with or without a route, begins as those of links with a token do."""
    return bool(_beginnings().match(path))


def has_token(request: HttpRequest) -> bool:
    """Return whether an address is that of a link: its path, whose route may be misspelt, or its query has a token."""
    if is_of_link(request.path) or is_token(request.path):
        return True
    return any(is_token(repaired(value)) for values in request.GET.lists() for value in values[1])


class LinkHelpMiddleware:
    """Answer every link that opens nothing with a page that helps: 410 if we made it and it has ended, whatever the
    reason, and 404 if it is damaged or nobody's. So nobody learns what is stored.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # No route: the damage is around the token, or before it.
        is_link = has_token(request)
        if response.status_code == 404 and request.resolver_match is None and is_link:
            return _page(request, has_ended=False)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return answer_for_link(request, exception)


def answer_for_link(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    """Return the page for a link whose view raised a 404; None for anything else."""
    match = request.resolver_match
    if not isinstance(exception, Http404) or match is None or "token" not in match.kwargs:
        return None
    return _page(request, has_ended=isinstance(exception, LinkEnded))


def _page(request: HttpRequest, *, has_ended: bool) -> HttpResponse:
    response = render(request, "link_help.html", {"has_ended": has_ended}, status=410 if has_ended else 404)
    response.headers["Cache-Control"] = NOT_KEPT
    return response
