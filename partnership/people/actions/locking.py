"""Locking what may have been erased since it was read: the second of two presses gets an answer, and no error."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

from partnership.people.models import User

Row = TypeVar("Row", bound=Model)


class Erased(Http404):
    """A row went with somebody who was erased since it was read: its page is not there any more, whoever asks."""


def still_there(rows: QuerySet[Row], pk: int | None) -> Row:
    """Return the row with this key; `rows` say whether it is locked. Raise Erased if it has gone with somebody.

    That is no `Refused`: what is refused is said on the page of the row, and there is none any more.
    """
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Erased
    return found


def locked(person: User | int) -> User:
    """Lock a person's row, and read it again with the partnership. Raise Erased if they are erased meanwhile."""
    rows = User.objects.select_for_update(no_key=True, of=("self",)).select_related("partnership")
    return still_there(rows, person if isinstance(person, int) else person.pk)
