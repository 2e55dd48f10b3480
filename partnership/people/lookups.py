"""The look-up log: a row for each time that staff read a person's data, with the purpose that they gave.

The purpose is asked once a case, and remembered for half an hour in the session of who looks.
"""

import datetime as dt
from collections.abc import Iterable

from partnership.people.access import LoggedInRequest
from partnership.people.models import LookUp, User

REMEMBERED = dt.timedelta(minutes=30)
_KEY = "look_ups"


def record(viewer: User, people: Iterable[User], *, purpose: str, way: str, now: dt.datetime) -> None:
    """Record that `viewer` has read the data of these people; their own is no look-up."""
    rows = {
        person.pk: LookUp(
            partnership_id=person.partnership_id, by_id=viewer.pk, person_id=person.pk, at=now, purpose=purpose, way=way
        )
        for person in people
        if person.partnership_id and person.pk != viewer.pk
    }
    LookUp.objects.bulk_create(rows.values())


def remember(request: LoggedInRequest, people: Iterable[User], purpose: str, now: dt.datetime) -> None:
    """Ask the reader no more why they open the pages of these people, for half an hour."""
    since = (now - REMEMBERED).timestamp()
    fresh = {pk: said for pk, said in request.session.get(_KEY, {}).items() if said[1] > since}
    request.session[_KEY] = fresh | {str(person.pk): [purpose, now.timestamp()] for person in people}


def remembered(request: LoggedInRequest, person: User, now: dt.datetime) -> str:
    """Return the purpose that the reader gave for this person within half an hour; "" if they have to be asked."""
    purpose, at = request.session.get(_KEY, {}).get(str(person.pk), ("", 0))
    return purpose if at > (now - REMEMBERED).timestamp() else ""


def record_opened(request: LoggedInRequest, person: User, *, otherwise: str, now: dt.datetime) -> None:
    """Record that the reader sees a page about the person, for the remembered purpose or that of the page itself.
    Nobody reads what HEAD asks for.
    """
    if request.method != "HEAD":
        record(request.user, [person], purpose=go_on(request, person, otherwise, now), way=LookUp.Way.PAGE, now=now)


def record_shown(
    request: LoggedInRequest, people: Iterable[User | None], *, otherwise: str, way: str, now: dt.datetime
) -> None:
    """Record that a page about something else shows the reader who these people are, for the remembered purpose or that
    of the page. It is not remembered: the page of each person still asks why.
    """
    if request.method == "HEAD":
        return
    for person in filter(None, people):
        record(request.user, [person], purpose=remembered(request, person, now) or otherwise, way=way, now=now)


def go_on(request: LoggedInRequest, person: User, otherwise: str, now: dt.datetime) -> str:
    """Remember for another half hour what is remembered, or else that of the page itself; return which."""
    purpose = remembered(request, person, now) or otherwise
    remember(request, [person], purpose, now)
    return purpose
