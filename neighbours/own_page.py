"""The helper's card on their own page."""

import datetime as dt

from neighbours.first_things import FIRST_THINGS
from neighbours.scopes import (
    has_naboven,
    helpers_nearby,
    is_naboven_of_own_area,
    is_shown_to_naboven,
    left_on,
    own_areas,
    own_days,
    own_helper,
)
from partnership import clock
from partnership.people.access import has_role
from partnership.people.actions.details import postal_address_of
from partnership.people.models import Role, User
from partnership.people.own_page import Card
from partnership.web.viewing import PortalRequest


def naboven_card(person: User, request: PortalRequest, now: dt.datetime) -> Card | None:
    """That they are Naboven, of which local areas, and the way to the helpers there; also of one without an area, from
    before it had to be chosen.
    """
    if not has_role(person, request.partnership, Role.Kind.NABOVEN):
        return None
    areas = list(own_areas(person, request.partnership).order_by("name"))
    return Card("neighbours/naboven_card.html", {"areas": areas})


def helper_card(person: User, request: PortalRequest, now: dt.datetime) -> Card | None:
    """Return the card of a helper, or of somebody who has still to confirm or has left; None for everybody else."""
    helper = own_helper(person, request.partnership)
    if helper is None:
        left_at = left_on(person, request.partnership)
        left = {"left_at": left_at, "keeps_address": postal_address_of(person) is not None}
        return Card("neighbours/card_left.html", left) if left_at else None
    if helper.is_pending:
        return Card("neighbours/card_waiting.html", {"helper": helper})
    days = own_days(person, request.partnership)
    today = clock.local(now, request.partnership.zone).date()
    things = [
        {"thing": thing, "day": days.get(thing.kind), "is_today": days.get(thing.kind) == today}
        for thing in FIRST_THINGS
    ]
    context = {
        "helper": helper,
        "things": things,
        "done": sum(1 for row in things if row["day"]),
        "helpers_nearby": helpers_nearby(helper),
        "has_naboven": has_naboven(helper),
        "is_shown": is_shown_to_naboven(helper),
        # Who is the only Naboven of the area sees no more of themselves than their own page says.
        "may_be_shown": has_naboven(helper) or not is_naboven_of_own_area(helper),
    }
    return Card("neighbours/card.html", context)
