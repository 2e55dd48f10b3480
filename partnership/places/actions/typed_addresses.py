"""Storing addresses that staff have typed, and deleting those that nobody needs any more."""

from collections.abc import Callable, Collection, Iterable

from django.db import transaction

from partnership.places.models import Address, AddressQuerySet
from partnership.registers import Register

# What else of rooms above needs an address that nobody lives at: each function returns the ids.
needed_elsewhere: Register[Callable[[], Collection[int]]] = Register("needs of typed addresses")


def stored(address: Address) -> Address:
    """Return a stored address: one that was typed is stored unless the same is there already. It is locked until the
    transaction ends, so that nobody deletes it meanwhile.
    """
    if address.pk is not None and not address.register_id.startswith(Address.TYPED):
        return address
    alike = {f"{name}__iexact": getattr(address, name) for name in ("street", "number", "floor_door", "postcode")}
    known = Address.objects.filter(partnership=address.partnership, is_closed=False, **alike)
    same = known.select_for_update(no_key=True).first()
    if same is None:
        address.save(force_insert=True)
    return same or address


def unused() -> AddressQuerySet:
    """Return the addresses that staff have typed, and that nobody lives at or gets letters at any more."""
    needed = {pk for find in needed_elsewhere for pk in find()}
    typed = Address.objects.filter(register_id__startswith=Address.TYPED, postal_addresses=None, household=None)
    return typed.exclude(pk__in=needed)


@transaction.atomic
def delete_unused(addresses: Iterable[int] | None = None) -> int:
    """Delete those of these addresses, or of all, that staff have typed and nobody needs any more; return how many.
    They are locked before it is asked who needs them: one that somebody is moving into stays.
    """
    found = unused() if addresses is None else unused().filter(pk__in=addresses)
    locked = Address.objects.filter(pk__in=found.values("pk")).select_for_update(skip_locked=True)
    return unused().filter(pk__in=[address.pk for address in locked.only("pk")]).delete()[0]
