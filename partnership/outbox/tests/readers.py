"""Readers who are not reached by email."""

from partnership.people.models import User
from partnership.people.own.homes import finders
from partnership.places.models import Address
from partnership.places.tests.builders import an_address
from partnership.tests.cast import Cast

_homes: dict[int, Address] = {}


def home_in_the_test(person: User) -> Address | None:
    return _homes.get(person.pk)


finders.add(home_in_the_test)


def on_paper(cast: Cast, name: str = "Oda Ovesen", number: str = "7", **more: object) -> User:
    """Return somebody in Vorup who has no email, and whose address a room knows."""
    person = User.objects.create_user(None, name, partnership=cast.randers, language="da", **more)
    _homes.clear() if number == "7" else None
    _homes[person.pk] = an_address(cast.vorup, "Eksempelvej", number)
    return person


def forget_home(person: User) -> None:
    """Let no room know the person's address any more."""
    _homes.pop(person.pk)


def prefers(person: User, channel: str, phone: str = "") -> User:
    """Set a person's channel; a number given with it is verified."""
    User.objects.filter(pk=person.pk).update(channel=channel, phone=phone, verified_phone=phone)
    person.refresh_from_db()
    return person
