"""The page on which staff end a helper's membership."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from neighbours.actions import leaving
from neighbours.forms.ending import LeaveForForm
from neighbours.models import Helper
from neighbours.views.one_helper import medium_said, opened_to_act, page_of
from partnership import clock
from partnership.people import lookups
from partnership.people.access import LoggedInRequest, staff_required
from partnership.people.actions.details import postal_address_of
from partnership.people.actions.moves import reach_of
from partnership.people.limits import status_of
from partnership.people.models import LookUp, User
from partnership.people.staff.ended import say_what_ended


def said_ended(person: User) -> str:
    """Return what staff read when they have ended a membership: a helper may be known for something else too."""
    said = _("%(name)s is no longer a neighbour helper. We have deleted the address.")
    if postal_address_of(person):
        said = _("%(name)s is no longer a neighbour helper. We keep the address for letters about other things.")
    return said % {"name": person.name}


@never_cache
@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Ask first how they have said so, and end a helper's membership on POST."""
    row = opened_to_act(request, pk)
    initial = {"medium": medium_said(request, row)}
    form = LeaveForForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        now = clock.now()
        has_letter = leaving.leave(helper=row, by=request.user, medium=form.cleaned_data["medium"], now=now)
        say_what_ended(request, row.person, now)
        said = said_ended(row.person)
        in_writing = _("In a moment a letter that says so is among the letters to print.") if has_letter else ""
        messages.success(request, f"{said} {in_writing}".strip())
    elif row.state != Helper.State.LEFT:
        now = clock.now()
        lookups.record_opened(request, row.person, otherwise=LookUp.Purpose.CORRECTING, now=now)
        context = {
            "helper": row,
            "form": form,
            "keeps_address": postal_address_of(row.person) is not None,
            "has_letter": leaving.home_to_tell(row, reach_of(row.person, now), request.user) is not None,
        }
        return render(request, "neighbours/leave_for.html", context, status=status_of(form))
    return redirect(page_of(row))
