"""Telephone numbers as people write them."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class PhoneField(forms.CharField):
    """A telephone number as it was written: 8 to 15 digits, with or without country code and spaces."""

    widget = forms.TelInput
    default_error_messages = {"invalid": _("Write a telephone number with at least 8 digits, for example 12 34 56 78.")}

    def __init__(self, **kwargs) -> None:
        super().__init__(**{"max_length": 30, **kwargs})

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not (re.fullmatch(r"[+\d ()./\-\u00a0]*", value) and 8 <= len(re.findall(r"\d", value)) <= 15):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
