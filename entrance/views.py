"""Asking for a code, a person's own log-ins, and their invitation to make a second factor."""

import datetime as dt
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

from allauth.account import views as account_views
from allauth.account.utils import passthrough_next_redirect_url
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.totp.views import DeactivateTOTPView
from allauth.mfa.webauthn.views import LoginWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entrance.actions.ending import end
from entrance.actions.inviting import redeem
from entrance.allauth_internals import (
    clear_login,
    is_past_showing_factor,
    is_waiting_for_code,
    is_waiting_for_nobody,
    waited_for_code,
)
from entrance.codes import CodeForm
from entrance.forms import InvitationForm
from entrance.passkeys.forms import LogInByPasskeyForm
from entrance.rules import INVITED, is_last_factor_of_staff, kinds_of_factors, must_be_invited
from entrance.scopes import own_log_ins, read_somebody
from partnership import clock
from partnership.people.access import LoggedInRequest
from partnership.people.limits import is_within_rate
from partnership.people.models import User
from partnership.people.rules import needs_second_factor
from partnership.web.acting import refusal_on_form
from partnership.web.timing import in_equal_time
from partnership.web.viewing import PortalRequest, View, public_page

NEXT_CODE_AFTER = dt.timedelta(seconds=30)


def as_if_known(view: View) -> View:
    """Let a page do the same for a log-in that waits for somebody's code and for nobody's, so that nobody is told:
    it reads a person, and a form that is sent takes a fixed time. One IP address gets so many of these pages.
    """

    @wraps(view)
    def page(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_waiting_for_code(request) and not is_within_rate("waiting_log_in", request):
            return render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
        return timed(request, *args, **kwargs)

    @in_equal_time(when=is_waiting_for_code)
    def timed(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_waiting_for_nobody(request):
            read_somebody()
        return view(request, *args, **kwargs)

    return page


log_in = as_if_known(require_safe(account_views.LoginView.as_view(extra_context={"code_form": CodeForm})))
type_code = as_if_known(account_views.confirm_login_code)


@as_if_known
@login_not_required
def ask_for_code(request: HttpRequest) -> HttpResponse:
    """Show allauth's page that asks for a mailbox. A link in an email (`own`) ends a log-in that waits for its code,
    since allauth would show that page instead. `again` sends a new code, under the same limits as the first.
    """
    # On GET, since a link in an email can do no other. Whoever is led here by a stranger's link only asks again;
    # somebody logged in would lose their second factor with it.
    if "own" in request.GET and not request.user.is_authenticated:
        clear_login(request)
    if "again" in request.POST and is_waiting_for_code(request) and _is_mailbox(request.POST.get("email", "")):
        if waited_for_code(request, clock.now()) < NEXT_CODE_AFTER:
            messages.info(request, _("You asked for the code less than half a minute ago. Give it a little longer."))
            return redirect(passthrough_next_redirect_url(request, reverse("account_confirm_login_code"), "next"))
        clear_login(request)
        new = _("If the address is known to us, a new code is on its way. The one before cannot be used any more.")
        messages.success(request, new)
    return account_views.request_login_code(request)


class ShowFactor(AuthenticateView):
    """allauth's page that asks for a second factor; it offers only those that the person has."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        has = kinds_of_factors(self.stage.login.user)
        return super().get_context_data(**kwargs) | {"has_app": "totp" in has, "has_passkey": "webauthn" in has}


authenticate = ShowFactor.as_view()


@login_not_required
def show_factor(request: HttpRequest) -> HttpResponse:
    """Show allauth's page that asks for a second factor. If the person's factors have been removed meanwhile, the log-
    in ends: allauth would redirect to and fro.
    """
    page = authenticate(request)
    if is_past_showing_factor(request):
        clear_login(request)
        messages.info(request, _("Your app or passkey has been removed. Log in with a new code."))
    return page


def _is_mailbox(typed: str) -> bool:
    """Return whether the form would take this as a mailbox; otherwise the log-in that waits for its code goes on."""
    try:
        CodeForm().fields["email"].clean(typed)
    except ValidationError:
        return False
    return True


class LogInByPasskey(LoginWebAuthnView):
    """allauth's address for a passkey. A wrong one, or none, leads back to the log-in, which still leads on to the page
    that was wanted.
    """

    def form_invalid(self, form: LogInByPasskeyForm) -> HttpResponse:
        super().form_invalid(form)
        return redirect(passthrough_next_redirect_url(self.request, reverse("account_login"), "next"))


class SecondFactors(IndexView):
    """allauth's page, which also says whether the reader needs a second factor."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        needs = needs_second_factor(cast(User, self.request.user))
        return super().get_context_data(**kwargs) | {"needs_second_factor": needs}


class _SaysIfLast:
    """A page that removes a factor, which says before what it means to staff that it is the last one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = cast(User, self.request.user)  # type: ignore[attr-defined]
        said: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return said | {"is_last_of_staff": is_last_factor_of_staff(person)}


class DisconnectApp(_SaysIfLast, DeactivateTOTPView):
    pass


class RemoveKey(_SaysIfLast, RemoveWebAuthnView):
    pass


@public_page
def logged_out(request: PortalRequest) -> HttpResponse:
    """Where logging out leads: it says so, and is the same for all."""
    return render(request, "entrance/logged_out.html")


@require_POST
def end_log_in(request: LoggedInRequest, number: str) -> HttpResponse:
    """End one of the reader's log-ins; their own browser's too."""
    chosen = [one.row for one in own_log_ins(request, clock.now()) if one.number == number]
    return _ended(request, end(sessions=chosen, of=request.user))


@require_POST
def end_others(request: LoggedInRequest) -> HttpResponse:
    """End all of the reader's log-ins except this browser's."""
    others = [one.row for one in own_log_ins(request, clock.now()) if not one.is_this_one]
    return _ended(request, end(sessions=others, of=request.user))


def _ended(request: LoggedInRequest, number: int) -> HttpResponse:
    if number:
        messages.success(request, _("You are logged out there."))
    else:
        messages.info(request, _("You were logged out there already."))
    return redirect("people:me")


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: LoggedInRequest) -> HttpResponse:
    """Ask staff for the code of their invitation; it opens the pages for a second factor in this session."""
    if not must_be_invited(request):
        return redirect("mfa_index")
    form = InvitationForm(request.POST or None)
    if form.is_valid():
        with refusal_on_form(form, "code"):
            used = redeem(person=request.user, typed=form.cleaned_data["code"], now=clock.now())
            request.session[INVITED] = used.digest
            return redirect("mfa_index")
    return render(request, "entrance/invitation.html", {"form": form}, status=400 if form.errors else 200)
