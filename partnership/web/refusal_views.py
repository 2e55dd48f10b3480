"""The page for a form that was refused before it reached a view."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from partnership.web.viewing import NOT_KEPT

SHORT = 40  # a name is quickly typed again; a longer text is worth copying


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain, with status 403, that the page was open too long, and show long texts again for copying."""
    back = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = ""
    response = render(request, "403_csrf.html", {"back": back, "texts": _long_texts(request)}, status=403)
    response.headers["Cache-Control"] = NOT_KEPT
    return response


def _long_texts(request: HttpRequest) -> list[str]:
    """Return the longer texts, but only to our own page: another site must not be able to put text on ours."""
    own = f"{request.scheme}://{request.get_host()}"
    if request.headers.get("Origin") != own:
        return []
    secret = ("csrfmiddlewaretoken", "password", "token", "code", "submission")
    return [
        text
        for name in request.POST
        if not any(word in name for word in secret)
        for text in request.POST.getlist(name)
        if len(text) >= SHORT
    ]
