"""Changing one's email address, and reaching one's data without an account."""

import datetime as dt

from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from entrance.middleware import way_back
from entrance.own_codes import changing_email, finding, waiting
from entrance.own_codes.forms import ByLetterForm, ByTextForm, NewEmailForm, OwnCodeForm, PrintedCodeForm
from entrance.own_codes.own_data_only import is_limited
from entrance.rules import has_just_come_in, has_more_than_a_code
from partnership import clock
from partnership.fields.phone import e164
from partnership.outbox.post import reached_now, texts_are_on, until_then
from partnership.paper.printed_codes import LASTS
from partnership.people.access import BY_OWN_CODE, LoggedInRequest, is_by_own_code
from partnership.people.limits import is_valid_within_limit, may_write_to, status_of
from partnership.people.models import User
from partnership.people.own.held_back import said_to_reader
from partnership.web.acting import refusal_on_form
from partnership.web.timing import in_equal_time
from partnership.web.viewing import PortalRequest, public_page

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# Perhaps at a library, where the next reader must not find the page open.
LET_IN_FOR = dt.timedelta(hours=1)
EMAIL, TEXT = "new_email", "by_text"
METHODS = ("GET", "HEAD", "POST")


def _is_post(request: HttpRequest) -> bool:
    return request.method == "POST"


@never_cache
@in_equal_time
@require_http_methods(METHODS)
def new_email(request: LoggedInRequest) -> HttpResponse:
    """Ask for a new address, and send a code there. Who finds a browser open must not lock its owner out."""
    by_code = is_by_own_code(request)
    if by_code and has_more_than_a_code(request.user):
        messages.info(request, changing_email.log_in_first(request.user))
        return redirect("people:me")
    if not has_just_come_in(request, clock.now()):
        return _to_log_in(request)
    form = NewEmailForm(request.POST or None)
    if is_valid_within_limit(request, form, "entrance.new_email"):
        to, now = form.cleaned_data["email"], clock.now()
        with refusal_on_form(form, "email"):
            may_write = may_write_to(request, to, form="entrance.new_email")
            code = changing_email.send_code(
                person=request.user, to=to, here=request.partnership, may_write=may_write, now=now
            )
            waiting.begin(request, use=EMAIL, about=to, code=code, now=now)
            return redirect("entrance:new_email_code")
    context = {"form": form, "by_code": by_code}
    return render(request, "entrance/own_codes/new_email.html", context, status=status_of(form))


@never_cache
@in_equal_time(when=_is_post)
@require_http_methods(METHODS)
def new_email_code(request: LoggedInRequest) -> HttpResponse:
    """Ask for the code that was sent to the new address, and use the address from then on."""
    if not waiting.is_waiting(request, EMAIL):
        return redirect("entrance:new_email")
    form, to = OwnCodeForm(request.POST or None), waiting.about(request)
    if form.is_valid():
        with refusal_on_form(form, "code"):
            now = clock.now()
            to = waiting.take(request, use=EMAIL, typed=form.cleaned_data["code"], now=now)
            changing_email.change(person=request.user, to=to, is_by_code=is_by_own_code(request), now=now)
            request.session.cycle_key()  # the row of this log-in has ended with the others
            messages.success(request, _said_of_new_mailbox(request.user))
            return redirect("people:me")
    return render(request, "entrance/own_codes/new_email_code.html", {"form": form, "to": to}, status=status_of(form))


def _said_of_new_mailbox(person: User) -> str:
    """Return what the new address is for: who has chosen text messages or letters is not written to there; and from
    when, if it waits.
    """
    if person.mailbox_opens_at:
        noted = _("%(email)s is noted.") % {"email": person.email}
        return f"{noted} {said_to_reader(person)} {until_then(person)}"
    said = _("From now on you log in with %(email)s. You are logged out everywhere else.") % {"email": person.email}
    ways: dict[str | None, str] = {
        User.Channel.MAIL: _("We write to you there."),
        User.Channel.SMS: _("We write to you by text message, as you chose."),
        User.Channel.LETTER: _("We write to you by letter, as you chose."),
    }
    return f"{said} {ways.get(reached_now(person).channel, '')}".strip()


