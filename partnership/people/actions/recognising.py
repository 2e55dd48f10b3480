"""Recognises somebody who has no mailbox here, so that a second paper or call makes no second person of them."""

from partnership.fields.phone import e164
from partnership.people.models import User
from partnership.people.own.residents import residents_of
from partnership.places.models import Address, Partnership
from written.names import first_and_last


def named_at(here: Partnership, *, name: str, address: Address) -> list[User]:
    """Return those of this first and last name whom rooms know at a stored address, the first known first."""
    wanted = first_and_last(name)
    living = [one for one in residents_of([address]) if one.partnership_id == here.pk and one.is_active]
    return sorted((one for one in living if first_and_last(one.name) == wanted), key=lambda one: one.pk)


def known_without_mailbox(here: Partnership, *, name: str, phone: str, address: int | None) -> User | None:
    """Return the person without a mailbox who has this name and this telephone number, or this name and this postal
    address (its id) and no other telephone number. None if there is none, or if it may be one of two.

    Whoever is recognised keeps the telephone number that they have, or none: anybody can hand in a paper with a name,
    an address and a telephone of their own, and a code by text message goes to that number.
    """
    number = e164(phone, here.country)
    named = User.objects.filter(partnership=here, email=None, is_active=True, name__iexact=name)
    numbers = {one: e164(one.phone, here.country) for one in named.select_related("postal_address")}
    same = [one for one, theirs in numbers.items() if number and theirs == number]
    at_home = [
        one
        for one, theirs in numbers.items()
        if address and _postal_address_of(one) == address and not (number and theirs)
    ]
    found = same or at_home
    return found[0] if len(found) == 1 else None


def _postal_address_of(person: User) -> int | None:
    found = getattr(person, "postal_address", None)
    return found.address_id if found else None
