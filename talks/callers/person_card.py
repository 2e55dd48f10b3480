"""What the page of a person for staff shows of their talks."""

import datetime as dt

from partnership.people.access import LoggedInRequest
from partnership.people.models import User
from partnership.people.own_page import Card
from talks import rules, scopes
from talks.callers.call_desk import AHEAD

SHOWN = 10


def talks_card(viewer: User, person: User, request: LoggedInRequest, now: dt.datetime) -> Card | None:
    """The talks and wished days of the person's associations, what is next for each, and the talks that they give."""
    here = request.partnership
    bookings, wishes = scopes.bookings_of(person, viewer, here)[:SHOWN], scopes.wishes_of(person, viewer, here)[:SHOWN]
    context = {
        "bookings": [
            (one, rules.may_ask_for(viewer, one.association), one.state in AHEAD and not one.is_over(now))
            for one in bookings
        ],
        "wishes": [(one, rules.may_ask_for(viewer, one.association)) for one in wishes],
        "gives": list(scopes.talks_given_by(person, viewer, here, now)[:SHOWN]),
    }
    return Card("talks/person_card.html", {**context, "now": now}) if any(context.values()) else None
