"""Forms after a talk: one for the speaker or the coordinator, one for the chair."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.fields.estimates import EstimateField
from partnership.web.forms import PortalForm
from talks.models import Feedback


class CloseForm(PortalForm):
    took_place = forms.TypedChoiceField(
        label=_("Did the talk take place?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the talk took place.")},
    )
    attendance = EstimateField(
        label=_("How many came?"),
        min_value=0,
        max_value=5000,
        help_text=_("Your best count is fine. Leave it empty if the talk did not take place."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": _("Enter how many came; your best count is fine.")},
    )
    submit_label = _("Save")
    unmarked = ("attendance",)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attendance"].required = self["took_place"].value() != "no"

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.get("took_place") is False and self.cleaned_data.get("attendance"):
            sentence = _("There is a number, but the answer above says that there was no talk. Correct one of them.")
            self.add_error("attendance", sentence)
        elif self.cleaned_data.get("took_place") is False:
            self.cleaned_data["attendance"] = None
        return self.cleaned_data


class FeedbackForm(PortalForm):
    """The two questions to the chair."""

    useful = forms.ChoiceField(
        label=_("Was the talk useful to you?"),
        choices=Feedback.Useful.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the talk was useful to you.")},
    )
    will_act = forms.ChoiceField(
        label=_("Will you do something together about burglary?"),
        choices=Feedback.WillAct.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you will do something together.")},
    )
    words = forms.CharField(
        label=_("Anything to add?"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    submit_label = _("Send the answers")
