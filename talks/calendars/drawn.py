"""A month of free evenings as HTML, in Python: a template takes a dozen steps for each day, and the page of talks 1.17
times the processor time (benchmarks/RESULTS.md, "Drawing that pays rent").
"""

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from partnership.web.months import Day, Month
from talks.models import Slot

HEAD = '<th scope="col"><span aria-hidden="true">{}</span><span class="sr-only">{}</span></th>'


def days(month: Month[Slot]) -> SafeString:
    """Return the head and the weeks of a month, Mondays first."""
    head = format_html_join("\n", HEAD, ((WEEKDAYS_ABBR[number], WEEKDAYS[number]) for number in range(7)))
    weeks = format_html_join("\n", "<tr>{}</tr>", ((SafeString("".join(map(_cell, week))),) for week in month.weeks))
    return format_html("<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>", head, weeks)


def _cell(day: Day) -> str:
    if day.on is None:
        return "<td></td>"
    if not day.free:
        return f"<td>{day.on.day}</td>"
    words = ngettext("%(free)s free evening", "%(free)s free evenings", day.free) % {"free": day.free}
    words = f'{day.on.day}<span class="sr-only">, {escape(words)}</span>'
    return f'<td><a href="#day-{day.on.isoformat()}">{words}</a></td>'
