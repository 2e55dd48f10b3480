"""Finds rows that no row of any room refers to."""

from collections.abc import Collection
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import Exists, ManyToOneRel, Model, OuterRef, QuerySet

from partnership.people.models import OrganisationContact, User

Rows = TypeVar("Rows", bound=QuerySet[Any])
# Rows that are no reason to keep a person: they are deleted with them.
GO_ALONG = ("outbox.Message", "account.EmailAddress", "people.PersonStep", "people.PostalAddress")

# Rows that a form makes for a new person. A link in the email that follows leaves another one: the mailbox is verified.
MADE_BY_FORMS = ("neighbours.Helper",)


def unreferenced(rows: Rows, *, ignoring: Collection[type[Model]]) -> Rows:
    """Return those of `rows` that no row refers to; references from the models in `ignoring` do not count."""
    for relation in rows.model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ManyToOneRel) or relation.related_model in ignoring:
            continue
        # By the index of the foreign key: where few rows are asked about, no table is read as a whole.
        rows = rows.exclude(
            Exists(relation.related_model._base_manager.filter(**{relation.field.attname: OuterRef("pk")}))
        )
    return rows


def only_typed(people: QuerySet[User], *, ignoring: Collection[type[Model]] = ()) -> QuerySet[User]:
    """Return those of whom we know nothing but what somebody typed in a form that is open to all, who may have been a
    stranger: they have never logged in, and no row refers to them but messages and those in `ignoring`, which the form
    has made. Whoever has used a link, or was written down by staff, has such a row.
    """
    never_came = people.filter(last_login__isnull=True, is_superuser=False)
    return unreferenced(never_came, ignoring=[apps.get_model("outbox.Message"), *ignoring])


def typed_in_forms(people: QuerySet[User]) -> QuerySet[User]:
    """Return those whom forms that are open to all have made, and of whom nobody has said more since, as `only_typed`:
    they may be helpers who have not confirmed it, and chairs of associations of which nobody has confirmed anything.
    """
    theirs = OrganisationContact.objects.exclude(
        organisation__made_by_form__isnull=False,
        organisation__confirmed_on__isnull=True,
        role=OrganisationContact.Role.CHAIR,
    )
    made = only_typed(people, ignoring=[OrganisationContact, *(apps.get_model(label) for label in MADE_BY_FORMS)])
    return made.exclude(pk__in=theirs.values("person"))


def known_to_no_room(people: Rows) -> Rows:
    """Return those of some people whom nothing refers to except what is deleted with them."""
    return unreferenced(people, ignoring=[apps.get_model(label) for label in GO_ALONG])
