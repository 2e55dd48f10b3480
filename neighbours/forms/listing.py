"""The form that narrows the list of helpers."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from neighbours.models import State
from partnership.places.models import Area
from partnership.web.forms import PortalForm


class HelperFilter(PortalForm):
    """Which helpers to list."""

    form_method = "get"
    submit_label = gettext_lazy("Show")

    area = forms.ModelChoiceField(
        Area.objects.none(), label=gettext_lazy("Local area"), required=False, empty_label=gettext_lazy("All areas")
    )
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)

    def __init__(self, *args, areas, with_states: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.set_queryset("area", areas)
        if with_states:
            self.set_choices("state", [("", _("All")), *State.choices])
        else:
            del self.fields["state"]
