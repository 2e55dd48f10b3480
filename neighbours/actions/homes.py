"""The homes of helpers: made when the first of them joins, deleted when the last has left."""

from collections.abc import Iterable

from django.db.models import QuerySet

from partnership.places.actions.typed_addresses import delete_unused, stored
from partnership.places.models import Address, Household


def household_at(address: Address) -> Household:
    """Return the household at an address, made if it is new, and locked: nobody deletes it before somebody is in it."""
    address = stored(address)
    household, _made = Household.objects.select_for_update(no_key=True).get_or_create(
        address=address, defaults={"partnership_id": address.partnership_id, "area_id": address.area_id}
    )
    return household


def empty_homes() -> QuerySet[Household]:
    """Return the households that no helper is in: whoever asks to join, and types another home in the same form or on a
    slip, leaves one behind, since to delete it at once would take longer than the answer to somebody new.
    """
    return Household.objects.filter(helpers__isnull=True)


def delete_homes_left_behind() -> int:
    """Delete these, and return how many."""
    return delete_empty_homes(empty_homes().values_list("pk", flat=True))


def delete_empty_homes(homes: Iterable[int]) -> int:
    """Delete those of these households that no helper is in, with an address that only staff have typed; return how
    many. They are locked before it is asked who is in them. One that somebody is moving into or out of waits for the
    night: whoever waited for its lock could wait for each other.
    """
    rows = Household.objects.filter(pk__in=homes).select_for_update(of=("self",), skip_locked=True)
    empty = empty_homes().filter(pk__in=list(rows.values_list("pk", flat=True)))
    found = list(empty.values_list("pk", "address"))
    Household.objects.filter(pk__in=[pk for pk, _address in found]).delete()
    delete_unused([address for _pk, address in found])
    return len(found)
