"""The cards on the page of a person for staff. Rooms add them here."""

import datetime as dt
from collections.abc import Callable

from partnership.people.access import LoggedInRequest, has_role
from partnership.people.activities import name_of
from partnership.people.models import Consent, LookUp, Organisation, Role, User
from partnership.people.own_page import Card
from partnership.registers import Register

NEWEST = 10
# Called with who looks, the person, the request and the time; None if there is nothing to show.
PersonCard = Callable[[User, User, LoggedInRequest, dt.datetime], Card | None]
person_cards: Register[PersonCard] = Register("cards on the page of a person")


def cards_of(person: User, request: LoggedInRequest, now: dt.datetime) -> list[Card]:
    made = (make(request.user, person, request, now) for make in person_cards)
    return [one for one in made if one is not None]


def who_card(viewer: User, person: User, request: LoggedInRequest, now: dt.datetime) -> Card:
    """How the person is reached, and what they are here."""
    roles = person.roles.filter(partnership=request.partnership).select_related("area").order_by("pk")
    organisations = Organisation.objects.filter(contacts__person=person).distinct().order_by("name")
    return Card("people/staff/who.html", {"person": person, "roles": roles, "organisations": organisations})


def consents_card(viewer: User, person: User, request: LoggedInRequest, now: dt.datetime) -> Card | None:
    """Each yes and no, with the words that they answered."""
    consents = list(Consent.objects.filter(person=person).select_related("wording", "written_by").order_by("-pk"))
    return Card("people/staff/consents.html", {"consents": consents}) if consents else None


def activities_card(viewer: User, person: User, request: LoggedInRequest, now: dt.datetime) -> Card | None:
    """The newest things that the person did as a helper."""
    newest = person.activities.filter(partnership=request.partnership).select_related("written_by")
    rows = [
        {"name": name_of(row.kind), "day": row.day, "by": row.written_by}
        for row in newest.order_by("-day", "-pk")[:NEWEST]
    ]
    return Card("people/staff/activities.html", {"rows": rows}) if rows else None


def look_ups_card(viewer: User, person: User, request: LoggedInRequest, now: dt.datetime) -> Card | None:
    """Who has looked at the person's data, and why: for administrators."""
    if not has_role(viewer, request.partnership, Role.Kind.ADMINISTRATOR):
        return None
    rows = list(LookUp.objects.filter(person_id=person.pk, partnership=request.partnership).order_by("-pk")[:NEWEST])
    names = dict(User.objects.filter(pk__in={row.by_id for row in rows}).values_list("pk", "name"))
    return Card("people/staff/look_ups.html", {"rows": [(row, names.get(row.by_id, "")) for row in rows]})
