"""The cards of the own page: the follow-up of an association's talks for its chair, and what police see here."""

import datetime as dt

from dashboard import follow_up
from dashboard.models import Goal
from partnership import clock
from partnership.people.access import has_role
from partnership.people.models import Role, User
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


def police_card(person: User, request: PortalRequest, now: dt.datetime) -> Card | None:
    """What a police officer sees and does here; nothing for who also has a role of staff, who sees more."""
    here = request.partnership
    if has_role(person, here, *Role.STAFF) or not has_role(person, here, Role.Kind.POLICE):
        return None
    return Card("dashboard/police_card.html", {"goal": Goal.objects.current(here)})
