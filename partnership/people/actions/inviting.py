"""Finds or makes a person by a mailbox that they have not verified yet. The same two statements run for a known
mailbox and an unknown one, so that the time taken does not reveal which.
"""

import contextlib
from collections.abc import Iterator

from django.db import transaction

from partnership.people.models import User
from partnership.places.models import Partnership


def known_or_new(*, email: str, name: str, language: str, partnership: Partnership) -> User:
    """Return the person with this mailbox, made if nobody has it. They may belong to another partnership, so the caller
    must check. A stored name is never changed by somebody who only knows the mailbox.
    """
    made = _make_unless_known(email, name, language, partnership)
    known = User.objects.select_related("partnership").filter(email=made.email).first()
    # Nobody where who had it is erased since.
    return known or known_or_new(email=email, name=name, language=language, partnership=partnership)


def locked_known_or_new(*, email: str, name: str, language: str, partnership: Partnership) -> tuple[User, bool]:
    """Like `known_or_new`, with the person's row locked; also return whether this call has made them."""
    made = _make_unless_known(email, name, language, partnership)
    # With the partnership, so that callers need no query for it that would take longer for one person than for another.
    locked = User.objects.select_for_update(of=("self",), no_key=True)
    person = locked.select_related("partnership").filter(email=made.email).first()
    if person is None:  # who had it is erased since
        return locked_known_or_new(email=email, name=name, language=language, partnership=partnership)
    return person, person.password == made.password


class _Undone(Exception):
    """Raised to roll back a rehearsal."""


@contextlib.contextmanager
def rehearsed() -> Iterator[None]:
    """Roll back what the block writes. It is what would have been written for a new person: otherwise a known one, with
    less to write, would be answered sooner.
    """
    with contextlib.suppress(_Undone), transaction.atomic():
        yield
        raise _Undone


def _make_unless_known(email: str, name: str, language: str, partnership: Partnership) -> User:
    """Return the row, stored only if nobody has the mailbox; its unusable password identifies it."""
    row = User(partnership=partnership, email=email, name=name, language=language)
    row.set_unusable_password()
    User.objects.bulk_create([row], ignore_conflicts=True)
    return row
