"""How somebody told staff what they write down or do for them."""

import datetime as dt

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from partnership.people import lookups
from partnership.people.access import LoggedInRequest
from partnership.people.models import TOLD_TO_STAFF, LookUp, Medium, User

MEDIA: dict[str, str] = {
    LookUp.Purpose.CALL: Medium.PHONE,
    LookUp.Purpose.LETTER_OR_SLIP: Medium.PAPER,
    LookUp.Purpose.EMAIL: Medium.EMAIL,
    LookUp.Purpose.VISIT: Medium.PERSON,
}


def medium_of(request: LoggedInRequest, person: User, now: dt.datetime) -> str:
    """Return how a person tells it, as the reader said when they opened the page; "" if they did not."""
    return MEDIA.get(lookups.remembered(request, person, now), "")


class MediumField(forms.ChoiceField):
    def __init__(self) -> None:
        choices = [(medium.value, format_lazy("{}", medium.label)) for medium in TOLD_TO_STAFF]
        super().__init__(label=_("How did they tell you?"), choices=choices, widget=forms.RadioSelect)
