"""Where letters to somebody go: a room that knows where people live adds a function here."""

from collections.abc import Callable

from partnership.people.models import User
from partnership.places.models import Address
from partnership.registers import Register

# A function returns a person's address, or None if its room does not know it.
Finder = Callable[[User], Address | None]
finders: Register[Finder] = Register("finders of home addresses")


def home_of(person: User) -> Address | None:
    """Return the first address that a room knows."""
    return next((found for finder in finders if (found := finder(person))), None)
