"""What those who see a confirmed talk take home: poster and leaflet as PDF, and a file for their calendar."""

from django.http import Http404, HttpResponse

from partnership.people.access import LoggedInRequest
from partnership.web.viewing import NOT_KEPT, fetch
from talks import printing, scopes
from talks.calendars.invitation import calendar_of, published
from talks.models import Booking


def poster(request: LoggedInRequest, pk: int) -> HttpResponse:
    """One A4 page for the notice board."""
    return _pdf(request, pk, "poster")


def leaflet(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Two A5 leaflets on an A4 page, for the letter boxes."""
    return _pdf(request, pk, "leaflet")


def calendar(request: LoggedInRequest, pk: int) -> HttpResponse:
    """The talk as an event; a calendar that has it from an email keeps one."""
    booking = _confirmed(request, pk)
    file = calendar_of([published(booking)], "PUBLISH").to_ical()
    return _download(file, "text/calendar; charset=utf-8", f'attachment; filename="talk-{booking.pk}.ics"')


def _pdf(request: LoggedInRequest, pk: int, sheet: str) -> HttpResponse:
    booking = _confirmed(request, pk)
    name = f'inline; filename="{sheet}-{booking.pk}.pdf"'
    return _download(printing.draw(booking, sheet), "application/pdf", name)


def _confirmed(request: LoggedInRequest, pk: int) -> Booking:
    booking = fetch(scopes.bookings_in_view(request.user, request.partnership), pk=pk)
    if booking.state != Booking.State.CONFIRMED:
        raise Http404
    return booking


def _download(body: bytes, kind: str, disposition: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response.headers["Content-Disposition"] = disposition
    response.headers["Cache-Control"] = NOT_KEPT
    return response
