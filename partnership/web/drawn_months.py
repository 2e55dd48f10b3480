"""A month with free days as HTML, in Python: a template takes a dozen steps for each day, and the page of talks 1.17
times the processor time (benchmarks/RESULTS.md, "Drawing that pays rent").
"""

from collections.abc import Callable
from typing import Any

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from partnership.web.months import Day, Month

HEAD = '<th scope="col"><span aria-hidden="true">{}</span><span class="sr-only">{}</span></th>'


def days(month: Month[Any], free_in_words: Callable[[int], str]) -> SafeString:
    """Return the head and the weeks of a month, Mondays first; a day with something free leads to it in the list."""
    head = format_html_join("\n", HEAD, ((WEEKDAYS_ABBR[number], WEEKDAYS[number]) for number in range(7)))
    cells = (SafeString("".join(_cell(day, free_in_words) for day in week)) for week in month.weeks)
    weeks = format_html_join("\n", "<tr>{}</tr>", ((week,) for week in cells))
    return format_html("<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>", head, weeks)


def _cell(day: Day, free_in_words: Callable[[int], str]) -> str:
    if day.on is None:
        return "<td></td>"
    if not day.free:
        return f"<td>{day.on.day}</td>"
    words = f'{day.on.day}<span class="sr-only">, {escape(free_in_words(day.free))}</span>'
    return f'<td><a href="#day-{day.on.isoformat()}">{words}</a></td>'
