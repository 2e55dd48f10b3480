"""What the page of a person for staff shows of a helper, and where they live, for the search."""

import datetime as dt

from django.urls import reverse

from neighbours import rules, scopes
from neighbours.first_things import FIRST_THINGS
from neighbours.models import Helper
from partnership.people.access import LoggedInRequest
from partnership.people.models import User
from partnership.people.own_page import Card


def page_to_correct(person: User) -> str:
    """Return the address of the page on which staff correct a helper; "" for anyone else."""
    helper = scopes.own_helper(person, person.partnership) if person.partnership else None
    return reverse("neighbours:correct", args=[helper.pk]) if helper and helper.is_confirmed else ""


def helper_card(viewer: User, person: User, request: LoggedInRequest, now: dt.datetime) -> Card | None:
    """Return the helper as staff see them, with steps and what they may do; None if the viewer may not see them."""
    helper = (
        scopes.helpers_in_view(viewer, request.partnership)
        .filter(person=person)
        .select_related("partnership", "person", "household__address", "household__area")
        .first()
    )
    if helper is None:
        return None
    context = {
        "helper": helper,
        "things": _things(viewer, helper, request.partnership.today()),
        "steps": scopes.steps_of(helper),
        "came_by": scopes.came_by(helper),
        "reply_card": scopes.newest_card(helper),
        "has_own_page": rules.has_own_page(helper.person, now),
        "is_shown": scopes.is_shown_to_naboven(helper),
        "may_correct": rules.may_correct(viewer, helper),
    }
    return Card("neighbours/person_card.html", context)


def _things(viewer: User, helper: Helper, today: dt.date) -> list[dict]:
    """Return the first three things, each with when it was done last, who noted it, and whether it can be undone."""
    newest = scopes.newest_done(helper)
    return [
        {
            "thing": thing,
            "done": (done := newest.get(thing.kind)),
            "may_undo": done is not None and rules.may_take_back(viewer, done, today),
            "is_today": done is not None and done.day == today,
        }
        for thing in FIRST_THINGS
    ]
