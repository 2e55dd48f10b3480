"""The forms of a person's own page."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from partnership.web.forms import PortalForm


class LanguageForm(PortalForm):
    """Which language we write to the person in."""

    submit_label = _("Save the language")

    language = forms.ChoiceField(
        label=_("Which language shall we write to you in?"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )


class ProtectionForm(PortalForm):
    """Whether somebody has name and address protection; `of_another` if staff ask for them."""

    submit_label = _("Save")

    is_protected = forms.TypedChoiceField(
        label=_("Do you have name and address protection?"),
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )

    def __init__(self, *args, is_protected: bool, of_another: bool = False, **kwargs) -> None:
        # Staff come here to say yes: a "no" that is chosen already would be saved in its place.
        known = "yes" if is_protected else "" if of_another else "no"
        super().__init__(*args, initial={"is_protected": known}, **kwargs)
        yes = _("Yes: only coordinators and administrators see me")
        if of_another:
            self["is_protected"].label = _("Does the person have name and address protection?")
            yes = _("Yes: only coordinators and administrators see them")
        self.set_choices("is_protected", [("yes", yes), ("no", _("No"))])


class EraseForm(PortalForm):
    """Only a button: the page explains what it does."""

    submit_label = _("Delete everything about me")
    submit_deletes = True
