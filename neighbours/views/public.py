"""The public pages about helpers."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from neighbours import scopes
from neighbours.consent_words import consent_text, shown_text
from neighbours.first_things import FIRST_THINGS
from neighbours.forms.origin import asked_of_joiners
from partnership.fields.printed_numbers import grouped
from partnership.places.address_lookup import streets_beginning
from partnership.web.viewing import PortalRequest, public_page
from written.cleaning import cleaned


@public_page
def overview(request: PortalRequest) -> HttpResponse:
    """What a helper does and how many there are, for any visitor."""
    here = request.partnership
    active = scopes.active_count(here, here.today())
    context = {"things": FIRST_THINGS, "active": grouped(active), "goal": grouped(here.helpers_goal)}
    return render(request, "neighbours/overview.html", context)


@public_page
def paper_slip(request: PortalRequest) -> HttpResponse:
    """The form to join on paper, to be printed by anybody. Its consent names all that the form asks for."""
    here = request.partnership
    words = {
        "consent_text": consent_text(here, on_paper=True),
        "shown_text": shown_text(here),
        "was_helper": asked_of_joiners(here),
    }
    return render(request, "neighbours/paper_slip.html", words)


@public_page(reads={"q": bool})
def streets(request: PortalRequest) -> JsonResponse:
    """Return the names of streets that begin as typed, and nothing about who lives there."""
    start = cleaned(request.GET.get("q", "")[:60]).replace("\x00", "")
    return JsonResponse({"streets": streets_beginning(request.partnership, start)})
