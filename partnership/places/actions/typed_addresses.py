"""Storing addresses that staff have typed, and deleting those that nobody needs any more."""

from collections.abc import Callable, Collection

from partnership.places.models import Address, AddressQuerySet
from partnership.registers import Register

# What else of rooms above needs an address that nobody lives at: each function returns the ids.
needed_elsewhere: Register[Callable[[], Collection[int]]] = Register("needs of typed addresses")


def stored(address: Address) -> Address:
    """Return a stored address: one that was typed is stored unless the same is there already."""
    if address.pk is not None:
        return address
    alike = {f"{name}__iexact": getattr(address, name) for name in ("street", "number", "floor_door", "postcode")}
    same = Address.objects.filter(partnership=address.partnership, is_closed=False, **alike).first()
    if same is None:
        address.save(force_insert=True)
    return same or address


def unused() -> AddressQuerySet:
    """Return the addresses that staff have typed, and that nobody lives at or gets letters at any more."""
    needed = {pk for find in needed_elsewhere for pk in find()}
    typed = Address.objects.filter(register_id__startswith=Address.TYPED, postal_addresses=None, household=None)
    return typed.exclude(pk__in=needed)


def delete_unused(addresses: Collection[int]) -> None:
    """Delete those of these addresses that staff have typed and nobody needs any more."""
    unused().filter(pk__in=addresses).delete()
