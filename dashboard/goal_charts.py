"""The charts of the progress page, each with a sentence and a table."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from charts.columns import Bracket, ColumnChart, Datum, column_chart
from charts.lines import Line, LineChart, PointLabel, line_chart, round_levels
from dashboard.kpis import LAW_CHANGE, Verdict, target_path
from dashboard.models import Goal, rounded
from figures.models import YearlyCount
from figures.quarters import Quarter, span
from figures.series import Series
from partnership.fields.printed_numbers import grouped
from partnership.places.about import Remark

# More, and their values collide on a phone: 23 px hold two digits, 29 px hold three.
MOST_COLUMNS, MOST_WIDE_COLUMNS = 14, 11


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with the same content in words and numbers."""

    slug: str
    title: str
    sentence: str
    drawing: ColumnChart | LineChart
    head: list[str]
    rows: list[list[str]]
    legend: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def table_rows(self) -> SafeString:
        """Return the rows of the table as HTML."""
        return SafeString("\n".join(_table_row(*row) for row in self.rows))


def _table_row(name: str, *cells: str) -> str:
    drawn = "".join(f'<td class="number">{escape(cell)}</td>' for cell in cells)
    return f'<tr><th scope="row">{escape(name)}</th>{drawn}</tr>'


def count_or_unknown(count: int | None) -> str:
    """Return a count for the table; an unknown one is never shown as zero."""
    return _("unknown") if count is None else grouped(count)


def columns_that_fit(counts: Sequence[int | None]) -> int:
    """Return how many of the newest columns can print their values side by side."""
    newest = counts[-MOST_COLUMNS:]
    collide = any(min(one or 0, other or 0) >= 100 for one, other in pairwise(newest))
    return MOST_WIDE_COLUMNS if collide else MOST_COLUMNS


def quarters_chart(series: Series, goal: Goal | None, name: str) -> Chart | None:
    """Draw burglaries per quarter: as many of the newest quarters as fit. The table holds all of them."""
    last = series.last
    if last is None:
        return None
    known = [quarter for quarter in series.counts if quarter <= last]
    totals = dict(series.rolling())
    quarters = known[-columns_that_fit([series.counts[quarter] for quarter in known]) :]
    baseline = goal.baseline_quarters if goal else []
    data = [
        Datum(
            quarter.short_label,
            series.counts[quarter],
            "?" if series.counts[quarter] is None else grouped(series.counts[quarter] or 0),
            str(quarter.year),
            _kind(quarter, last, baseline),
        )
        for quarter in quarters
    ]
    return Chart(
        "quarters",
        _("Reported burglaries per quarter, %(name)s") % {"name": name},
        _("The fourth quarter is the dark season and usually the highest: compare it with other fourth quarters."),
        column_chart(data, _brackets(series, quarters, goal)),
        [_("Quarter"), _("Burglaries"), _("Four quarters together")],
        [
            [quarter.label, count_or_unknown(series.counts[quarter]), count_or_unknown(totals.get(quarter))]
            for quarter in reversed(series.counts)
        ],
    )


def _kind(quarter: Quarter, last: Quarter, baseline: Sequence[Quarter]) -> str:
    if last.since(quarter) < 4:
        return "now"
    return "baseline" if quarter in baseline else "plain"


def _brackets(series: Series, quarters: Sequence[Quarter], goal: Goal | None) -> list[Bracket]:
    """Put a bracket under the baseline if all of it is drawn, and under the newest four quarters if all are known."""
    found = []
    if goal and all(quarter in quarters for quarter in goal.baseline_quarters):
        first, last = (quarters.index(quarter) for quarter in (goal.baseline_quarters[0], goal.baseline_quarters[-1]))
        found.append(Bracket(first, last, _("Baseline: %(count)s") % {"count": grouped(goal.baseline)}, "baseline"))
    total = series.four_quarters(quarters[-1])
    if total is not None and len(quarters) >= 4:
        label = _("Newest: %(count)s") % {"count": grouped(total)}
        found.append(Bracket(len(quarters) - 4, len(quarters) - 1, label, "now"))
    return found


def path_chart(series: Series, verdict: Verdict, sentence: str, name: str) -> Chart | None:
    """Draw the sum of four quarters, quarter by quarter, against the path from the baseline to the target."""
    goal, rolling = verdict.goal, series.rolling()
    if verdict.window is None or verdict.path is None:
        return None
    first, last = rolling[0][0], max(goal.last_quarter, verdict.window.last)
    way = span(goal.first_quarter, goal.last_quarter)
    counted = [(quarter.since(first), float(total)) for quarter, total in rolling]
    to_target = target_path(goal, *way)
    path = [(quarter.since(first), count) for quarter, count in zip(way, to_target, strict=True)]
    now = verdict.window.last.since(first)
    highest = max(value for _, value in counted)
    lines = [
        Line("path", "path", path, _path_labels(goal, now, verdict.path, path)),
        Line("area", "area", counted, [PointLabel(now, verdict.window.count, grouped(verdict.window.count))]),
    ]
    totals, on_path = dict(rolling), dict(zip(way, to_target, strict=True))
    return Chart(
        "path",
        _("Four quarters together against the target, %(name)s") % {"name": name},
        sentence,
        _over_the_years(lines, first, last, round_levels(highest)),
        [_("Four quarters up to"), _("Burglaries"), _("The path to the target")],
        [
            [
                quarter.label,
                count_or_unknown(totals[quarter]) if quarter in totals else "–",
                grouped(rounded(on_path[quarter])) if quarter in on_path else "–",
            ]
            for quarter in reversed(span(first, last))
        ],
        [("area", _("Reported burglaries")), ("path", _("The path to the target"))],
    )


