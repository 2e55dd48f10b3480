"""The cards on the page of a person for staff. Rooms add them here."""

import datetime as dt
from collections.abc import Callable

from django.db.models import Count, Max, Min
from django.urls import reverse

from partnership.people import lookups
from partnership.people.access import LoggedInRequest, may_administer
from partnership.people.actions.contacts import may_take_back
from partnership.people.actions.details import postal_address_of
from partnership.people.activities import name_of
from partnership.people.models import ContactNote, LookUp, User
from partnership.people.own.held_back import said_to_staff
from partnership.people.own_page import Card
from partnership.people.scopes import (
    consents_in_view,
    look_ups_in_view,
    names_of_readers,
    notes_in_view,
    organisations_of,
)
from partnership.people.staff.erasing import way_to_erase
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
    organisations = organisations_of(person, viewer, request.partnership)
    return Card(
        "people/staff/who.html",
        {
            "person": person,
            "held_back": said_to_staff(person, now),
            "roles": roles,
            "organisations": organisations,
            "postal": postal_address_of(person),
            "erasing": way_to_erase(viewer, person, request.partnership, now),
            "may_administer": may_administer(viewer, request.partnership),
        },
    )


def consents_card(viewer: User, person: User, request: LoggedInRequest, now: dt.datetime) -> Card | None:
    """Each yes and no, with the words that they answered."""
    consents = list(consents_in_view(viewer, request.partnership).filter(person=person).order_by("-pk"))
    return Card("people/staff/consents.html", {"consents": consents}) if consents else None


def activities_card(viewer: User, person: User, request: LoggedInRequest, now: dt.datetime) -> Card | None:
    """The newest things that the person did as a helper."""
    newest = person.activities.filter(partnership=request.partnership).select_related("written_by")
    rows = [
        {"name": name_of(row.kind), "day": row.day, "by": row.written_by, "medium": row.get_medium_display()}
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
    """Who has looked at the person's data, and why: for administrators. All that one reader did for one reason stands
    in one line, so that no number of look-ups pushes another out of sight.
    """
    rows = look_ups_in_view(viewer, request.partnership).filter(person_id=person.pk)
    alike = rows.order_by().values("by_id", "purpose", "seen_on")
    looks = list(alike.annotate(times=Count("pk"), first=Min("at"), last=Max("at")).order_by("-last"))
    if not looks:
        return None
    names = names_of_readers({look["by_id"] for look in looks}, request.partnership)
    words = [
        {"by": names.get(look["by_id"], ""), "why": LookUp.Purpose(look["purpose"]).label}
        | {"where": LookUp.SeenOn(look["seen_on"]).label}
        for look in looks
    ]
    return Card("people/staff/look_ups.html", {"looks": zip(looks, words, strict=True)})
