"""The page on which staff delete everything about somebody without a mailbox who tells them to."""

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from partnership import clock
from partnership.people import lookups, rules, scopes
from partnership.people.access import LoggedInRequest, staff_required
from partnership.people.actions import erasing
from partnership.people.limits import status_of
from partnership.people.models import LookUp, User
from partnership.people.own.homes import home_of
from partnership.people.staff.erasing import way_to_erase
from partnership.people.staff.forms import EraseForForm
from partnership.people.staff.telling import medium_of
from partnership.web.acting import refusal_on_form
from partnership.web.viewing import fetch


@never_cache
@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase_for(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Ask first how they have said so, and delete everything about them on POST."""
    person, now = fetch(scopes.people_in_view(request.user, request.partnership), pk=pk), clock.now()
    if not rules.may_erase_for(request.user, person):
        return _lead_to_who_may(request, person, now)
    home = home_of(person)
    # For a letter that is printed at once: afterwards nobody here knows them.
    letter, said = {"name": person.name, "address": home.label if home else ""}, medium_of(request, person, now)
    typed = request.POST if request.method == "POST" else None
    form = EraseForForm(typed, may_write=home is not None, initial={"medium": said})
    if form.is_valid():
        with refusal_on_form(form):
            erasing.erase_for(person=person, by=request.user, medium=form.cleaned_data["medium"], now=now)
            if form.cleaned_data.get("letter"):
                return render(request, "people/staff/erased_letter.html", letter)
            messages.success(request, _("Everything about %(name)s is deleted.") % letter)
            return redirect("people:search")
    lookups.record_opened(request, person, otherwise=LookUp.Purpose.CORRECTING, now=now)
    found = erasing.consequences_of(person, now)
    context = {"consequences": found, "is_prevented": any(one.prevents for one in found)}
    return render(
        request, "people/staff/erase_for.html", {"person": person, "form": form, **context}, status=status_of(form)
    )


def _lead_to_who_may(request: LoggedInRequest, person: User, now: dt.datetime) -> HttpResponse:
    """Say who deletes them and why the reader does not, or lead to where the reader does."""
    way = way_to_erase(request.user, person, request.partnership, now)
    if way.sentences:
        messages.error(request, way.sentences)
    return redirect(way.url) if way.url else redirect("people:person", pk=person.pk)
