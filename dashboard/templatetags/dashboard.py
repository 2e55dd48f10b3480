"""Numbers and days as the reader's language writes them."""

import datetime as dt

from django import template
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from dashboard.charts import ColumnChart, DrawnLine
from partnership.fields.printed_numbers import decimal, grouped
from partnership.places.models import Partnership

register = template.Library()


@register.filter(name="grouped")
def grouped_filter(number: int | None) -> str:
    """15747 -> 15.747"""
    return "" if number is None else grouped(number)


@register.filter
def two_decimals(number: float | None) -> str:
    return "–" if number is None else decimal(number)


@register.filter
def day_in(moment: dt.datetime | None, partnership: Partnership) -> str:
    """The local day of a moment."""
    return date_format(moment.astimezone(partnership.zone), "DATE_FORMAT") if moment else ""


@register.filter
def hour_in(moment: dt.datetime, partnership: Partnership) -> str:
    """The local day and hour of a moment."""
    return date_format(moment.astimezone(partnership.zone).replace(tzinfo=None), "DATETIME_FORMAT")


@register.filter
def columns(chart: ColumnChart) -> SafeString:
    """Return the columns as SVG, each with its value above and its label beneath."""
    drawn = [
        f'<rect class="chart-column chart-column-{one.kind}" x="{one.x}" y="{one.y}" width="{one.width}"'
        f' height="{one.height}"></rect>\n'
        f'<text class="chart-value" x="{one.centre}" y="{one.value_y}">{escape(one.shown)}</text>\n'
        f'<text class="chart-label" x="{one.centre}" y="{chart.label_y}">{escape(one.label)}</text>'
        for one in chart.columns
    ]
    return mark_safe("\n".join(drawn))  # noqa: S308 - styles and numbers of our own, and escaped words


@register.filter
def segments(line: DrawnLine) -> SafeString:
    """Return the pieces of a line as SVG."""
    style = f"chart-line chart-line-{line.kind}"
    pieces = [
        f'<line class="{style}" x1="{piece.x1}" y1="{piece.y1}" x2="{piece.x2}" y2="{piece.y2}"></line>'
        for piece in line.segments
    ]
    return mark_safe("\n".join(pieces))  # noqa: S308 - styles and numbers of our own


@register.filter
def table_rows(rows: list[list[str]]) -> SafeString:
    """Return the rows of a chart's table, each with a head and numbers."""
    drawn = []
    for head, *numbers in rows:
        cells = "".join(f'<td class="number">{escape(number)}</td>' for number in numbers)
        drawn.append(f'<tr><th scope="row">{escape(head)}</th>{cells}</tr>')
    return mark_safe("\n".join(drawn))  # noqa: S308 - each cell is escaped
