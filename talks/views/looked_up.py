"""The look-up log of staff's pages about talks: they show who asks, and who comes. Speakers among whom staff choose an
evening are not looked up (docs/decisions/0005-talks.md).
"""

import datetime as dt

from partnership.people import lookups
from partnership.people.access import LoggedInRequest, has_role
from partnership.people.models import LookUp, Role
from talks.models import Booking, TalkWish


def record_shown_on(request: LoggedInRequest, case: Booking | TalkWish, now: dt.datetime) -> None:
    """Record that the reader sees how to reach the association's contacts and the speaker of a talk or a wish."""
    shown = [case.association.chair, case.association.deputy]
    if isinstance(case, Booking) and case.speaker:
        shown.append(case.speaker.person)
    lookups.record_shown(request, shown, otherwise=LookUp.Purpose.OTHER, seen_on=LookUp.SeenOn.TALK, now=now)


def record_speaker_shown_on(request: LoggedInRequest, booking: Booking, now: dt.datetime) -> None:
    """Record that staff see who comes, on the page that the association and the speaker have too."""
    if booking.speaker and has_role(request.user, booking.partnership, *Role.STAFF):
        shown = [booking.speaker.person]
        lookups.record_shown(request, shown, otherwise=LookUp.Purpose.OTHER, seen_on=LookUp.SeenOn.TALK, now=now)
