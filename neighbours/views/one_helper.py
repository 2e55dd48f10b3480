"""One helper's page for coordinators and administrators, and what they do there for somebody who calls or writes."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from neighbours import rules, scopes
from neighbours.actions import leaving, ticking
from neighbours.first_things import FIRST_THINGS
from neighbours.forms import LeaveForForm
from neighbours.models import Helper
from neighbours.views.today import change_today
from partnership import clock
from partnership.people.access import LoggedInRequest, staff_required
from partnership.people.limits import status_of
from partnership.web.acting import say_outcome
from partnership.web.viewing import fetch


def opened(request: LoggedInRequest, pk: int) -> Helper:
    """Return the helper whose page is opened: the one place where staff open the data of one."""
    helpers = scopes.helpers_in_view(request.user, request.partnership)
    return fetch(helpers.select_related("partnership", "person", "household__address", "household__area"), pk=pk)


@staff_required
@require_safe
def helper(request: LoggedInRequest, pk: int) -> HttpResponse:
    row = opened(request, pk)
    context = {
        "helper": row,
        "things": _things(request, row),
        "steps": scopes.steps_of(row),
        "may_correct": rules.may_correct(request.user, row),
    }
    return render(request, "neighbours/helper.html", context)


def _things(request: LoggedInRequest, row: Helper) -> list[dict]:
    """Return the three first things, each with when it was done last, who noted it, and whether it can be undone."""
    newest = scopes.newest_done(row)
    today = request.partnership.today()
    return [
        {
            "thing": thing,
            "done": (done := newest.get(thing.kind)),
            "may_undo": done is not None and rules.may_take_back(request.user, done, today),
            "is_today": done is not None and done.day == today,
        }
        for thing in FIRST_THINGS
    ]


@staff_required
@require_POST
def tick(request: LoggedInRequest, pk: int, thing: str) -> HttpResponse:
    done, before = _("Noted for today. The helper counts as active."), _("It was noted for today already.")
    change_today(request, opened(request, pk).person, thing, ticking.tick, done=done, not_needed=before)
    return redirect("neighbours:helper", pk=pk)


@staff_required
@require_POST
def take_back(request: LoggedInRequest, pk: int, thing: str) -> HttpResponse:
    done, before = _("It is no longer noted for today."), _("It was not noted.")
    change_today(request, opened(request, pk).person, thing, ticking.take_back, done=done, not_needed=before)
    return redirect("neighbours:helper", pk=pk)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Ask first how they have said so, and end a helper's membership on POST."""
    row = opened(request, pk)
    form = LeaveForForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = _("%(name)s is no longer a neighbour helper. We have deleted the address.")
        with say_outcome(request, said % {"name": row.person.name}):
            leaving.leave(helper=row, by=request.user, told=form.cleaned_data["told"], now=clock.now())
    elif row.state != Helper.State.LEFT:
        context = {"helper": row, "form": form}
        return render(request, "neighbours/leave_for.html", context, status=status_of(form))
    return redirect("neighbours:helper", pk=pk)
