"""The code of an invitation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.web.forms import PortalForm


class InvitationForm(PortalForm):
    submit_label = _("Continue")
    autocomplete = {"code": "off"}

    code = forms.CharField(
        label=_("The eight digits from an administrator"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": _("Enter the eight digits.")},
    )
