"""Recognises somebody who has no mailbox here, so that a second paper or call makes no second person of them."""

from partnership.fields.phone import e164
from partnership.people.models import User
from partnership.places.models import Partnership


def known_without_mailbox(here: Partnership, *, name: str, phone: str, address: int | None) -> User | None:
    """Return the person without a mailbox who has this name and this telephone number, or this name and this postal
    address (its id) and no other telephone number. None if there is none, or if two at one address have the name.
    """
    number = e164(phone, here.country)
    named = User.objects.filter(partnership=here, email=None, is_active=True, name__iexact=name)
    numbers = {one: e164(one.phone, here.country) for one in named.select_related("postal_address")}
    if number and (same := [one for one, theirs in numbers.items() if theirs == number]):
        return same[0]
    at_home = [
        one
        for one, theirs in numbers.items()
        if address and _postal_address_of(one) == address and not (number and theirs)
    ]
    return at_home[0] if len(at_home) == 1 else None


def _postal_address_of(person: User) -> int | None:
    found = getattr(person, "postal_address", None)
    return found.address_id if found else None
