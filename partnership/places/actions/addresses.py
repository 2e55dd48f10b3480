"""Writing the local address register from the rows that a reader yields."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from partnership.fields.lines import LineError
from partnership.places.finding_areas import AreaFinder
from partnership.places.models import Address, Area, Household, Partnership
from partnership.places.readers.addresses import AddressRow, Read

BATCH = 2_000
ERRORS_KEPT = 1_000
FIELDS = ["area_id", "street", "number", "floor_door", "postcode", "town", "latitude", "longitude"]


@dataclass
class AddressesWritten:
    """The result of an import: counts, the first thousand errors, and whether anything was written."""

    new: int = 0
    changed: int = 0
    same: int = 0
    bad: int = 0
    errors: list[LineError] = field(default_factory=list)

    @property
    def good(self) -> int:
        return self.new + self.changed + self.same

    def note(self, error: LineError) -> None:
        self.bad += 1
        if len(self.errors) < ERRORS_KEPT:
            self.errors.append(error)


@transaction.atomic
def write_addresses(*, partnership: Partnership, rows: Iterable[Read], skip_bad: bool = False) -> AddressesWritten:
    """Make or update addresses by their identifier in the register, in batches, all in one transaction.

    An error anywhere means that nothing is written, unless `skip_bad`. Addresses are never deleted: households refer to
    them.
    """
    finder = AreaFinder(Area.objects.filter(partnership=partnership))
    written = AddressesWritten()
    placed = _placed(rows, finder, written)
    while batch := list(islice(placed, BATCH)):
        if skip_bad or not written.bad:
            _write(partnership, batch, written)
    if written.bad and not skip_bad:
        transaction.set_rollback(True)
        written.new = written.changed = written.same = 0
    elif written.changed:
        _households_follow(partnership)
    return written


def _placed(rows: Iterable[Read], finder: AreaFinder, written: AddressesWritten) -> Iterator[tuple[AddressRow, Area]]:
    for row in rows:
        if isinstance(row, LineError):
            written.note(row)
            continue
        found = finder.find(row)
        if isinstance(found, LineError):
            written.note(found)
        else:
            yield row, found


def _write(partnership: Partnership, batch: list[tuple[AddressRow, Area]], written: AddressesWritten) -> None:
    ids = [row.register_id for row, _area in batch]
    of_ours = Address.objects.filter(partnership=partnership, register_id__in=ids)
    held = {register_id: values for register_id, *values in of_ours.values_list("register_id", *FIELDS)}
    wanted = [_address(partnership, row, area) for row, area in batch]
    differing = [one for one in wanted if [getattr(one, name) for name in FIELDS] != held.get(one.register_id)]
    Address.objects.bulk_create(
        differing,
        update_conflicts=True,
        unique_fields=["partnership", "register_id"],
        update_fields=["area", *FIELDS[1:]],
    )
    new = sum(1 for one in differing if one.register_id not in held)
    written.new += new
    written.changed += len(differing) - new
    written.same += len(wanted) - len(differing)


def _address(partnership: Partnership, row: AddressRow, area: Area) -> Address:
    return Address(
        partnership=partnership,
        area=area,
        register_id=row.register_id,
        street=row.street,
        number=row.number,
        floor_door=row.floor_door,
        postcode=row.postcode,
        town=row.town,
        latitude=row.latitude,
        longitude=row.longitude,
    )


def _households_follow(partnership: Partnership) -> None:
    """Move households along with addresses whose area has changed."""
    strayed = Household.objects.filter(partnership=partnership).exclude(area=F("address__area"))
    strayed.update(area=Subquery(Address.objects.filter(pk=OuterRef("address_id")).values("area_id")[:1]))
