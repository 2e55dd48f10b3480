"""What staff do on the page of a person for a helper who calls or writes."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from neighbours import scopes
from neighbours.actions import ticking
from neighbours.models import Channel, Helper
from neighbours.views.today import change_today
from partnership import clock
from partnership.people import lookups
from partnership.people.access import LoggedInRequest, staff_required
from partnership.people.models import LookUp
from partnership.web.viewing import fetch

TOLD: dict[str, str] = {
    LookUp.Purpose.CALL: Channel.PHONE,
    LookUp.Purpose.LETTER_OR_SLIP: Channel.PAPER,
    LookUp.Purpose.EMAIL: Channel.EMAIL,
    LookUp.Purpose.VISIT: Channel.PERSON,
}


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


def how_told(request: LoggedInRequest, row: Helper) -> str:
    """Return how the helper told it, as the reader said when they opened the page; "" if they did not."""
    return TOLD.get(lookups.remembered(request, row.person, clock.now()), "")


def page_of(row: Helper) -> str:
    return reverse("people:person", args=[row.person_id])


@staff_required
@require_POST
def tick(request: LoggedInRequest, pk: int, thing: str) -> HttpResponse:
    done, before = _("Noted for today. The helper counts as active."), _("It was noted for today already.")
    row = opened_to_act(request, pk)
    change_today(request, row.person, thing, ticking.tick, done=done, not_needed=before)
    return redirect(page_of(row))


@staff_required
@require_POST
def take_back(request: LoggedInRequest, pk: int, thing: str) -> HttpResponse:
    done, before = _("It is no longer noted for today."), _("It was not noted.")
    row = opened_to_act(request, pk)
    change_today(request, row.person, thing, ticking.take_back, done=done, not_needed=before)
    return redirect(page_of(row))
