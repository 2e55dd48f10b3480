"""Who lives at an address: a room that knows where people live adds a function here."""

from collections.abc import Callable, Iterable

from partnership.people.models import User
from partnership.places.models import Address
from partnership.registers import Register

# A function returns the people who live at one of some addresses.
Finder = Callable[[Iterable[Address]], Iterable[User]]
finders: Register[Finder] = Register("who lives at an address")


def residents_of(addresses: Iterable[Address]) -> list[User]:
    """Return the people whom rooms know at any of these addresses, each once."""
    wanted = list(addresses)
    return list({person.pk: person for find in finders for person in find(wanted)}.values())
