"""Making someone known to the portal by email address, before they have shown that it is theirs.

The same two statements run for a known address and an unknown one, so that the time taken tells nothing.
"""

from partnership.people.models import User
from partnership.places.models import Partnership


def known_or_new(*, email: str, name: str, language: str, partnership: Partnership) -> User:
    """Return the person with this address, made if nobody has it. They may belong to another partnership: look.

    A name that is on record is never changed by somebody who only knows the address.
    """
    made = _make_unless_known(email, name, language, partnership)
    return User.objects.select_related("partnership").get(email=made.email)


def locked_known_or_new(*, email: str, name: str, language: str, partnership: Partnership) -> tuple[User, bool]:
    """Return the same person with their row locked, and whether this call has made them."""
    made = _make_unless_known(email, name, language, partnership)
    # The partnership comes along, so that no caller has to fetch it and take longer for one person than for another.
    locked = User.objects.select_for_update(of=("self",), no_key=True)
    person = locked.select_related("partnership").get(email=made.email)
    return person, person.password == made.password


def _make_unless_known(email: str, name: str, language: str, partnership: Partnership) -> User:
    """Return the row that is stored only where nobody has the address; an unusable password tells it from another."""
    row = User(partnership=partnership, email=email.strip().lower(), name=name, language=language)
    row.set_unusable_password()
    User.objects.bulk_create([row], ignore_conflicts=True)
    return row
