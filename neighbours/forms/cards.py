"""The forms for reply cards: typing a pile of them, and making a new one."""

import datetime as dt
import re
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from neighbours.actions.cards import ANOTHER, BOXES
from partnership.fields.codes import is_right
from partnership.paper.printed_codes import CARD_DIGITS
from partnership.web.forms import OnceForm

# The number and its letter, and perhaps the boxes right after it: all that is on a card in one field.
_TYPED = re.compile(rf"(\d{{{CARD_DIGITS}}})([A-Z])([0-9]*)")
_BETWEEN = re.compile(r"[\s.,;+&/-]+")


class CardForm(OnceForm):
    """A card of a pile: its number, typed or scanned, and the boxes that are ticked. A scanner sends the number alone,
    so then the boxes are asked for: `asks_boxes`.
    """

    submit_label = gettext_lazy("Save the card")
    autocomplete = dict.fromkeys(["number", "boxes", "day"], "off")
    unmarked = ("number", "boxes", "day")
    asks_boxes = False

    number = forms.CharField(
        label=gettext_lazy("Number of the card"),
        help_text=gettext_lazy("Type or scan it. You can type the boxes after it too: 12345678K 13"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false"}),
    )
    boxes = forms.CharField(
        label=gettext_lazy("Ticked boxes"),
        help_text=gettext_lazy("Their numbers, for example 13"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    day = forms.DateField(
        label=gettext_lazy("Day"),
        help_text=gettext_lazy("Today, if the card says nothing else. It stays for the next card."),
        required=False,
        localize=True,
    )

    def focus_on(self, name: str) -> None:
        """Let a new page begin in a field."""
        self.fields[name].widget.attrs["autofocus"] = True

    @property
    def digits(self) -> str:
        """Return the digits of a number that was read; "" if it is not right."""
        return self.cleaned_data.get("number", "")

    def clean_number(self) -> str:
        typed = _TYPED.fullmatch(_BETWEEN.sub("", self.cleaned_data["number"]).upper())
        if typed is None:
            said = _("Write the eight digits and the letter that stand on the card, for example 1234 5678 K.")
            raise forms.ValidationError(said, code="invalid")
        digits, letter, boxes = typed.groups()
        if not is_right(digits, letter):
            said = _("The digits and the letter do not fit together. Compare them with the card: one is mistyped.")
            raise forms.ValidationError(said, code="mistyped")
        self.boxes_after_number = boxes
        return cast(str, digits)

    def clean(self) -> dict[str, Any]:
        super().clean()
        if "number" not in self.cleaned_data or "boxes" not in self.cleaned_data:
            return self.cleaned_data
        ticked = _BETWEEN.sub("", self.cleaned_data["boxes"]) or self.boxes_after_number
        known = {*BOXES, ANOTHER}
        if not ticked:
            self.asks_boxes = True
            self.add_error("boxes", _("Which boxes are ticked? Type their numbers, for example 13."))
        elif set(ticked) == {"0"}:
            self.add_error("boxes", _("If no box is ticked, there is nothing to note. Put the card aside."))
        elif unknown := set(ticked) - known:
            said = _("There is no box %(box)s. The boxes are %(first)s to %(last)s.")
            self.add_error("boxes", said % {"box": min(unknown), "first": min(known), "last": max(known)})
        self.cleaned_data["boxes"] = "".join(sorted(set(ticked)))
        return self.cleaned_data


class NewCardForm(OnceForm):
    """A new reply card for a helper."""

    submit_label = gettext_lazy("Make the card")
    LETTER, PRINTED = "letter", "printed"

    how = forms.ChoiceField(label=gettext_lazy("How do they get it?"), widget=forms.RadioSelect)

    def __init__(self, *args, has_home: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        by_letter = (self.LETTER, _("By letter. It is printed with the other letters"))
        printed = (self.PRINTED, _("I print it now, and hand it over"))
        self.set_choices("how", [by_letter, printed] if has_home else [printed])
        self.fields["how"].initial = self.LETTER if has_home else self.PRINTED


def day_of(cleaned: dict[str, Any], today: dt.date) -> dt.date:
    """Return the day that was written, else today."""
    return cleaned["day"] or today
