"""What a chair sees of what came of her association's talks."""

import datetime as dt

from dashboard import tails
from partnership import clock
from partnership.people.models import User
from partnership.people.own_page import Card
from partnership.web.viewing import PortalRequest
from talks import scopes
from talks.models import Booking


def tails_card(person: User, request: PortalRequest, now: dt.datetime) -> Card | None:
    """The tails of the talks that her own associations have had; nothing for anyone else."""
    own = scopes.bookings_in_view(person, request.partnership).filter(
        scopes.own_bookings(person), state=Booking.State.TOOK_PLACE
    )
    talks = list(own.order_by("-starts_at")[:6])
    if not talks:
        return None
    on = clock.local(now, request.partnership.zone).date()
    return Card("dashboard/own_tails.html", {"tails": tails.tails_of(request.partnership, on, talks=talks)})
