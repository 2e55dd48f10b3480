"""Which organisations and people a viewer may see. Views reach them through here only."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db.models import F, Q, QuerySet

from partnership import clock
from partnership.people import rules
from partnership.people.access import has_role
from partnership.people.actions.recognising import alike, with_telephone
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
    """Return the organisations that the viewer speaks for, without those that a stranger may have typed."""
    mine = Organisation.objects.spoken_for_by(viewer).vouched_for().filter(partnership=partnership)
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
    """Return those that a person acts for here, to its staff, without those that a stranger may have typed."""
    theirs = Organisation.objects.filter(partnership=here, contacts__person=person)
    found = theirs.vouched_for().distinct().order_by("name")
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


def postal_addresses(here: Partnership) -> QuerySet[PostalAddress]:
    """Return where people here have said that letters go, for staff's search."""
    return PostalAddress.objects.filter(person__partnership=here).annotate(lives_at=F("address_id"))


def reached_by_letter_at(addresses: Iterable[Address]) -> list[User]:
    """Return the people who have said that letters go to one of these addresses, for who asks for a code by letter."""
    rows = PostalAddress.objects.filter(address__in=list(addresses))
    return [row.person for row in rows.select_related("person__partnership")]


def detail_steps(person: User, viewer: User, here: Partnership) -> QuerySet[PersonStep]:
    """Return when staff wrote down or corrected a person's details, to the staff of the partnership."""
    steps = PersonStep.objects.filter(person=person, person__partnership=here).select_related("by").order_by("-pk")
    return steps if has_role(viewer, here, *Role.STAFF) else steps.none()


def known_by(viewer: User, here: Partnership, typed: Mapping[str, Any]) -> list[User]:
    """Return who holds the typed mailbox here; else those who may be the typed person, or have their number."""
    people = people_in_view(viewer, here)
    holders = list(people.filter(email=canonical(typed["email"]))) if typed.get("email") else []
    if holders or not typed.get("name"):
        return holders
    about = {name: typed.get(name) or "" for name in ("name", "email", "phone")}
    found = [*alike(here, **about, address=typed.get("door")), *with_telephone(here, about["phone"])]
    return list(people.filter(pk__in={one.pk for one in found}).order_by("pk"))
