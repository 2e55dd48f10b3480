"""The forms to end the membership of a helper, or to erase them, when they have told staff so."""

from django import forms
from django.utils.translation import gettext_lazy

from neighbours.models import Helper
from partnership.people.staff.telling import MediumField
from partnership.web.forms import PortalForm


class LeaveForForm(PortalForm):
    """How a helper told staff that they no longer want to be one."""

    submit_label = gettext_lazy("Yes, end the membership")
    submit_deletes = True
    older_names = {"medium": "told"}

    medium = MediumField()
    letter = forms.BooleanField(
        label=gettext_lazy("They would like a letter that confirms it"),
        help_text=gettext_lazy("You print it on the next page, with the address, and post it."),
        required=False,
    )

    def __init__(self, *args, helper: Helper, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if helper.person.email or not helper.household:
            del self.fields["letter"]


class EraseForForm(LeaveForForm):
    """How somebody told staff that everything about them shall be deleted."""

    submit_label = gettext_lazy("Yes, delete everything about them")
