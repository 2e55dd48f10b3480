"""The logged-in request, and checks of the reader's roles for views and menus."""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from partnership.people.models import Role, User
from partnership.places.models import Partnership
from partnership.web.viewing import PortalRequest, View

# In the session: that a code by text message or by letter began it.
BY_OWN_CODE = "by_own_code"


class LoggedInRequest(PortalRequest):
    """A request whose user is logged in."""

    user: User


def is_by_own_code(request: HttpRequest) -> bool:
    """Return whether a code by text message or by letter has begun this session. What is changed in it of where its
    reader is reached waits, and is told at home (`actions.own_settings.tell_of_own_change`).
    """
    return BY_OWN_CODE in request.session


def has_role(user: User, partnership: Partnership, *kinds: str) -> bool:
    """Return whether `user` holds one of these roles in `partnership`."""
    return user.is_active and user.roles.filter(partnership=partnership, kind__in=kinds).exists()


def may_administer(user: User, partnership: Partnership) -> bool:
    """Return whether the administration is open to `user` under this partnership's host name."""
    return (user.is_active and user.is_superuser) or has_role(user, partnership, Role.Kind.ADMINISTRATOR)


@cache
def role_sees(*kinds: str) -> Callable[[LoggedInRequest], bool]:
    """Return a function that tells whether the reader holds one of these roles here, for a menu entry's `seen_by`."""

    def sees(request: LoggedInRequest) -> bool:
        return has_role(request.user, request.partnership, *kinds)

    return sees


def role_required(*kinds: str) -> Callable[[View], View]:
    """Let only those in who hold one of these roles here; the logged-out are sent to log in, others get 403."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: LoggedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not has_role(request.user, request.partnership, *kinds):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard


# Only for those who look after a partnership's people, talks and messages.
staff_required = role_required(*Role.STAFF)
