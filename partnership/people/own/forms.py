"""The form of a person's own details."""

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.fields.names import NAME_RULES
from partnership.fields.phone import PhoneField
from partnership.people.models import User
from partnership.people.rules import does_something_for_others
from partnership.web.forms import PortalForm


class DetailsForm(PortalForm):
    """Name and telephone number."""

    submit_label = _("Save")
    autocomplete = {"name": "name", "phone": "tel"}

    name = forms.CharField(label=_("Your name"), max_length=80, validators=NAME_RULES)
    phone = PhoneField(
        label=_("Telephone"),
        help_text=_("So that the coordinators can call you."),
        required=False,
        max_length=20,
    )

    def __init__(self, *args, person: User, **kwargs) -> None:
        super().__init__(*args, initial={"name": person.name, "phone": person.phone}, **kwargs)
        if does_something_for_others(person):
            said = _("So that the coordinators can call you. Before a talk, chair and speaker see each other’s number.")
            self["phone"].help_text = said
        if person.partnership:
            cast(PhoneField, self.fields["phone"]).countries = (person.partnership.country,)
