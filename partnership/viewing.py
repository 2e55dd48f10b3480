"""How a view finds out who is looking, and gets at one thing that she may see."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from partnership.people.models import User
from partnership.places.models import Partnership

Row = TypeVar("Row", bound=Model)
View = Callable[..., HttpResponse]


class PortalRequest(HttpRequest):
    """A request under one partnership's host name."""

    partnership: Partnership


class SignedInRequest(PortalRequest):
    """One whose reader is known."""

    user: User


def holds(user: User, partnership: Partnership, *kinds: str) -> bool:
    """Say whether `user` holds one of these roles in `partnership`."""
    return user.is_authenticated and user.roles.filter(partnership=partnership, kind__in=kinds).exists()


def role_required(*kinds: str) -> Callable[[View], View]:
    """Let only those in who hold one of these roles here; the signed-out are sent to log in, others get 403."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not holds(request.user, request.partnership, *kinds):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard


def fetch(scope: QuerySet[Row], **lookup: Any) -> Row:
    """Return the one row of the viewer's scope that matches. What is not hers is not there: 404 for both."""
    try:
        return scope.get(**lookup)
    except scope.model.DoesNotExist as missing:
        raise Http404 from missing