def _to_log_in(request: LoggedInRequest) -> HttpResponse:
    if is_by_own_code(request):
        said = _(
            "For safety an email address can be written only in the first ten minutes after the code. Call %(name)s on "
            "%(phone)s, and we write it down for you."
        )
        messages.info(request, said % request.partnership.call_us)
        return redirect("people:me")
    has_mailbox = request.user.has_open_mailbox
    logout(request)
    messages.info(request, _("Log in with a new code first. Then we know that it is you who changes the address."))
    return redirect_to_login(way_back(request)) if has_mailbox else redirect("entrance:without_account")


@public_page
def without_account(request: PortalRequest) -> HttpResponse:
    """Say how everybody sees what we know about them, with an email address or without."""
    return render(request, "entrance/own_codes/without_account.html", {"texts_are_on": texts_are_on()})


@login_not_required
@never_cache
@in_equal_time
@require_http_methods(METHODS)
def by_text(request: PortalRequest) -> HttpResponse:
    """Ask for name and number, and text a code there if somebody has that number; the answer is always the same."""
    if not texts_are_on():
        raise Http404
    form = ByTextForm(request.POST or None, partnership=request.partnership)
    if is_valid_within_limit(request, form, "entrance.by_text"):
        now, typed = clock.now(), form.cleaned_data
        person = finding.with_number(request.partnership, typed["phone"], typed["name"], now)
        may_write = may_write_to(request, e164(typed["phone"], request.partnership.country), form="entrance.by_text")
        code = finding.send_text(person=person, may_write=may_write, now=now)
        waiting.begin(request, use=TEXT, about=person.pk if person and code else None, code=code, now=now)
        return redirect("entrance:text_code")
    return render(request, "entrance/own_codes/by_text.html", {"form": form}, status=status_of(form))


@login_not_required
@never_cache
@in_equal_time(when=_is_post)
@require_http_methods(METHODS)
def text_code(request: PortalRequest) -> HttpResponse:
    """Ask for the code of the text message, and let its owner in."""
    if not waiting.is_waiting(request, TEXT):
        return redirect("entrance:by_text")
    form = OwnCodeForm(request.POST or None)
    if form.is_valid():
        with refusal_on_form(form, "code"):
            pk = waiting.take(request, use=TEXT, typed=form.cleaned_data["code"], now=clock.now())
            return _let_in(request, finding.still_there(pk))
    return render(request, "entrance/own_codes/text_code.html", {"form": form}, status=status_of(form))


@login_not_required
@never_cache
@in_equal_time
@require_http_methods(METHODS)
def by_letter(request: PortalRequest) -> HttpResponse:
    """Ask for name and address, and have a letter printed if we know somebody there; the answer is always the same."""
    form = ByLetterForm(request.POST or None, partnership=request.partnership)
    if is_valid_within_limit(request, form, "entrance.by_letter"):
        now, typed = clock.now(), form.cleaned_data
        person = finding.at_home(request.partnership, typed["found"], typed["name"], now)
        finding.ask_for_letter(person=person, here=request.partnership, now=now)
        return redirect("entrance:letter_asked")
    return render(request, "entrance/own_codes/by_letter.html", {"form": form}, status=status_of(form))


@public_page
def letter_asked(request: PortalRequest) -> HttpResponse:
    """The receipt of `by_letter`, for any visitor: the same whether or not we know anybody there."""
    return render(request, "entrance/own_codes/letter_asked.html", {"lasts_days": LASTS.days})


@login_not_required
@never_cache
@in_equal_time
@require_http_methods(METHODS)
def printed_code(request: PortalRequest) -> HttpResponse:
    """Ask for the code of a letter, and let its owner in."""
    form = PrintedCodeForm(request.POST or None)
    if is_valid_within_limit(request, form, "entrance.printed_code"):
        with refusal_on_form(form, "code"):
            owner = finding.owner_of(typed=form.cleaned_data["code"], here=request.partnership, now=clock.now())
            return _let_in(request, owner)
    return render(request, "entrance/own_codes/printed_code.html", {"form": form}, status=status_of(form))


def _let_in(request: PortalRequest, person: User) -> HttpResponse:
    """Log somebody in for an hour, who sees only their own data."""
    login(request, person, backend=BACKEND)
    request.session.set_expiry(LET_IN_FOR)
    request.session[BY_OWN_CODE] = True
    if is_limited(request):
        messages.success(request, _("Here is what we know about you, for one hour. Log out when you are finished."))
        return redirect("people:data")
    messages.success(request, _("Here is your own page, for one hour. Log out when you are finished."))
    return redirect("people:me")
