"""The public form to become a helper."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from neighbours.consent_words import consent_text, shown_text
from partnership.web.doors import DoorForm


class JoinForm(DoorForm):
    """The public form to become a helper."""

    submit_label = gettext_lazy("Become a neighbour helper")
    field_order = [*DoorForm.field_order, "is_protected", "consent", "shown"]

    email = forms.EmailField(
        label=gettext_lazy("Your email address"),
        help_text=gettext_lazy("We send you an email with a button. You need no password."),
        max_length=254,
    )
    is_protected = forms.BooleanField(
        label=gettext_lazy("I have name and address protection"),
        help_text=gettext_lazy("Then your Naboven does not see you either, only coordinators and administrators."),
        required=False,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        without = _(
            "Tick the box if you want to be a neighbour helper. Without your yes we may not keep your name and address."
        )
        label = consent_text(self.partnership)
        self.add("consent", forms.BooleanField(label=label, error_messages={"required": without}))
        self.add("shown", forms.BooleanField(label=shown_text(self.partnership), required=False))
