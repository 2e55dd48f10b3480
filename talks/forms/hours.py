"""A field for an hour as people type it."""

from typing import Any

from django import forms


class HourField(forms.TimeField):
    """Accepts 19, 19.00 and 19:00."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%H.%M", "%H:%M", "%H"], **kwargs)
