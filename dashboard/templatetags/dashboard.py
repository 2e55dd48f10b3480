"""Numbers and days as the reader's language writes them."""

import datetime as dt

from django import template
from django.utils.formats import date_format

from partnership.fields.printed_numbers import decimal, grouped
from partnership.places.models import Partnership

register = template.Library()


@register.filter(name="grouped")
def grouped_filter(number: int | None) -> str:
    """15747 -> 15.747"""
    return "" if number is None else grouped(number)


@register.filter
def two_decimals(number: float | None) -> str:
    """Return a number as `decimal` writes it; a dash for a figure that we do not have."""
    return "–" if number is None else decimal(number)


@register.filter
def day_in(moment: dt.datetime | None, partnership: Partnership) -> str:
    """The local day of a moment."""
    return date_format(moment.astimezone(partnership.zone), "DATE_FORMAT") if moment else ""


@register.filter
def hour_in(moment: dt.datetime, partnership: Partnership) -> str:
    """The local day and hour of a moment."""
    return date_format(moment.astimezone(partnership.zone).replace(tzinfo=None), "DATETIME_FORMAT")
