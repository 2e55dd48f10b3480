"""Writing local areas that a reader has read."""

from dataclasses import dataclass
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from geography.shapes import Shape
from partnership.places.models import Area, Partnership
from partnership.places.plausible import far_away
from partnership.places.readers.areas import AreaRow
from partnership.refusals import Refused
from written.streets import folded


@dataclass(frozen=True)
class AreasWritten:
    new: int
    changed: int
    same: int


@transaction.atomic
def write_areas(*, partnership: Partnership, rows: list[AreaRow]) -> AreasWritten:
    """Make or update the areas by code. Areas are never deleted, since addresses and figures refer to them.

    A file without outlines or homes leaves the stored ones, made-up homes never replace counted ones, and a stored
    point stays while it lies inside the new outline. Refused: shared_slug or shared_name, if two areas would
    share a page or a name; far_away, if one is not near the partnership.
    """
    _refuse_far_away(partnership, rows)
    stored = {area.code: area for area in Area.objects.select_for_update().filter(partnership=partnership)}
    _refuse_shared_slugs(stored, rows)
    _refuse_shared_names(stored, rows)
    new = [_fill(Area(partnership=partnership, code=row.code), row) for row in rows if row.code not in stored]
    changed = []
    for row in (row for row in rows if row.code in stored):
        area = stored[row.code]
        before = _values(area)
        if _values(_fill(area, row)) != before:
            changed.append(area)
    Area.objects.bulk_create(new)
    Area.objects.bulk_update(changed, FIELDS)
    return AreasWritten(len(new), len(changed), len(rows) - len(new) - len(changed))


FIELDS = ["name", "slug", "latitude", "longitude", "boundary", "homes", "homes_made_up"]


def _values(area: Area) -> list[object]:
    return [getattr(area, name) for name in FIELDS]


def _fill(area: Area, row: AreaRow) -> Area:
    area.name, area.slug = row.name, area.slug or row.slug
    if not _keeps_its_point(area, row):
        area.latitude, area.longitude = row.latitude, row.longitude
    area.boundary = row.boundary or area.boundary
    counted = area.homes is not None and not area.homes_made_up
    if row.homes is not None and not (row.homes_made_up and counted):
        area.homes, area.homes_made_up = row.homes, row.homes_made_up
    return area


def _keeps_its_point(area: Area, row: AreaRow) -> bool:
    if area.pk is None:
        return False
    outline = row.boundary or area.boundary
    if outline is None:
        return False
    return Shape(outline).holds(area.longitude, area.latitude)


def _refuse_far_away(partnership: Partnership, rows: list[AreaRow]) -> None:
    found = []
    for row in rows:
        corners = Shape(row.boundary).corners() if row.boundary else []
        said = (far_away(partnership, *point) for point in [(row.longitude, row.latitude), *corners])
        found += [str(row.wrong(f"{row.name} ({row.code}): {words}.")) for words in islice(filter(None, said), 1)]
    if found:
        raise Refused("far_away", "\n".join(found))


def _refuse_shared_slugs(stored: dict[str, Area], rows: list[AreaRow]) -> None:
    codes = {area.slug: code for code, area in stored.items()}
    for row in rows:
        slug = stored[row.code].slug if row.code in stored else row.slug
        if codes.setdefault(slug, row.code) != row.code:
            words = _("%(name)s (%(code)s) and %(other)s would both be called %(slug)s. Give one of them another name.")
            told = {"name": row.name, "code": row.code, "other": codes[slug], "slug": slug}
            raise Refused("shared_slug", str(row.wrong(words % told)))


def _refuse_shared_names(stored: dict[str, Area], rows: list[AreaRow]) -> None:
    """Refuse two areas of one name, which nobody could tell apart in a list."""
    read = {row.code for row in rows}
    codes = {folded(area.name): code for code, area in stored.items() if code not in read}
    for row in rows:
        if codes.setdefault(folded(row.name), row.code) != row.code:
            words = _("%(name)s (%(code)s) has the same name as %(other)s. Give one of them another name.")
            told = {"name": row.name, "code": row.code, "other": codes[folded(row.name)]}
            raise Refused("shared_name", str(row.wrong(words % told)))
