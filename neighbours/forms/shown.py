"""The form for whether the Naboven may see a helper, as they have told staff."""

from django import forms
from django.utils.translation import gettext_lazy

from partnership.people.staff.telling import MediumField
from partnership.web.forms import PortalForm


class ShownForForm(PortalForm):
    """How a helper told staff whether the Naboven of the area may see them."""

    submit_label = gettext_lazy("Save")
    older_names = {"medium": "told"}

    shown = forms.ChoiceField(
        label=gettext_lazy("May the local contact person of the area see them?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        widget=forms.RadioSelect,
    )
    medium = MediumField()
