"""Which organisations and people a viewer may see. Views reach them through here only."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from partnership import clock
from partnership.fields.phone import e164
from partnership.people import rules
from partnership.people.access import has_role
from partnership.people.models import (
    Consent,
    ContactNote,
    LookUp,
    Organisation,
    OrganisationQuerySet,
    PersonStep,
    PostalAddress,
    Role,
    User,
    UserQuerySet,
)
from partnership.places.models import Address, Partnership
from written.mailboxes import canonical

Rows = TypeVar("Rows", bound=QuerySet)


def shown_to(viewer: User, here: Partnership, rows: Rows, *, person: str = "person") -> Rows:
    """Leave out the rows about people with name and address protection, unless the viewer may see them or is the
    person. `person` is the way from a row to the person, "" for rows of people. Every list of people that others than
    staff may read goes through here.
    """
    if rules.may_see_protected(viewer, here):
        return rows
    is_open = Q(**{f"{person}__is_protected" if person else "is_protected": False})
    return rows.filter(is_open | Q(**{person or "pk": viewer.pk}))


def organisations_in_view(viewer: User, partnership: Partnership) -> OrganisationQuerySet:
    """Return the organisations that the viewer speaks for, without those from a form whose link nobody has used: a
    stranger may have sent it.
    """
    mine = (
        Organisation.objects.spoken_for_by(viewer)
        .filter(partnership=partnership)
        .exclude(confirmed_on__isnull=True, made_by_form__isnull=False)
    )
    return mine.select_related("partnership", "area").with_contacts().order_by("name")


def people_in_view(viewer: User, here: Partnership) -> UserQuerySet:
    """Return everybody of this partnership to its staff, but nobody who administers the whole platform."""
    people = User.objects.filter(partnership=here, is_superuser=False)
    return people if has_role(viewer, here, *Role.STAFF) else people.none()


def notes_in_view(viewer: User, here: Partnership) -> QuerySet[ContactNote]:
    """Return what has been noted of contacts with people of this partnership, to its staff."""
    notes = ContactNote.objects.filter(partnership=here).select_related("person", "partnership", "by")
    return notes if has_role(viewer, here, *Role.STAFF) else notes.none()


def organisations_of(person: User, viewer: User, here: Partnership) -> QuerySet[Organisation]:
    """Return those that a person acts for here, to its staff."""
    found = Organisation.objects.filter(partnership=here, contacts__person=person).distinct().order_by("name")
    return found if has_role(viewer, here, *Role.STAFF) else found.none()


def associations_to_confirm(viewer: User, here: Partnership, now: dt.datetime) -> OrganisationQuerySet:
    """Return the associations that nobody has confirmed this year, to staff, but not their own."""
    waiting = Organisation.objects.unconfirmed(here, clock.local(now, here.zone).year)
    found = waiting if has_role(viewer, here, *Role.STAFF) else waiting.none()
    own = Organisation.objects.spoken_for_by(viewer)
    return found.exclude(pk__in=own).select_related("partnership", "area").with_contacts()


def consents_in_view(viewer: User, here: Partnership) -> QuerySet[Consent]:
    """Return what people of this partnership have said yes and no to, to its staff."""
    consents = Consent.objects.filter(person__partnership=here).select_related("wording", "written_by")
    return consents if has_role(viewer, here, *Role.STAFF) else consents.none()


def look_ups_in_view(viewer: User, here: Partnership) -> QuerySet[LookUp]:
    """Return who has looked at whose data here, to its administrators."""
    rows = LookUp.objects.filter(partnership=here)
    return rows if has_role(viewer, here, Role.Kind.ADMINISTRATOR) else rows.none()


def names_of_readers(rows: Iterable[int], here: Partnership) -> dict[int, str]:
    """Return the names of those who looked, by their numbers, unless they are of another partnership: whoever runs the
    platform belongs to none.
    """
    readers = User.objects.filter(Q(partnership=here) | Q(is_superuser=True), pk__in=rows)
    return dict(readers.values_list("pk", "name"))


def postal_addresses(here: Partnership) -> dict[int, Address]:
    """Return where people here have said that letters go, by their numbers, for staff's search."""
    rows = PostalAddress.objects.filter(person__partnership=here).select_related("address__partnership")
    return {row.person_id: row.address for row in rows}


def reached_by_letter_at(addresses: Iterable[Address]) -> list[User]:
    """Return the people who have said that letters go to one of these addresses, for who asks for a code by letter."""
    rows = PostalAddress.objects.filter(address__in=list(addresses))
    return [row.person for row in rows.select_related("person__partnership")]


def detail_steps(person: User, viewer: User, here: Partnership) -> QuerySet[PersonStep]:
    """Return when staff wrote down or corrected a person's details, to the staff of the partnership."""
    steps = PersonStep.objects.filter(person=person, person__partnership=here).select_related("by").order_by("-pk")
    return steps if has_role(viewer, here, *Role.STAFF) else steps.none()


def known_by(viewer: User, here: Partnership, typed: Mapping[str, Any]) -> User | None:
    """Return who holds the typed mailbox here, or has the typed name with that telephone number."""
    people = people_in_view(viewer, here)
    if typed.get("email") and (holder := people.filter(email=canonical(typed["email"])).first()):
        return holder
    number = e164(typed.get("phone", ""), here.country)
    named = people.filter(name__iexact=typed.get("name", "")) if number else people.none()
    return next((one for one in named if e164(one.phone, here.country) == number), None)
