"""The small files that come with the portal, so that a fresh clone shows the real figures."""

import datetime as dt
import hashlib
import json

from django.db import transaction

from figures.actions.importing import BadFile, import_straf11
from figures.areas import DATA
from figures.models import Import, YearlyCount
from figures.yearly import read_yearly

STRAF11_FILE = "straf11_1320_2016K1_2025K4.csv"
# Each yearly series here, with its source and the day when it was copied.
YEARLY_FILES = "yearly.json"
# When the StatBank had last updated the table that the file was taken from. Any later import is newer.
STRAF11_FETCHED_AT = dt.datetime(2026, 2, 12, 7, 0, tzinfo=dt.UTC)


def load_shipped(*, now: dt.datetime) -> None:
    """Load the figures in `data` once. A second call writes nothing."""
    data = (DATA / STRAF11_FILE).read_bytes()
    if not _was_loaded(data):
        import_straf11(data, fetched_at=STRAF11_FETCHED_AT, now=now)
    for name, known in json.loads((DATA / YEARLY_FILES).read_text()).items():
        fetched_at = dt.datetime.fromisoformat(known["fetched_at"])
        load_yearly((DATA / name).read_bytes(), source=known["source"], fetched_at=fetched_at, now=now)


@transaction.atomic
def load_yearly(data: bytes, *, source: str, fetched_at: dt.datetime, now: dt.datetime) -> Import | None:
    """Load a yearly series in the project's own shape; None when this very file was loaded before. Raises BadFile."""
    if _was_loaded(data):
        return None
    rows, errors = read_yearly(data)
    if errors:
        raise BadFile(errors)
    record = Import.objects.create(
        source=source,
        format="yearly",
        sha256=hashlib.sha256(data).hexdigest(),
        fetched_at=fetched_at,
        imported_at=now,
        rows=len(rows),
    )
    YearlyCount.objects.bulk_create(
        YearlyCount(
            from_import=record,
            area_code=row.area,
            series=row.series,
            year=row.year,
            count=row.count,
            preliminary=row.preliminary,
        )
        for row in rows
    )
    return record


def _was_loaded(data: bytes) -> bool:
    return Import.objects.filter(sha256=hashlib.sha256(data).hexdigest()).exists()