def _path_labels(goal: Goal, now: int, here: int, path: Sequence[tuple[int, float]]) -> list[PointLabel]:
    (start, baseline), (end, target) = path[0], path[-1]
    labels = [
        PointLabel(start, baseline, grouped(goal.baseline), "end", below=True),
        PointLabel(end, target, _("Target %(count)s") % {"count": grouped(goal.target)}, "end", below=True),
    ]
    # Near either end the texts would overlap.
    if start + 2 < now < end - 2:
        labels.append(PointLabel(now, here, grouped(here), below=True))
    return labels


def _over_the_years(lines: list[Line], first: Quarter, last: Quarter, levels: Sequence[int]) -> LineChart:
    return line_chart(
        lines,
        steps=last.since(first),
        ticks=_years(first, last),
        levels=[(level, grouped(level)) for level in levels],
        breaks=_law_change(first, last),
    )


def _years(first: Quarter, last: Quarter) -> list[tuple[float, str]]:
    """Return a tick at the first quarter of every third year, since more do not fit on a phone."""
    starts = [quarter for quarter in span(first, last) if quarter.number == 1 and quarter.since(first) > 0]
    return [(quarter.since(first), str(quarter.year)) for quarter in starts[::3]]


def _law_change(first: Quarter, last: Quarter) -> list[tuple[float, str]]:
    if not first < LAW_CHANGE <= last:
        return []
    return [(LAW_CHANGE.since(first) - 0.5, _("Law change 2018"))]


def country_chart(series: Series, country: Series, goal: Goal, words: str, name: str) -> Chart:
    """Draw the area and the rest of the country, both as an index of 100 in the baseline."""
    rows = _indexed(series, country, goal)
    first, last = rows[0][0], rows[-1][0]
    here = [(quarter.since(first), area) for quarter, area, _others in rows]
    others = [(quarter.since(first), other) for quarter, _area, other in rows]
    higher = "area" if here[-1][1] >= others[-1][1] else "country"
    rest = _("The rest of the country")
    lines = [
        Line(name, kind, points, [_end_label(points, below=kind != higher)])
        for kind, points in (("country", others), ("area", here))
    ]
    return Chart(
        "country",
        _("%(name)s and the rest of the country, baseline = 100") % {"name": name},
        words,
        _over_the_years(lines, first, last, (100, 200)),
        [_("Four quarters up to"), name, rest],
        [[quarter.label, grouped(rounded(area)), grouped(rounded(other))] for quarter, area, other in reversed(rows)],
        [("area", name), ("country", rest)],
    )


def _indexed(series: Series, country: Series, goal: Goal) -> list[tuple[Quarter, float, float]]:
    """Return (quarter, area, rest of the country), four quarters together, where the baseline is 100."""
    totals, here = dict(country.rolling()), series.rolling()
    others = {quarter: totals[quarter] - count for quarter, count in here if quarter in totals}
    whole = country.total(goal.baseline_quarters) or 0
    others_base = float((whole - (goal.baseline_count or 0)) / goal.baseline_years)
    base = float(goal.baseline_a_year)
    return [
        (quarter, 100 * count / base, 100 * others[quarter] / others_base)
        for quarter, count in here
        if quarter in others
    ]


def _end_label(points: Sequence[tuple[int, float]], *, below: bool) -> PointLabel:
    step, value = points[-1]
    return PointLabel(step, value, grouped(rounded(value)), "end", below=below)


def yearly_chart(rows: Sequence[YearlyCount], name: str, remarks: list[Remark]) -> Chart | None:
    """Draw the newest years of a yearly series, with what the profile says about it."""
    if not rows:
        return None
    newest = rows[-columns_that_fit([row.count for row in rows]) :]
    # A year has four digits, and on a phone a column is wide enough for two.
    data = [Datum(f"{row.year % 100:02d}", row.count, grouped(row.count)) for row in newest]
    return Chart(
        "years",
        _("Reported burglaries per year, %(name)s") % {"name": name},
        _("All burglary in dwellings, cellars and attics included."),
        column_chart(data),
        [_("Year"), _("Burglaries")],
        [[str(row.year), grouped(row.count)] for row in reversed(rows)],
        remarks=remarks,
    )
