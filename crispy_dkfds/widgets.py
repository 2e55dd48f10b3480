"""Widgets that Django does not have."""

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _


class ThreeBoxDateWidget(forms.MultiWidget):
    """Day, month and year in a text box each.

    Text boxes, since a number box drops what it does not understand, and so cannot show again what was typed.
    """

    use_fieldset = True
    box_names = ("day", "month", "year")
    box_labels = (_("Day"), _("Month"), _("Year"))

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__([forms.TextInput({"inputmode": "numeric", **(attrs or {})}) for _name in self.box_names])

    def decompress(self, value: dt.date | None) -> list:
        return [value.day, value.month, value.year] if value else ["", "", ""]


class MayStayEmpty(forms.TextInput):
    """A text box that a form needs with some of its answers only, so that browsers do not say that it is required."""

    def use_required_attribute(self, initial: object) -> bool:
        return False
