"""The pages on which staff write down a caller whom they do not find, and correct what is known of a person."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from partnership import clock
from partnership.people import lookups, rules, scopes
from partnership.people.access import LoggedInRequest, staff_required
from partnership.people.actions import details
from partnership.people.limits import is_valid_within_limit, refuse_full_mailboxes, status_of
from partnership.people.models import LookUp, PersonStep, User
from partnership.people.own.held_back import said_of_corrected_mailbox
from partnership.people.staff.details import page_in_room
from partnership.people.staff.details_forms import CorrectDetailsForm, DetailsForm, WriteDownForm
from partnership.people.staff.ended import say_what_ended
from partnership.people.staff.telling import MEDIA, medium_of
from partnership.web.acting import refusal_on_form
from partnership.web.viewing import fetch
from written.mailboxes import canonical


@never_cache
@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def write_down(request: LoggedInRequest) -> HttpResponse:
    """Write down somebody who calls and is not found; then their page opens, with what to do for a caller."""
    here, now = request.partnership, clock.now()
    form = WriteDownForm(request.POST or None, partnership=here, initial={"medium": "phone"})
    if is_valid_within_limit(request, form, "people.details"):
        with refusal_on_form(form):
            typed = form.cleaned_data
            refuse_full_mailboxes(request, typed["email"], submission=typed["submission"])
            said = {name: typed[name] for name in ("language", "is_protected", "medium", "submission", "is_another")}
            person = details.write_down(here=here, details=form.details(), by=request.user, now=now, **said)
            purposes = {medium: purpose for purpose, medium in MEDIA.items()}
            lookups.remember(request, [person], purposes[typed["medium"]], now)
            messages.success(request, _("%(name)s is written down.") % {"name": person.name})
            return redirect("people:person", pk=person.pk)
        form.ask_whether_another()
        _lead_to_known(request, form)
    return render(request, "people/staff/write_down.html", {"form": form}, status=status_of(form))


@never_cache
@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Correct the name, the telephone, the email and the postal address of somebody who tells staff."""
    here, now = request.partnership, clock.now()
    person = fetch(scopes.people_in_view(request.user, here).select_related("partnership"), pk=pk)
    if not rules.may_correct(request.user, person):
        messages.error(request, _("Only the administrators can correct somebody who has a role here."))
        return redirect("people:person", pk=pk)
    if page := page_in_room(person):
        return redirect(page)
    known: dict[str, Any] = {
        "person": person,
        "home": details.postal_address_of(person),
        "medium": medium_of(request, person, now),
        "may_email": rules.may_correct_mailbox(request.user, person),
    }
    form = CorrectDetailsForm(request.POST or None, partnership=here, **known)
    if request.method == "POST":
        lookups.go_on(request, person, LookUp.Purpose.CORRECTING, now)
    if is_valid_within_limit(request, form, "people.details"):
        with refusal_on_form(form):
            _say_corrected(request, person, _corrected(request, person, form, now), now)
            return redirect("people:person", pk=pk)
        _lead_to_known(request, form)
    lookups.record_opened(request, person, otherwise=LookUp.Purpose.CORRECTING, now=now)
    return render(request, "people/staff/correct.html", {"person": person, "form": form}, status=status_of(form))


def _corrected(request: LoggedInRequest, person: User, form: CorrectDetailsForm, now: dt.datetime) -> list[str]:
    typed = form.cleaned_data
    if canonical(typed["email"]) != (person.email or ""):
        # Both hear of it.
        refuse_full_mailboxes(request, person.email, typed["email"], submission=typed["submission"])
    said = {"medium": typed["medium"], "submission": typed["submission"]}
    return details.correct(person=person, details=form.details(), by=request.user, now=now, **said)


def _say_corrected(request: LoggedInRequest, person: User, changed: list[str], now: dt.datetime) -> None:
    what = ", ".join(str(label) for name, label in PersonStep.DETAILS.items() if name in changed)
    if what:
        messages.success(request, _("Corrected: %(what)s.") % {"what": what})
        person.refresh_from_db()
        if "email" in changed and (said := said_of_corrected_mailbox(person, now)):
            messages.info(request, said)
        say_what_ended(request, person, now)
    else:
        messages.info(request, _("Nothing is changed."))


def _lead_to_known(request: LoggedInRequest, form: DetailsForm) -> None:
    """Say in a refused form who has the mailbox, or may be the person, with links to them."""
    if not form.non_field_errors():
        return
    lookups.record_met_elsewhere(request, form, clock.now())
    known = scopes.known_by(request.user, request.partnership, form.cleaned_data)
    if known:
        lookups.record_shown(
            request, known, otherwise=LookUp.Purpose.OTHER, seen_on=LookUp.SeenOn.SEARCH, now=clock.now()
        )
    for one in known:
        page = reverse("people:person", args=[one.pk])
        form.add_error(None, format_html('<a href="{}">{}</a>', page, one.name))
