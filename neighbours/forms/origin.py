"""What those who join are asked about themselves: whether they were helpers before, and where they heard of it."""

from django import forms
from django.utils.translation import gettext as _

from neighbours.models import HeardFrom
from partnership.places.models import Partnership
from partnership.web.address_forms import AddressForm

ORIGIN = ["was_helper", "heard_from"]


def asked_of_joiners(here: Partnership) -> str:
    """Return the question to somebody who joins, on the screen and on the slip."""
    return _("Were you a member of %(service)s before you joined here?") % {"service": service_of(here)}


def was_helper_field(*, label: str, required: bool) -> forms.TypedChoiceField:
    """Return a yes/no question; None stands for no answer."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("no", _("No")), ("yes", _("Yes"))],
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        required=required,
        error_messages={"required": _("Choose yes or no.")},
    )


def service_of(here: Partnership) -> str:
    """Return the name of the country's service of neighbour helpers, in its own language."""
    return "grannsamverkan" if here.country == Partnership.Country.SWEDEN else "Nabohjælp"


def ask_origin(form: AddressForm, *, member: str, heard: str, required: bool) -> None:
    """Add both questions to a form."""
    form.add("was_helper", was_helper_field(label=member, required=required))
    choices = [("", _("Choose, if you like")), *HeardFrom.choices]
    form.add("heard_from", forms.ChoiceField(label=heard, choices=choices, required=False))
