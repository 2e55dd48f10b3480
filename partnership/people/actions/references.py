"""Finds rows that no row of any room refers to."""

from collections.abc import Collection
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import ManyToOneRel, Model, QuerySet

Rows = TypeVar("Rows", bound=QuerySet[Any])
# Rows that are no reason to keep a person: they are deleted with them.
GO_ALONG = ("outbox.Message", "account.EmailAddress", "people.PersonStep", "people.PostalAddress")


def unreferenced(rows: Rows, *, ignoring: Collection[type[Model]]) -> Rows:
    """Return those of `rows` that no row refers to; references from the models in `ignoring` do not count."""
    for relation in rows.model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ManyToOneRel) or relation.related_model in ignoring:
            continue
        referring = relation.related_model._base_manager.filter(**{f"{relation.field.name}__isnull": False})
        rows = rows.exclude(pk__in=referring.values(relation.field.attname))
    return rows


def known_to_no_room(people: Rows) -> Rows:
    """Return those of some people whom nothing refers to except what is deleted with them."""
    return unreferenced(people, ignoring=[apps.get_model(label) for label in GO_ALONG])
