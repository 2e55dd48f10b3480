"""The form that narrows the list of helpers."""

import datetime as dt

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from neighbours.models import HelperQuerySet, State
from partnership.places.models import Area, Partnership
from partnership.web.forms import PortalForm

# In addresses that staff may have kept.
ACTIVE, QUIET_SINCE_ASKED, BEFORE = "active", "asleep", "before"
NARROWER = [
    (ACTIVE, gettext_lazy("Active")),
    (QUIET_SINCE_ASKED, gettext_lazy("Quiet: asked after six months without an activity")),
    (BEFORE, gettext_lazy("Helpers before they joined here")),
]


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
            self.set_choices("state", [("", _("All")), *State.choices, *NARROWER])
        else:
            del self.fields["state"]

    def narrow(self, helpers: HelperQuerySet, on: dt.date, here: Partnership) -> HelperQuerySet:
        """Return those of `helpers` that were asked for; all of them after a faulty form."""
        if not self.is_valid():
            return helpers
        area, state = self.cleaned_data["area"], self.cleaned_data.get("state")
        if area:
            helpers = helpers.in_area(area)
        if state == ACTIVE:
            return helpers.active(on)
        if state == QUIET_SINCE_ASKED:
            return helpers.quiet_since_asked(on, here)
        if state == BEFORE:
            return helpers.confirmed().filter(was_helper=True)
        return helpers.filter(state=state) if state else helpers
