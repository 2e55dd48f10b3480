"""Whole numbers that people need only guess: 25, "ca. 25", "about 1,200", "48 homes", "40-50"."""

import re
from typing import Any

from django import forms

from written import numbers

# A reader of numbers, which comes before the field, has made a comma of the dot.
_ABOUT = re.compile(
    r"(?:ca|circa|cirka|c|about|around|omkring|omtrent|omkr|ungefär|ung|runt)?[.,]?\s*~?\s*(?=\d)", re.I
)
# What is counted, after the number.
_COUNTED = re.compile(
    r"(?<=\d)\s*(?:stk?|styck(?:en)?|boliger?|huse?|husstande?|lejligheder|bostäder|hus|hushåll|lägenheter|villor|radhus"
    r"|homes|houses|households|flats|personer|people)?[.,]?$",
    re.I,
)
_BETWEEN = re.compile(r"(\d{1,6})\s*[-–—]\s*(\d{1,6})")


class EstimateField(forms.IntegerField):
    """The number that was typed, without the words around it that say that it is a guess and what is counted. Of two
    numbers ("40-50") it is the middle.
    """

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = _COUNTED.sub("", _ABOUT.sub("", value.strip(), count=1))
            between = _BETWEEN.fullmatch(value)
            fewest, most = map(int, between.groups()) if between else (0, 0)
            value = str((fewest + most) // 2) if fewest < most else numbers.whole(value)
        return super().to_python(value)
