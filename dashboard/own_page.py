"""The card with the follow-up of an association's talks, for its chair."""

import datetime as dt

from dashboard import follow_up
from partnership import clock
from partnership.people.models import User
from partnership.people.own_page import Card
from partnership.web.viewing import PortalRequest
from talks import scopes
from talks.models import Booking


def follow_up_card(person: User, request: PortalRequest, now: dt.datetime) -> Card | None:
    """The follow-up of the talks of the chair's own associations; nothing for anyone else."""
    own = scopes.bookings_in_view(person, request.partnership).filter(
        scopes.own_bookings(person), state=Booking.State.TOOK_PLACE
    )
    talks = list(own.order_by("-starts_at")[:6])
    if not talks:
        return None
    on = clock.local(now, request.partnership.zone).date()
    return Card("dashboard/own_follow_up.html", {"talks": follow_up.follow_up_of(request.partnership, on, talks=talks)})
