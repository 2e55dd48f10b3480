"""How somebody told staff what they write down or do for them."""

import datetime as dt

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from partnership.people import lookups
from partnership.people.access import LoggedInRequest
from partnership.people.actions import moves
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


REACH = {"email", "phone", "address", "postcode", "town", "door", "channel"}


def called_before(person: User, now: dt.datetime) -> forms.BooleanField:
    """Return the box to tick before staff write down how somebody protected is reached: whoever looks for them knows
    their name, and can call. A number that is new is none to call.
    """
    said = _("The person has name and address protection. Tick this if you change how we reach them.")
    if moves.no_code_before(person, "phone", now):
        said = _(
            "The person has name and address protection, and the number is new: do not rely on it. Tick this only if "
            "you have met the person."
        )
    return forms.BooleanField(
        label=_("I have called the number that we had, or met the person, and it is right"),
        help_text=said,
        required=False,
    )


def ask_called_before(form: forms.Form) -> None:
    """Refuse another way to reach somebody protected as long as the box is not ticked."""
    is_asked = "called_before" in form.fields and REACH & set(form.changed_data)
    if is_asked and not form.cleaned_data.get("called_before"):
        form.add_error(
            "called_before", _("Call the number that we had first, and tick when you have spoken with them.")
        )


class MediumField(forms.ChoiceField):
    def __init__(self) -> None:
        choices = [(medium.value, format_lazy("{}", medium.label)) for medium in TOLD_TO_STAFF]
        super().__init__(label=_("How did they tell you?"), choices=choices, widget=forms.RadioSelect)
