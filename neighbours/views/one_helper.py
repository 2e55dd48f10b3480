"""One helper's page for coordinators and administrators, and what they do there for somebody who calls or writes."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from neighbours import rules, scopes
from neighbours.actions import ticking
from neighbours.first_things import FIRST_THINGS
from neighbours.models import Helper
from neighbours.views.today import change_today
from partnership.people.access import LoggedInRequest, staff_required
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
        "may_erase": rules.may_erase_for(request.user, row),
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
