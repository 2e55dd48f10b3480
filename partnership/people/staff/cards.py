"""The cards on the page of a person for staff. Rooms add them here."""

import datetime as dt
from collections.abc import Callable

from django.urls import reverse

from partnership.people import lookups
from partnership.people.access import LoggedInRequest, has_role
from partnership.people.actions.contacts import may_take_back
from partnership.people.activities import name_of
from partnership.people.models import Consent, ContactNote, LookUp, Organisation, Role, User
from partnership.people.own_page import Card
from partnership.people.scopes import notes_in_view
from partnership.people.staff.forms import NoteForm
from partnership.registers import Register

NEWEST = 10
# The contact that goes with a purpose.
CONTACTS: dict[str, str] = {
    LookUp.Purpose.CALL: ContactNote.Code.CALLED_US,
    LookUp.Purpose.EMAIL: ContactNote.Code.WROTE,
    LookUp.Purpose.LETTER_OR_SLIP: ContactNote.Code.WROTE,
    LookUp.Purpose.VISIT: ContactNote.Code.CAME_BY,
}
# Called with who looks, the person, the request and the time; None if there is nothing to show.
PersonCard = Callable[[User, User, LoggedInRequest, dt.datetime], Card | None]
person_cards: Register[PersonCard] = Register("cards on the page of a person")


def cards_of(person: User, request: LoggedInRequest, now: dt.datetime) -> list[Card]:
    """Return the cards of a person that the reader may see, in the order of the register."""
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


def notes_card(viewer: User, person: User, request: LoggedInRequest, now: dt.datetime) -> Card:
    """The newest contacts, and a form for the next."""
    newest = notes_in_view(viewer, request.partnership).filter(person=person).order_by("-at", "-pk")[:NEWEST]
    form = NoteForm(initial={"code": CONTACTS.get(lookups.remembered(request, person, now))})
    form.form_action = reverse("people:note", args=[person.pk])
    notes = [(note, may_take_back(viewer, note, now)) for note in newest]
    return Card("people/staff/notes.html", {"person": person, "form": form, "notes": notes})


def look_ups_card(viewer: User, person: User, request: LoggedInRequest, now: dt.datetime) -> Card | None:
    """Who has looked at the person's data, and why: for administrators."""
    if not has_role(viewer, request.partnership, Role.Kind.ADMINISTRATOR):
        return None
    rows = list(LookUp.objects.filter(person_id=person.pk, partnership=request.partnership).order_by("-pk")[:NEWEST])
    names = dict(User.objects.filter(pk__in={row.by_id for row in rows}).values_list("pk", "name"))
    return Card("people/staff/look_ups.html", {"rows": [(row, names.get(row.by_id, "")) for row in rows]})
