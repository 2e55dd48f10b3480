"""The public figures as CSV lines: English column names, codes and ISO dates."""

from collections.abc import Iterator

from django.utils.translation import get_language, gettext_noop, pgettext
from django.utils.translation import gettext as _

from dashboard.progress import Progress
from figures.areas import areas
from figures.models import BurglaryCount
from figures.quarters import Quarter
from partnership.fields.names import inert

HEAD = ("area", "definition", "period", "count", "preliminary", "source", "licence", "fetched_on")
QUARTERLY = gettext_noop("Reported burglaries in dwellings, STRAF11 offence 1320")
YEARLY = gettext_noop("Reported burglaries in dwellings, cellars and attics included (Brå)")
LICENCES = {QUARTERLY: "CC BY 4.0", YEARLY: gettext_noop("free with the source named")}


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


def lines_for_excel(progress: Progress) -> Iterator[tuple[str, ...]]:
    """Return the same with the area's name for its code, and words in the reader's language."""
    yield (_("Area name"), _("Definition"), _("Period"), _("Burglaries"), _("Preliminary"), _("Source"), _("Licence"),
           _("Fetched on"))  # fmt: skip
    for code, definition, period, count, preliminary, source, licence, fetched_on in list(lines(progress))[1:]:
        is_preliminary = _("yes") if preliminary == "yes" else _("no")
        named = period.replace("K", pgettext("quarter", "Q"))
        yield (_name(code, progress), _(definition), named, count, is_preliminary, source, _(licence),
               fetched_on)  # fmt: skip


def _name(code: str, progress: Progress) -> str:
    area = areas().get(code)
    return inert(area.name(get_language() or "da") if area else progress.name)


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
