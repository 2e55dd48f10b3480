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


class EraseForm(PortalForm):
    """Only a button: the page explains what it does."""

    submit_label = _("Delete everything about me")
    submit_deletes = True
