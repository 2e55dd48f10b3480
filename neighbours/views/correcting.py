"""The page on which staff correct what we know of a helper, who has told them."""

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from neighbours import rules, scopes
from neighbours.actions import correcting
from neighbours.forms.correcting import CorrectForm
from neighbours.models import Helper, HelperStep
from neighbours.views.one_helper import medium_said, opened_to_act, page_of
from partnership import clock
from partnership.people import lookups
from partnership.people.access import LoggedInRequest, staff_required
from partnership.people.limits import is_valid_within_limit, refuse_full_mailboxes, status_of
from partnership.people.models import LookUp
from partnership.people.own.held_back import said_of_corrected_mailbox
from partnership.people.staff.ended import say_what_ended
from partnership.web.acting import refusal_on_form
from written.mailboxes import canonical


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Ask staff what is to be corrected of one helper; on POST store it, tell the helper, and go to their page."""
    row = opened_to_act(request, pk)
    if not rules.may_correct(request.user, row):
        messages.error(request, _("Only the administrators can correct somebody who has a role here."))
        return redirect(page_of(row))
    form = CorrectForm(request.POST or None, helper=row, medium=medium_said(request, row))
    made = correcting.corrected_by_form(row, request.user, form["submission"].value()) if form.is_bound else None
    if made:
        # A second press, or Back and again: neither counted nor refused, since it is saved.
        _say_corrected(request, row, list(made.changed or {}), made.at)
        return redirect(page_of(row))
    if is_valid_within_limit(request, form, "neighbours.correct"):
        with refusal_on_form(form):
            _save(request, row, form)
            return redirect(page_of(row))
        _lead_to_holder(request, row, form)
    lookups.record_opened(request, row.person, otherwise=LookUp.Purpose.CORRECTING, now=clock.now())
    return render(request, "neighbours/correct.html", {"helper": row, "form": form}, status=status_of(form))


def _lead_to_holder(request: LoggedInRequest, row: Helper, form: CorrectForm) -> None:
    """Say in a refused form which other helper has the mailbox, with a link to them."""
    lookups.record_met_elsewhere(request, form, clock.now())
    holder = scopes.helper_with_mailbox(request.user, request.partnership, form.data.get("email", ""))
    if holder and holder != row:
        said = _("This email address belongs to another helper:")
        page = page_of(holder)
        form.add_error(None, format_html('{} <a href="{}">{}</a>', said, page, holder.person.name))


def _save(request: LoggedInRequest, row: Helper, form: CorrectForm) -> None:
    typed = form.cleaned_data
    known = {name: typed[name] for name in ("name", "email", "phone", "channel", "why", "was_helper")}
    details = correcting.Details(address=typed["door"], **known)
    if canonical(typed["email"]) != (row.person.email or ""):
        # Both hear of it.
        refuse_full_mailboxes(request, row.person.email, typed["email"], submission=typed["submission"])
    said = {"medium": typed["medium"], "submission": typed["submission"]}
    now = clock.now()
    changed = correcting.correct(helper=row, details=details, by=request.user, now=now, **said)
    _say_corrected(request, row, changed, now)


def _say_corrected(request: LoggedInRequest, row: Helper, changed: list[str], now: dt.datetime) -> None:
    if changed:
        what = ", ".join(str(HelperStep.CORRECTED[name]) for name in HelperStep.CORRECTED if name in changed)
        messages.success(request, _("Corrected: %(what)s.") % {"what": what})
        row.person.refresh_from_db()
        if "email" in changed and (said := said_of_corrected_mailbox(row.person, clock.now())):
            messages.info(request, said)
        say_what_ended(request, row.person, now)
    else:
        messages.info(request, _("Nothing is changed."))
