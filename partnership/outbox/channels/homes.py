"""Postal addresses for letters: a room that knows where people live adds a function here."""

from collections.abc import Callable

from partnership.outbox.models import Message
from partnership.people.models import User
from partnership.places.models import Address
from partnership.registers import Register

# A function returns a person's address, or None if its room does not know it.
Finder = Callable[[User], Address | None]
finders: Register[Finder] = Register("finders of home addresses")


def home_for(message: Message) -> Address | None:
    """Return where a letter goes: to the reader's home, or to another address that the message is about (`letter_to`),
    such as the home before a change.
    """
    if "letter_to" in message.about:
        return Address.objects.select_related("partnership").filter(pk=message.about["letter_to"]).first()
    return home_of(message.recipient) if message.recipient else None


def home_of(person: User) -> Address | None:
    """Return the first address that a room knows."""
    return next((found for finder in finders if (found := finder(person))), None)
