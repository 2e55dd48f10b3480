"""What staff do on the page of a person for a helper who calls or writes."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from neighbours import scopes
from neighbours.actions import ticking
from neighbours.actions.showing import set_shown_to_naboven
from neighbours.consent_words import shown_text
from neighbours.forms.shown import ShownForForm
from neighbours.models import Helper
from neighbours.views.today import change_today
from partnership import clock
from partnership.people import lookups
from partnership.people.access import LoggedInRequest, staff_required
from partnership.people.limits import status_of
from partnership.people.models import LookUp
from partnership.people.staff.telling import medium_of
from partnership.web.acting import refusal_on_form
from partnership.web.viewing import fetch


def opened(request: LoggedInRequest, pk: int) -> Helper:
    """Return the helper of this number, if the reader may see them."""
    helpers = scopes.helpers_in_view(request.user, request.partnership)
    return fetch(helpers.select_related("partnership", "person", "household__address", "household__area"), pk=pk)


@staff_required
@require_safe
def helper(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Lead older links to the page of the person."""
    return redirect(page_of(opened(request, pk)))


def opened_to_act(request: LoggedInRequest, pk: int) -> Helper:
    """Return the helper for whom the reader does something, which is why they see the page of the person after it."""
    row = opened(request, pk)
    if request.method == "POST":
        lookups.go_on(request, row.person, LookUp.Purpose.CORRECTING, clock.now())
    return row


def medium_said(request: LoggedInRequest, row: Helper) -> str:
    """Return how the helper told it, as the reader said when they opened the page; "" if they did not."""
    return medium_of(request, row.person, clock.now())


def page_of(row: Helper) -> str:
    """Return the staff's page of the person who is this helper."""
    return reverse("people:person", args=[row.person_id])


@staff_required
@require_POST
def tick(request: LoggedInRequest, pk: int, thing: str) -> HttpResponse:
    """On POST by staff, note that a helper has done one of the three things today, and go back to their page."""
    done, before = _("Noted for today. The helper counts as active."), _("It was noted for today already.")
    row = opened_to_act(request, pk)
    told = partial(ticking.tick, medium=medium_said(request, row))
    change_today(request, row.person, thing, told, done=done, not_needed=before)
    return redirect(page_of(row))


@staff_required
@require_POST
def take_back(request: LoggedInRequest, pk: int, thing: str) -> HttpResponse:
    """On POST by staff, take back what was noted for a helper today, and go back to their page."""
    done, before = _("It is no longer noted for today."), _("It was not noted.")
    row = opened_to_act(request, pk)
    change_today(request, row.person, thing, ticking.take_back, done=done, not_needed=before)
    return redirect(page_of(row))


@never_cache
@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def shown(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Ask how a helper has said whether the Naboven may see them, and store it on POST."""
    row = opened_to_act(request, pk)
    known = {"medium": medium_said(request, row), "shown": "yes" if scopes.is_shown_to_naboven(row) else "no"}
    form = ShownForForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        with refusal_on_form(form):
            yes, medium = form.cleaned_data["shown"] == "yes", form.cleaned_data["medium"]
            set_shown_to_naboven(helper=row, yes=yes, by=request.user, medium=medium, now=clock.now())
            messages.success(request, _("It is noted whether the local contact person may see them."))
            return redirect(page_of(row))
    lookups.record_opened(request, row.person, otherwise=LookUp.Purpose.CORRECTING, now=clock.now())
    context = {"helper": row, "form": form, "words": shown_text(row.partnership)}
    return render(request, "neighbours/shown_for.html", context, status=status_of(form))
