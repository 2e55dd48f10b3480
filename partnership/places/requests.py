"""The request under a partnership's host name, as types that a view or a piece of middleware can rely on."""

from typing import cast

from django.http import HttpRequest

from partnership.places.models import Partnership


class PortalRequest(HttpRequest):
    """A request under one partnership's host name."""

    partnership: Partnership


class AnyHostRequest(HttpRequest):
    """A request whose host name may be no partnership's: health checks, and the demonstration's list of portals."""

    partnership: Partnership | None


def partnership_of(request: HttpRequest) -> Partnership:
    """Return the partnership that a request is for, where Django's own classes type it as an `HttpRequest`."""
    return cast(PortalRequest, request).partnership
