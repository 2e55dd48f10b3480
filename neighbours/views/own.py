"""The public pages about helpers, and a helper's own pages."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from neighbours import scopes
from neighbours.actions import joining, leaving, ticking
from neighbours.actions.spelling import correct_name
from neighbours.consent_words import consent_text
from neighbours.first_things import FIRST_THINGS
from neighbours.forms import OwnNameForm
from neighbours.links import LASTS, read_token
from neighbours.views.today import change_today
from partnership import clock
from partnership.fields.printed_numbers import grouped
from partnership.people.access import LoggedInRequest
from partnership.people.rules import needs_second_factor
from partnership.places.address_lookup import streets_beginning
from partnership.web.acting import refusal_on_page, say_outcome
from partnership.web.viewing import PortalRequest, public_page
from written.cleaning import cleaned

LOGIN_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@public_page
def overview(request: PortalRequest) -> HttpResponse:
    here = request.partnership
    active = scopes.active_count(here, here.today())
    context = {"things": FIRST_THINGS, "active": grouped(active), "goal": grouped(here.helpers_goal)}
    return render(request, "neighbours/overview.html", context)


@public_page
def paper_slip(request: PortalRequest) -> HttpResponse:
    return render(request, "neighbours/paper_slip.html", {"consent_text": consent_text(request.partnership)})


@public_page
def streets(request: PortalRequest) -> JsonResponse:
    """Return the names of streets that begin as typed, and nothing about who lives there."""
    start = cleaned(request.GET.get("q", "")[:60]).replace("\x00", "")
    return JsonResponse({"streets": streets_beginning(request.partnership, start)})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: PortalRequest, token: str) -> HttpResponse:
    """Show one button, so that programs that follow links in emails change nothing. Pressing it confirms."""
    link = read_token(token, request.partnership, clock.now())
    if link is None:
        return render(request, "neighbours/link_problem.html", {"problem": "unknown"}, status=404)
    if link.helper.is_confirmed:
        return render(request, "neighbours/link_problem.html", {"problem": "used"})
    if link.is_replaced and link.helper.is_pending:
        return render(request, "neighbours/link_problem.html", {"problem": "replaced", "token": token}, status=410)
    if not link.helper.is_pending:
        return render(request, "neighbours/link_problem.html", {"problem": "left"}, status=410)
    if link.is_expired:
        return render(request, "neighbours/link_problem.html", {"problem": "expired", "token": token}, status=410)
    if request.method == "POST":
        return _confirmed(request, link.helper)
    return render(request, "neighbours/confirm.html", {"helper": link.helper, "token": token})


def _confirmed(request: PortalRequest, helper) -> HttpResponse:
    with refusal_on_page() as refused:
        is_new = joining.confirm(helper=helper, now=clock.now())
    if refused:
        return render(request, "neighbours/link_problem.html", {"problem": "left"}, status=410)
    if not is_new:
        return render(request, "neighbours/link_problem.html", {"problem": "used"})
    if not needs_second_factor(helper.person):
        login(request, helper.person, backend=LOGIN_BACKEND)
    messages.success(request, _("Welcome! You are now a neighbour helper."))
    return redirect("people:me")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_link(request: PortalRequest, token: str) -> HttpResponse:
    """Send a new link on POST to the mailbox that an old one was sent to; GET says what was done."""
    link = read_token(token, request.partnership, clock.now())
    if link is None:
        return render(request, "neighbours/link_problem.html", {"problem": "unknown"}, status=404)
    if not link.helper.is_pending:
        problem, status = ("used", 200) if link.helper.is_confirmed else ("left", 410)
        return render(request, "neighbours/link_problem.html", {"problem": problem}, status=status)
    if request.method == "POST":
        done = "sent" if joining.send_new_link(helper=link.helper, now=clock.now()) else "enough"
        return redirect(f"{request.path}?{done}")
    if not {"sent", "enough"} & set(request.GET):
        return redirect("neighbours:confirm", token)
    return render(request, "neighbours/new_link_sent.html", {"days": LASTS.days, "is_sent": "sent" in request.GET})


@require_POST
def tick(request: LoggedInRequest, thing: str) -> HttpResponse:
    done, before = _("Well done. It is written down for today."), _("It was written down for today already.")
    change_today(request, request.user, thing, ticking.tick, done=done, not_needed=before)
    return redirect("people:me")


@require_POST
def take_back(request: LoggedInRequest, thing: str) -> HttpResponse:
    done, before = _("It is no longer ticked for today."), _("It was not ticked.")
    change_today(request, request.user, thing, ticking.take_back, done=done, not_needed=before)
    return redirect("people:me")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: LoggedInRequest) -> HttpResponse:
    """Ask how the helper's own name is written, and store it."""
    helper = scopes.own_helper(request.user, request.partnership)
    if helper is None:
        return redirect("people:me")
    form = OwnNameForm(request.POST or None, initial={"name": helper.person.name})
    if form.is_valid():
        with say_outcome(request, _("The name is saved.")):
            correct_name(helper=helper, name=form.cleaned_data["name"], by=request.user)
        return redirect("people:me")
    return render(request, "neighbours/name.html", {"form": form}, status=400 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: LoggedInRequest) -> HttpResponse:
    helper = scopes.own_helper(request.user, request.partnership)
    if helper is None:
        return redirect("people:me")
    if request.method == "POST":
        leaving.leave(helper=helper, by=request.user, now=clock.now())
        messages.success(request, _("You are no longer a neighbour helper. Thank you for what you have done."))
        return redirect("people:me")
    return render(request, "neighbours/leave.html")
