"""The public figures as CSV lines: English column names, codes and ISO dates."""

from collections.abc import Iterator

from dashboard.progress import Progress
from figures.models import BurglaryCount
from figures.quarters import Quarter

HEAD = ("area", "definition", "period", "count", "preliminary", "source", "licence", "fetched_on")
QUARTERLY = "Reported burglaries in dwellings, STRAF11 offence 1320"
YEARLY = "Reported burglaries in dwellings, cellars and attics included (Brå)"
LICENCES = {QUARTERLY: "CC BY 4.0", YEARLY: "free with the source named"}


def lines(progress: Progress) -> Iterator[tuple[str, ...]]:
    """Return the header and one line for each count. An unknown count is empty, never zero."""
    yield HEAD
    codes = [progress.series.area_code, progress.country.area_code]
    rows = BurglaryCount.objects.filter(area_code__in=codes, offence=progress.series.offence).current()
    last = Quarter.ended_by(progress.on)
    for row in rows.select_related("from_import"):
        if progress.series.counts and Quarter.parse(row.quarter) <= last:
            yield _line(row, QUARTERLY, row.quarter)
    for year in progress.years:
        yield _line(year, YEARLY, str(year.year))


def _line(row, definition: str, period: str) -> tuple[str, ...]:
    return (
        row.area_code,
        definition,
        period,
        "" if row.count is None else str(row.count),
        "yes" if row.preliminary else "no",
        row.from_import.source,
        LICENCES[definition],
        row.from_import.fetched_at.date().isoformat(),
    )
