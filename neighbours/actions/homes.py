"""The homes of helpers: made when the first of them joins, deleted when the last has left."""

from collections.abc import Collection

from partnership.places.models import Address, Household
from partnership.places.typed_addresses import stored


def household_at(address: Address) -> Household:
    """Return the household at an address, made if it is new."""
    address = stored(address)
    household, _made = Household.objects.get_or_create(
        address=address, defaults={"partnership_id": address.partnership_id, "area_id": address.area_id}
    )
    return household


def delete_empty_homes(homes: Collection[int]) -> None:
    """Delete those of these households that no helper is in, with an address that only staff have typed."""
    empty = Household.objects.filter(pk__in=homes, helpers__isnull=True)
    typed = list(empty.filter(address__register_id__startswith=Address.TYPED).values_list("address", flat=True))
    empty.delete()
    Address.objects.filter(pk__in=typed, postal_addresses=None).delete()
