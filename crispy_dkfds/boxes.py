"""Boxes to tick whose form stays short."""

from django import forms
from django.utils.functional import Promise


class Box(forms.BooleanField):
    """A box beside short words, with the rest of them (`more`) behind a line that opens it (`asks`). With `behind`,
    the box itself stands behind that line, until it is ticked.
    """

    def __init__(self, *, asks: str = "", more: str = "", behind: str | Promise = "", **kwargs) -> None:
        self.asks, self.more, self.behind = asks, more, behind
        super().__init__(**kwargs)
