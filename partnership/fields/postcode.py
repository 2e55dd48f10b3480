"""Postcodes as people write them, and as they stand in an address: 8900, "8900 Randers", "392 32 Kalmar", SE-392 32."""

import re
from typing import Any

from django import forms

_WRITTEN = re.compile(r"(?:(?:dk|se|s)[ -]*)?(\d{4}|\d{3} ?\d{2})(?:[ ,]+[^\d,]*)?", re.IGNORECASE)


def postcode(written: str) -> str:
    """Return the digits of a postcode, without the country before and the town after it; else what was written."""
    found = _WRITTEN.fullmatch(written.strip())
    return found[1].replace(" ", "") if found else written


def in_print(digits: str) -> str:
    """Return a postcode as its country writes it: 8900 in Denmark, 392 32 in Sweden, on one line."""
    return f"{digits[:3]}\N{NO-BREAK SPACE}{digits[3:]}" if len(digits) == 5 and digits.isdecimal() else digits


class PostcodeField(forms.CharField):
    """The digits of a postcode."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 60, **kwargs})
        self.widget.attrs |= {"inputmode": "numeric", "class": "input-char-8"}

    def prepare_value(self, value: Any) -> Any:
        """Return a postcode as its country writes it, however it was typed; anything else unchanged."""
        return in_print(postcode(value)).replace("\N{NO-BREAK SPACE}", " ") if isinstance(value, str) else value

    def to_python(self, value: Any) -> str:
        return postcode(super().to_python(value) or "")
