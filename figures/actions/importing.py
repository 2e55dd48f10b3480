"""Imports figures: one file, one transaction, everything or nothing."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext as _

from figures.completeness import StatbankRequest
from figures.models import BurglaryCount, Import
from figures.other_years import refuse_other_years
from figures.quarters import Quarter
from figures.reading import Reading, Row
from figures.straf11 import read
from partnership import clock
from partnership.fields.lines import LineError
from partnership.refusals import Refused

STRAF11 = "Danmarks Statistik, STRAF11"
IMPORTING_LOCK = 7_730_1320  # one import of figures at a time; the number means nothing
MOST_ERRORS_SHOWN = 20


class BadFile(Refused):
    """A file of figures with at least one error; nothing of it was imported."""

    def __init__(self, errors: list[LineError]) -> None:
        shown = [str(error) for error in errors[:MOST_ERRORS_SHOWN]]
        left = len(errors) - len(shown)
        more = [_("and %(count)d more") % {"count": left}] if left else []
        heading = _("Nothing was imported. Correct this, or fetch the file again:")
        super().__init__("bad_file", "\n".join([heading, *shown, *more]))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did. `unchanged` means that every figure was stored already, and no row was written.

    `summary` says what the file holds. Of its rows, `shown` are shown now; `older` are kept behind newer figures.
    """

    record: Import | None
    rows: int
    new: int = 0
    revised: int = 0
    summary: str = ""
    shown: int = 0
    older: int = 0

    @property
    def unchanged(self) -> bool:
        """Whether the file held nothing new, so that no import was stored."""
        return self.record is None


def import_straf11(
    data: bytes,
    *,
    fetched_at: dt.datetime,
    now: dt.datetime,
    request: StatbankRequest | None = None,
    source: str = STRAF11,
    is_sure: bool = False,
) -> Outcome:
    """Import a file of STRAF11 in any of its formats. Older figures stay, under their own import. A file that changes
    nothing makes no row. Raises BadFile, or Refused: fetched_later if it would be fetched after `now`; other_years if
    its figures are stored under other years, unless somebody `is_sure` that they are right.
    """
    if fetched_at > now:
        raise Refused("fetched_later", _("The file cannot have been fetched later than today. Correct the day."))
    newest = Quarter.ended_by(clock.local(fetched_at).date())
    reading = read(data, request=request, newest=newest)
    if reading.errors:
        raise BadFile(reading.errors)
    with transaction.atomic():
        _one_at_a_time()
        if not is_sure:
            refuse_other_years(reading.rows)
        return _write(reading, data, source=source, fetched_at=fetched_at, now=now)


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORTING_LOCK])


def _write(reading: Reading, data: bytes, *, source: str, fetched_at: dt.datetime, now: dt.datetime) -> Outcome:
    stored = {
        (count.area_code, count.offence, count.quarter): count
        for count in BurglaryCount.objects.filter(area_code__in={row.area for row in reading.rows})
        .current()
        .select_related("from_import")
    }
    differing = [row for row in reading.rows if _key(row) not in stored or _differs(row, stored[_key(row)])]
    if not differing:
        return Outcome(None, len(reading.rows), summary=reading.summary)
    older = {key for key, count in stored.items() if count.from_import.fetched_at > fetched_at}
    replaced = [stored[_key(row)] for row in reading.rows if _key(row) in stored and _key(row) not in older]
    new = sum(_key(row) not in stored for row in reading.rows)
    revised = sum(_key(row) in stored and _key(row) not in older for row in differing)
    shown = len(replaced) + new
    record = Import.objects.create(
        source=source,
        format=reading.format,
        sha256=hashlib.sha256(data).hexdigest(),
        fetched_at=fetched_at,
        imported_at=now,
        replaces_id=max((count.from_import_id for count in replaced), default=None),
        rows=len(reading.rows),
        revised=revised,
    )
    BurglaryCount.objects.bulk_create([_count(record, row) for row in reading.rows], batch_size=1000)
    return Outcome(record, len(reading.rows), new, revised, reading.summary, shown, len(reading.rows) - shown)


def _key(row: Row) -> tuple[str, str, str]:
    return row.area, row.offence, str(row.quarter)


def _differs(row: Row, stored: BurglaryCount) -> bool:
    return (row.count, row.preliminary) != (stored.count, stored.preliminary)


def _count(record: Import, row: Row) -> BurglaryCount:
    return BurglaryCount(
        from_import=record,
        area_code=row.area,
        offence=row.offence,
        quarter=str(row.quarter),
        count=row.count,
        preliminary=row.preliminary,
    )
