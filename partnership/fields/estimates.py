"""Whole numbers that people need only guess: 25, "ca. 25", "about 1,200"."""

import re
from typing import Any

from django import forms

from written import numbers

# A reader of numbers, which comes before the field, has made a comma of the dot.
_ABOUT = re.compile(
    r"(?:ca|circa|cirka|c|about|around|omkring|omtrent|omkr|ungefär|ung|runt)?[.,]?\s*~?\s*(?=\d)", re.I
)


class EstimateField(forms.IntegerField):
    """The number that was typed, without a word before it that says that it is a guess."""

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = numbers.whole(_ABOUT.sub("", value.strip(), count=1))
        return super().to_python(value)
