"""Writing the local address register from the rows that a reader yields."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from partnership.fields.lines import LineError
from partnership.places.finding_areas import AreaFinder
from partnership.places.models import Address, Area, Household, Partnership
from partnership.places.plausible import far_away, strange_number
from partnership.places.readers.addresses import AddressRow, EndedRow, Read
from partnership.refusals import Refused

BATCH = 2_000
ERRORS_KEPT = 1_000
# More addresses than this do not end between two imports, unless a file is cut or means something else.
MOST_CLOSED, SHARE_CLOSED = 20, 0.05
FIELDS = ["area_id", "street", "number", "floor_door", "postcode", "town", "latitude", "longitude", "is_closed"]
LABEL = ["street", "number", "floor_door", "postcode"]


@dataclass
class AddressesWritten:
    """The result of an import: counts, the first thousand errors, and whether anything was written."""

    new: int = 0
    changed: int = 0
    same: int = 0
    closed: int = 0
    bad: int = 0
    errors: list[LineError] = field(default_factory=list)

    @property
    def good(self) -> int:
        """How many lines of the file were addresses."""
        return self.new + self.changed + self.same

    def keep(self, error: LineError) -> None:
        """Count a bad line; only the first errors are kept to be shown."""
        self.bad += 1
        if len(self.errors) < ERRORS_KEPT:
            self.errors.append(error)


@dataclass
class _Ids:
    """The identifiers of a file: of the addresses in force, and of those that have ended."""

    current: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)


@transaction.atomic
def write_addresses(
    *,
    partnership: Partnership,
    rows: Iterable[Read],
    skip_bad: bool = False,
    is_whole: bool = False,
    may_close_many: bool = False,
) -> AddressesWritten:
    """Make or update addresses by their identifier in the register, in batches, all in one transaction.

    An error anywhere means that nothing is written, unless `skip_bad`. Addresses are never deleted, since households
    refer to them: those that have ended are closed. With `is_whole` so are those that the file does not hold.
    Refused: not_whole; closes_many, if more would be closed than end in some years, unless `may_close_many`.
    """
    finder = AreaFinder(Area.objects.filter(partnership=partnership))
    written, ids = AddressesWritten(), _Ids()
    placed = _placed(rows, partnership, finder, written, ids)
    while batch := list(islice(placed, BATCH)):
        if skip_bad or not written.bad:
            _write(partnership, batch, written)
    if not (ids.current or ids.ended or written.bad):
        written.keep(LineError(0, _("There are no addresses in the file.")))
    if written.bad and not skip_bad:
        transaction.set_rollback(True)
        written.new = written.changed = written.same = 0
        return written
    closing = is_whole and not written.bad
    _close(partnership, ids, written, is_whole=closing, may_close_many=may_close_many)
    if written.changed or written.closed:
        _households_follow(partnership)
    return written


def _placed(
    rows: Iterable[Read], partnership: Partnership, finder: AreaFinder, written: AddressesWritten, ids: _Ids
) -> Iterator[tuple[AddressRow, Area]]:
    for row in rows:
        if isinstance(row, EndedRow):
            ids.ended.add(row.register_id)
            continue
        found = row if isinstance(row, LineError) else _implausible(row, partnership) or finder.find(row)
        if isinstance(found, LineError):
            written.keep(found)
        elif isinstance(row, AddressRow):
            ids.current.add(row.register_id)
            yield row, found


def _implausible(row: AddressRow, partnership: Partnership) -> LineError | None:
    said = strange_number(partnership, row.number, row.postcode)
    if not said and row.longitude is not None and row.latitude is not None:
        said = far_away(partnership, row.longitude, row.latitude)
    return LineError(row.line, said) if said else None


def _write(partnership: Partnership, batch: list[tuple[AddressRow, Area]], written: AddressesWritten) -> None:
    ids = [row.register_id for row, _area in batch]
    of_ours = Address.objects.filter(partnership=partnership, register_id__in=ids)
    stored = {register_id: values for register_id, *values in of_ours.values_list("register_id", *FIELDS)}
    wanted = [_address(partnership, row, area) for row, area in batch]
    differing = [one for one in wanted if [getattr(one, name) for name in FIELDS] != stored.get(one.register_id)]
    Address.objects.bulk_create(
        differing,
        update_conflicts=True,
        unique_fields=["partnership", "register_id"],
        update_fields=["area", *FIELDS[1:]],
    )
    new = sum(1 for one in differing if one.register_id not in stored)
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


def _close(
    partnership: Partnership, ids: _Ids, written: AddressesWritten, *, is_whole: bool, may_close_many: bool
) -> None:
    """Close the addresses that have ended. A household moves to the current address of the same door, if the register
    has given the door a new identifier, or staff typed it before the register knew it.
    """
    offered = Address.objects.filter(partnership=partnership).offered()
    held = dict(offered.values_list("pk", "register_id"))
    gone = {pk for pk, name in held.items() if name in ids.ended or (is_whole and name not in ids.current)}
    if is_whole and 2 * len(gone) > len(held):
        words = _("More than half of the addresses are not in the file, so it is not the whole register.")
        raise Refused("not_whole", words)
    if len(gone) > max(MOST_CLOSED, len(held) * SHARE_CLOSED) and not may_close_many:
        words = _(
            "%(closed)d of the %(held)d addresses would be closed, and nobody could join from there. Look whether the "
            "file is whole, and of the right kind. If it is right, import it with --close-many."
        )
        raise Refused("closes_many", words % {"closed": len(gone), "held": len(held)})
    doors: dict[tuple[str, ...], dict[int, bool]] = defaultdict(dict)
    in_use = Address.objects.filter(partnership=partnership).filter(Q(is_closed=False) | Q(household__isnull=False))
    for pk, register_id, *label in in_use.order_by("pk").values_list("pk", "register_id", *LABEL):
        doors[tuple(part.casefold() for part in label)][pk] = register_id in ids.current
    for same in doors.values():
        heirs = [pk for pk, is_current in same.items() if is_current]
        for former in same.keys() - heirs if heirs else ():
            gone.add(former)
            if not Household.objects.filter(address=heirs[-1]).exists():
                Household.objects.filter(address=former).update(address=heirs[-1])
    written.closed = Address.objects.filter(pk__in=gone, is_closed=False).update(is_closed=True)


def _households_follow(partnership: Partnership) -> None:
    """Move households along with addresses whose area has changed."""
    strayed = Household.objects.filter(partnership=partnership).exclude(area=F("address__area"))
    strayed.update(area=Subquery(Address.objects.filter(pk=OuterRef("address_id")).values("area_id")[:1]))
