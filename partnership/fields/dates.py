"""A date in three boxes, with an error message for the box that is wrong."""

import calendar
import datetime as dt
import re
from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from crispy_dkfds.widgets import ThreeBoxDateWidget
from partnership import clock
from written import days

DAY, MONTH, YEAR = range(3)


class ThreeBoxDateField(forms.Field):
    """A local date from three boxes, posted as `<name>_0`, `_1` and `_2`: day, month and four-digit year. A month may
    be a word, and a whole date may stand in the first box.

    With `refuse_past` a day before `today()` (Copenhagen's unless given) is refused; today itself is taken.
    """

    widget = ThreeBoxDateWidget
    default_error_messages = {
        "day": _("Enter the day as a number from 1 to 31."),
        "month": _("Enter the month as a number from 1 to 12."),
        "year": _("Enter the year with four digits, for example 2026."),
        "too_late_in_month": _("There are only %(days)s days in %(month)s. Enter a day from 1 to %(days)s."),
        "past": _("The date has passed. Enter today’s date or a later one."),
    }

    def __init__(self, *, refuse_past: bool = False, today: Callable[[], dt.date] | None = None, **kwargs) -> None:
        super().__init__(**kwargs)
        self.refuse_past = refuse_past
        self.today = today

    def to_python(self, value: list | dt.date | None) -> dt.date | None:
        if isinstance(value, dt.date):
            return value
        typed = [str(part or "").strip().rstrip(".") for part in value or ()]
        if not any(typed):
            return None
        if not any(typed[1:]) and (whole := days.day(typed[DAY])):
            typed = [str(whole.day), str(whole.month), str(whole.year)]
        typed[MONTH] = str(days.month(typed[MONTH]) or typed[MONTH])
        shapes = (
            (DAY, "day", r"\d{1,2}", 1, 31),
            (MONTH, "month", r"\d{1,2}", 1, 12),
            (YEAR, "year", r"\d{4}", 1900, 2199),
        )
        wrong = [
            self._error(code, box)
            for box, code, shape, lowest, highest in shapes
            if not (re.fullmatch(shape, typed[box]) and lowest <= int(typed[box]) <= highest)
        ]
        if wrong:
            raise ValidationError(wrong)
        return self._date(*map(int, typed))

    def _date(self, day: int, month: int, year: int) -> dt.date:
        last = calendar.monthrange(year, month)[1]
        if day > last:
            name = date_format(dt.date(year, month, 1), "F Y")
            raise self._error("too_late_in_month", DAY, days=last, month=name)
        return dt.date(year, month, day)

    def validate(self, value: dt.date | None) -> None:
        super().validate(value)
        if not (self.refuse_past and value):
            return
        today = (self.today or clock.today)()
        if value < today:
            earlier_year, earlier_month = value.year < today.year, value.month < today.month
            raise self._error("past", YEAR if earlier_year else MONTH if earlier_month else DAY)

    def has_changed(self, initial: dt.date | None, data: list | None) -> bool:
        try:
            return self.to_python(data) != self.to_python(initial)
        except ValidationError:
            return True

    def _error(self, code: str, box: int, **params: object) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params={"box": box, **params})
