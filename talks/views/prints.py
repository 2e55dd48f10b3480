"""The poster and the leaflet for a confirmed talk, as PDF."""

from django.http import Http404, HttpResponse

from partnership.people.access import SignedInRequest
from partnership.web.viewing import NOT_KEPT, fetch
from talks import printing, scopes
from talks.models import Booking


def poster(request: SignedInRequest, pk: int) -> HttpResponse:
    """One A4 page for the notice board."""
    return _pdf(request, pk, "poster")


def leaflet(request: SignedInRequest, pk: int) -> HttpResponse:
    """Two A5 leaflets on an A4 page, for the letter boxes."""
    return _pdf(request, pk, "leaflet")


def _pdf(request: SignedInRequest, pk: int, sheet: str) -> HttpResponse:
    booking = fetch(scopes.bookings_in_view(request.user, request.partnership), pk=pk)
    if booking.state != Booking.State.CONFIRMED:
        raise Http404
    response = HttpResponse(printing.draw(booking, sheet), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{sheet}-{booking.pk}.pdf"'
    response.headers["Cache-Control"] = NOT_KEPT
    return response
