"""How long somebody stays logged in, what a second factor and a code on paper open, and who may keep an answer."""

from collections.abc import Callable
from typing import cast
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from entrance.devices import device_of
from entrance.own_codes.own_data_only import is_closed_by_code, user_of
from entrance.rules import has_fresh_code, has_second_factor, has_used_second_factor, must_be_invited
from entrance.sessions import SessionStore
from partnership import clock
from partnership.people.access import is_by_own_code
from partnership.people.models import User
from partnership.people.rules import needs_second_factor
from partnership.web.link_help import has_token
from partnership.web.viewing import NOT_KEPT

Handler = Callable[[HttpRequest], HttpResponse]
# In the session: the page that somebody without a second factor asked for, until they open a page with one.
WANTED = "wanted"
# The pages of allauth that add a factor.
ADDS_FACTOR = ("/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/")


class NotKeptMiddleware:
    """No cache and no browser keeps an answer to somebody who is logged in, or to a link with a token: the Back button
    shows nothing of it after logging out. Reads no session, so that public pages stay the same for all.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_logged_in = settings.SESSION_COOKIE_NAME in {*request.COOKIES, *response.cookies}
        if is_logged_in or _has_token(request):
            response.headers["Cache-Control"] = NOT_KEPT
        return response


def _has_token(request: HttpRequest) -> bool:
    """Return whether the address holds a token: in its path, whose route may be misspelt, or in its query."""
    match = getattr(request, "resolver_match", None)
    return bool(match and "token" in match.kwargs) or has_token(request)


class DeviceSessionMiddleware(SessionMiddleware):
    """Django's, with the browser's name for the list of log-ins on the own page."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        cast(SessionStore, request.session).device = device_of(request.headers.get("User-Agent", ""))


class LogInMiddleware:
    """Log staff out after half an hour without use, and after ten hours in all; note when a session was used."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        logged_in = request.user

        def user_now() -> User | AnonymousUser:
            if not logged_in.is_authenticated:
                return logged_in
            session, now = cast(SessionStore, request.session), clock.now()
            if session.is_over_for_staff(now) and needs_second_factor(logged_in):
                session.flush()
                messages.info(request, _("For safety you have been logged out. Log in, and carry on where you were."))
                return AnonymousUser()
            session.record_use(now)
            return user_of(request, logged_in)

        # Lazy, so that a page that does not use the user reads no session and can be cached.
        request.user = cast(User, SimpleLazyObject(user_now))
        return self.get_response(request)


class ClosedByDefaultMiddleware(LoginRequiredMiddleware):
    """Like Django's middleware, but public pages do not read the user, which would make them vary on cookies, and
    logging in leads back to the page with the form and not to where it was sent.
    """

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponseBase | None:
        if not getattr(view, "login_required", True):
            return None
        return super().process_view(request, view, args, kwargs)

    def handle_no_permission(self, request: HttpRequest, view: Callable) -> HttpResponseRedirect:
        if is_closed_by_code(request):
            if request.path != reverse("people:me"):
                said = _("With a code by letter or text message you see only your own data. Call us about the rest.")
                messages.info(request, said)
            return HttpResponseRedirect(reverse("people:data"))
        if request.COOKIES.get(settings.SESSION_COOKIE_NAME) and not request.session.session_key:
            ended = _(
                "You have been logged out here: your email address or your role was changed, you logged out "
                "everywhere, or you have not been here for long. Log in, and carry on where you were."
            )
            messages.info(request, ended)
        return redirect_to_login(way_back(request), self.get_login_url(view), self.get_redirect_field_name(view))


class SecondFactorMiddleware:
    """People who can see others' data must have used a second factor in this session."""

    FACTORS = "/accounts/2fa/"
    OPEN = ("/accounts/", settings.STATIC_URL, "/dev/", "/healthz", "/readyz")

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        if request.path.startswith(self.FACTORS):
            return self._back_with_code(request) or self._to_invitation(request) or self._to_fresh_code(request)
        if request.path.startswith(self.OPEN) or not getattr(view, "login_required", True):
            return None
        if not request.user.is_authenticated or not needs_second_factor(request.user):
            return None
        if has_used_second_factor(request):
            request.session.pop(WANTED, None)
            return None
        if has_second_factor(request.user):
            return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': way_back(request)})}")
        request.session[WANTED] = way_back(request)
        return self._to_invitation(request) or HttpResponseRedirect(reverse("mfa_index"))

    def _back_with_code(self, request: HttpRequest) -> HttpResponse | None:
        """Lead somebody who came by a code on paper or by text message back to their own page."""
        if not request.user.is_authenticated or not is_by_own_code(request):
            return None
        messages.info(request, _("A passkey or an app is for those who log in with a code by email."))
        return HttpResponseRedirect(reverse("people:me"))

    def _to_invitation(self, request: HttpRequest) -> HttpResponse | None:
        """Lead staff without a second factor to the page that asks for their invitation."""
        invitation = reverse("second_factor_invitation")
        if request.path == invitation or not request.user.is_authenticated or not must_be_invited(request):
            return None
        return HttpResponseRedirect(invitation)

    def _to_fresh_code(self, request: HttpRequest) -> HttpResponse | None:
        """Lead somebody who adds a first factor through a new log-in: whoever finds a browser open would lock its owner
        out. Who has a factor is asked for that by allauth, and staff for their invitation.
        """
        user = request.user
        if request.path not in ADDS_FACTOR or not user.is_authenticated:
            return None
        if needs_second_factor(user) or has_second_factor(user) or has_fresh_code(request, clock.now()):
            return None
        if request.headers.get("Sec-Fetch-Site") == "cross-site":
            # A link on another site logs nobody out: the page that it leads to instead has the button.
            return HttpResponseRedirect(reverse("mfa_index"))
        logout(request)
        messages.info(
            request, _("Log in with a new code first. Then we know that it is you who adds an app or a passkey.")
        )
        return redirect_to_login(way_back(request))


def way_back(request: HttpRequest) -> str:
    """Return where to go on after logging in: this page, or the one with the form that was sent here."""
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure())
    if request.method in ("GET", "HEAD") or not is_ours:
        return request.get_full_path()
    page = urlsplit(came_from)
    return f"{page.path}?{page.query}" if page.query else page.path
