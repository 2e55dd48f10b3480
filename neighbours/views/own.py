"""A helper's own pages."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from neighbours import scopes
from neighbours.actions import leaving, ticking
from neighbours.actions.correcting import correct_own_address
from neighbours.actions.showing import set_shown_to_naboven
from neighbours.forms.own import OwnAddressForm
from neighbours.views.today import change_today
from partnership import clock
from partnership.people.access import LoggedInRequest
from partnership.web.acting import refusal_on_form, say_outcome


@require_POST
def tick(request: LoggedInRequest, thing: str) -> HttpResponse:
    done, before = _("Well done. It is ticked for today."), _("It was ticked for today already.")
    change_today(request, request.user, thing, ticking.tick, done=done, not_needed=before)
    return redirect("people:me")


@require_POST
def take_back(request: LoggedInRequest, thing: str) -> HttpResponse:
    done, before = _("It is no longer ticked for today."), _("It was not ticked.")
    change_today(request, request.user, thing, ticking.take_back, done=done, not_needed=before)
    return redirect("people:me")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: LoggedInRequest) -> HttpResponse:
    """Ask where the helper lives now, and store it."""
    helper = scopes.own_helper(request.user, request.partnership)
    if helper is None or not helper.is_confirmed:
        return redirect("people:me")
    form = OwnAddressForm(request.POST if request.method == "POST" else None, helper=helper)
    if form.is_valid():
        with refusal_on_form(form, "address"):
            door = form.cleaned_data["door"]
            if correct_own_address(helper=helper, address=door, by=request.user, now=clock.now()):
                messages.success(request, _("The address is saved."))
            else:
                messages.info(request, _("Nothing is changed."))
            return redirect("people:me")
    return render(request, "neighbours/address.html", {"form": form}, status=400 if form.errors else 200)


def name(request: LoggedInRequest) -> HttpResponse:
    """Lead on to the page that has taken this one's place."""
    return redirect("people:details")


@require_POST
def shown(request: LoggedInRequest) -> HttpResponse:
    """Store whether the Naboven may see the helper, and go back to the own page."""
    helper, yes = scopes.own_helper(request.user, request.partnership), request.POST.get("shown") == "yes"
    if helper is not None:
        done = (
            _("The local contact person of your area may see you.")
            if yes
            else _("The local contact person of your area does not see you.")
        )
        with say_outcome(request, done):
            set_shown_to_naboven(helper=helper, yes=yes, by=request.user, now=clock.now())
    return redirect("people:me")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: LoggedInRequest) -> HttpResponse:
    helper = scopes.own_helper(request.user, request.partnership)
    if helper is None:
        return redirect("people:me")
    if request.method == "POST":
        leaving.leave(helper=helper, by=request.user, now=clock.now())
        messages.success(request, _("You are no longer a neighbour helper. Thank you for having been with us."))
        return redirect("people:me")
    return render(request, "neighbours/leave.html")
