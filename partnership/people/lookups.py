"""The look-up log: a row for each time that staff read a person's data, with the purpose that they gave.

The purpose is asked once a case, and remembered for half an hour in the session of who looks.
"""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseForm

from partnership.people.access import LoggedInRequest
from partnership.people.actions.mailboxes import ELSEWHERE
from partnership.people.mailboxes import holder_elsewhere
from partnership.people.models import LookUp, User

REMEMBERED = dt.timedelta(minutes=30)
_KEY = "look_ups"


def record(viewer: User, people: Iterable[User], *, purpose: str, seen_on: str, now: dt.datetime) -> None:
    """Record that `viewer` has read the data of these people; their own is no look-up."""
    rows = {
        person.pk: LookUp(
            partnership_id=person.partnership_id,
            by_id=viewer.pk,
            person_id=person.pk,
            at=now,
            purpose=purpose,
            seen_on=seen_on,
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
        purpose = go_on(request, person, otherwise, now)
        record(request.user, [person], purpose=purpose, seen_on=LookUp.SeenOn.PAGE, now=now)


def record_shown(
    request: LoggedInRequest, people: Iterable[User | None], *, otherwise: str, seen_on: str, now: dt.datetime
) -> None:
    """Record that a page about something else shows the reader who these people are, for the remembered purpose or that
    of the page. It is not remembered: the page of each person still asks why.
    """
    if request.method == "HEAD":
        return
    for person in filter(None, people):
        record(request.user, [person], purpose=remembered(request, person, now) or otherwise, seen_on=seen_on, now=now)


def record_listed(request: LoggedInRequest, people: Iterable[User], *, seen_on: str, now: dt.datetime) -> None:
    """Record that a list shows the reader these people. Whom the same list has shown them within half an hour is not
    recorded again: who turns its pages or narrows it down looks once.
    """
    if request.method == "HEAD":
        return
    lately = LookUp.objects.filter(by_id=request.user.pk, seen_on=seen_on, at__gt=now - REMEMBERED)
    before = set(lately.values_list("person_id", flat=True))
    listed = [person for person in people if person.pk not in before]
    record(request.user, listed, purpose=LookUp.Purpose.OTHER, seen_on=seen_on, now=now)


def record_met_elsewhere(request: LoggedInRequest, form: BaseForm, now: dt.datetime) -> None:
    """Record that the reader has learnt from a refused form that another partnership knows a mailbox, in the log of its
    owner: who tries many is seen there.
    """
    if any(form.has_error(field, code=ELSEWHERE) for field in (NON_FIELD_ERRORS, "email")):
        holder = holder_elsewhere(form.data.get("email", ""), request.partnership.pk)
        known = [holder] if holder else []
        record(request.user, known, purpose=LookUp.Purpose.OTHER, seen_on=LookUp.SeenOn.TYPED, now=now)


def go_on(request: LoggedInRequest, person: User, otherwise: str, now: dt.datetime) -> str:
    """Remember for another half hour what is remembered, or else that of the page itself; return which."""
    purpose = remembered(request, person, now) or otherwise
    remember(request, [person], purpose, now)
    return purpose
