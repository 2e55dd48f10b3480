"""The cards for chairs and speakers on the own page."""

import datetime as dt

from partnership import clock
from partnership.people.models import User
from partnership.people.own_page import Card
from partnership.people.scopes import organisations_in_view
from partnership.web.viewing import PortalRequest
from talks import links, scopes


def talks_card(person: User, request: PortalRequest, now: dt.datetime) -> Card | None:
    """The talks and days that this person has asked for, and the talks that they give; nothing for anyone else."""
    bookings = scopes.bookings_in_view(person, request.partnership)
    own = bookings.filter(scopes.own_bookings(person)).verified()
    asked = list(own.select_related("feedback", "wish").prefetch_related("steps__by").order_by("-starts_at")[:20])
    for booking in asked:
        booking.questions = links.questions_about(booking, person, now)
    wishes = list(scopes.own_wishes(person, request.partnership).order_by("answer_by", "pk")[:20])
    given = bookings.filter(speaker__person=person)
    gives, to_record = list(given.upcoming(now)[:20]), list(given.to_close(now)[:20])
    is_speaker = scopes.gives_talks(person, request.partnership)
    mine = organisations_in_view(person, request.partnership)
    deputy_of = list(mine.deputised_by(person))
    if not (asked or wishes or gives or to_record or is_speaker or deputy_of):
        return None
    context = {
        "asked": asked,
        "wishes": wishes,
        "today": clock.local(now, request.partnership.zone).date(),
        "gives": gives,
        "to_record": to_record,
        "is_speaker": is_speaker,
        "associations": mine.chaired_by(person).select_related("deputy_invitation"),
        "deputy_of": deputy_of,
    }
    return Card("talks/own_card.html", context)
