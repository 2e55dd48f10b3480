"""The forms of a person's own page, and the one that asks for a code to log in."""

from allauth.account.forms import RequestLoginCodeForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from partnership.forms import PortalForm
from partnership.people.models import User


class LanguageForm(PortalForm):
    """Which language we write to her in."""

    submit_label = _("Save the language")

    language = forms.ChoiceField(
        label=_("Which language shall we write to you in?"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )


class EraseForm(PortalForm):
    """Only a button: the page says what it does."""

    submit_label = _("Delete everything about me")


class CodeForm(RequestLoginCodeForm):
    """allauth's, which also looks among addresses that a person once had; here she has the one on record."""

    def clean_email(self) -> str:
        email = super().clean_email()
        self._user = User.objects.filter(email=email.lower(), is_active=True).first()
        return email
