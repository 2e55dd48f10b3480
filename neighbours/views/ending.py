"""The pages on which staff end a helper's membership, or delete somebody without email who asks for it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from neighbours import rules
from neighbours.actions import leaving
from neighbours.forms.ending import EraseForForm, LeaveForForm
from neighbours.models import Helper
from neighbours.views.one_helper import medium_said, opened_to_act, page_of
from partnership import clock
from partnership.people import lookups
from partnership.people.access import LoggedInRequest, staff_required
from partnership.people.actions.erasing import consequences_of
from partnership.people.limits import status_of
from partnership.people.models import LookUp
from partnership.web.acting import refusal_on_form


@never_cache
@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Ask first how they have said so, and end a helper's membership on POST."""
    row = opened_to_act(request, pk)
    letter, initial = _letter(row), {"medium": medium_said(request, row)}
    form = LeaveForForm(request.POST if request.method == "POST" else None, helper=row, initial=initial)
    if form.is_valid():
        leaving.leave(helper=row, by=request.user, medium=form.cleaned_data["medium"], now=clock.now())
        if form.cleaned_data.get("letter"):
            return render(request, "neighbours/goodbye.html", {**letter, "helper": row})
        said = _("%(name)s is no longer a neighbour helper. We have deleted the address.")
        messages.success(request, said % letter)
    elif row.state != Helper.State.LEFT:
        lookups.record_opened(request, row.person, otherwise=LookUp.Purpose.CORRECTING, now=clock.now())
        context = {"helper": row, "form": form}
        return render(request, "neighbours/leave_for.html", context, status=status_of(form))
    return redirect(page_of(row))


@never_cache
@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Ask first how they have said so, and delete everything about them on POST."""
    row = opened_to_act(request, pk)
    if not rules.may_erase_for(request.user, row):
        messages.error(request, _("Whoever has a role here, or has or had an email address, is deleted by themselves "
                                  "or by the administrators."))  # fmt: skip
        return redirect(page_of(row))
    letter, initial = _letter(row), {"medium": medium_said(request, row)}
    form = EraseForForm(request.POST if request.method == "POST" else None, helper=row, initial=initial)
    if form.is_valid():
        with refusal_on_form(form):
            leaving.erase_for(helper=row, by=request.user, medium=form.cleaned_data["medium"], now=clock.now())
            if form.cleaned_data.get("letter"):
                return render(request, "neighbours/goodbye.html", {**letter, "is_erased": True})
            messages.success(request, _("Everything about %(name)s is deleted.") % letter)
            return redirect("neighbours:helpers")
    lookups.record_opened(request, row.person, otherwise=LookUp.Purpose.CORRECTING, now=clock.now())
    found = consequences_of(row.person, clock.now())
    context = {
        "helper": row,
        "form": form,
        "consequences": found,
        "is_prevented": any(one.prevents for one in found),
    }
    return render(request, "neighbours/erase_for.html", context, status=status_of(form))


def _letter(row: Helper) -> dict[str, str]:
    """Return name and address for a letter that is printed at once: afterwards nobody here knows them."""
    home = row.household.address if row.household else None
    return {"name": row.person.name, "address": home.label if home else ""}
