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
from neighbours.models import Helper
from neighbours.views.today import change_today
from partnership import clock
from partnership.people.access import LoggedInRequest, is_by_own_code
from partnership.people.actions.details import postal_address_of
from partnership.people.limits import is_valid_within_limit, status_of
from partnership.people.own.by_code import said_of_new_home
from partnership.web.acting import refusal_on_form, say_outcome


@require_POST
def tick(request: LoggedInRequest, thing: str) -> HttpResponse:
    """On POST by a helper, note that they have done one of the three things today, and go to their own page."""
    done, before = _("Well done. It is ticked for today."), _("It was ticked for today already.")
    change_today(request, request.user, thing, ticking.tick, done=done, not_needed=before)
    return redirect("people:me")


@require_POST
def take_back(request: LoggedInRequest, thing: str) -> HttpResponse:
    """On POST by a helper, take back what was noted today, and go to their own page."""
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
    if is_valid_within_limit(request, form, "neighbours.own_address"):
        with refusal_on_form(form, "address"):
            door, now, by_code = form.cleaned_data["door"], clock.now(), is_by_own_code(request)
            if correct_own_address(helper=helper, address=door, by=request.user, is_by_code=by_code, now=now):
                said = _("The address is saved.")
                messages.success(request, f"{said} {said_of_new_home(request, now)}".strip())
            else:
                messages.info(request, _("Nothing is changed."))
            return redirect("people:me")
    return render(request, "neighbours/address.html", {"form": form}, status=status_of(form))


def name(request: LoggedInRequest) -> HttpResponse:
    """Lead on to the page that has taken this one's place."""
    return redirect("people:details")


def _who_sees_them(helper: Helper, yes: bool) -> str:
    if not yes:
        return _("Only coordinators and administrators see you.")
    if not scopes.has_naboven(helper):
        return _("If your area gets a local contact person, they may see you.")
    return _("The local contact person of your area may see you.")


@require_POST
def shown(request: LoggedInRequest) -> HttpResponse:
    """Store whether the Naboven may see the helper, and go back to the own page."""
    helper, yes = scopes.own_helper(request.user, request.partnership), request.POST.get("shown") == "yes"
    if helper is not None:
        with say_outcome(request, _who_sees_them(helper, yes)):
            set_shown_to_naboven(helper=helper, yes=yes, by=request.user, now=clock.now())
    return redirect("people:me")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: LoggedInRequest) -> HttpResponse:
    """Ask whether the helper wants to stop; on POST end it, which deletes their address, and go to their own page."""
    helper = scopes.own_helper(request.user, request.partnership)
    if helper is None:
        return redirect("people:me")
    if request.method == "POST":
        leaving.leave(helper=helper, by=request.user, now=clock.now())
        messages.success(request, _("You are no longer a neighbour helper. Thank you for having been with us."))
        return redirect("people:me")
    context = {"keeps_address": postal_address_of(request.user) is not None}
    return render(request, "neighbours/leave.html", context)
