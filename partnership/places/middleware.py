"""The host name decides which partnership a request is for."""

from collections.abc import Callable
from hashlib import sha256

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import render
from django.utils import translation

from partnership.places.models import Partnership
from partnership.places.requests import AnyHostRequest

# Health checks, answered under any host name.
HOSTLESS = ("/healthz", "/readyz", settings.STATIC_URL)
# The demonstration's pages answer under any host name; under an unknown one they list the partnerships.
WITH_OR_WITHOUT = ("/dev/",)


class PartnershipMiddleware:
    """Set `request.partnership`, or answer with a list of the partnerships that exist."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: AnyHostRequest) -> HttpResponse:
        if request.path.startswith(HOSTLESS):
            request.partnership = None
            return self.get_response(request)
        host, _port = split_domain_port(request.get_host())
        request.partnership = _at(host)
        if request.partnership is None and not request.path.startswith(WITH_OR_WITHOUT):
            return _which(request)
        return self.get_response(request)


def _at(host: str) -> Partnership | None:
    """Return the host's partnership. Every request asks for it, so a busy process reads the row only once a second."""
    key = f"partnership-{sha256(host.encode()).hexdigest()}"
    partnership = caches["pages"].get(key)
    if partnership is None:
        partnership = Partnership.objects.for_host(host)
        if partnership is not None:  # invented host names would fill the memory
            caches["pages"].set(key, partnership, settings.RUSH_SECONDS)
    return partnership


def _which(request: HttpRequest) -> HttpResponse:
    """Ask which partnership was meant, in the portal's default language, since there is no partnership to set one."""
    everyone = [(one, one.url(f"/{one.language}/")) for one in Partnership.objects.order_by("name")]
    with translation.override(settings.LANGUAGE_CODE):
        return render(request, "places/which.html", {"partnerships": everyone}, status=404)
