"""The forms of a person's own page, and the one that asks for a code to log in."""

from typing import Any

from allauth.account.forms import RequestLoginCodeForm
from allauth.core import context
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from partnership.fields.texts import set_rules
from partnership.people.limits import may_write_to
from partnership.people.models import User
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


class CodeForm(RequestLoginCodeForm):
    """allauth's form, but only for current addresses (allauth also accepts former ones) and with a limit for each
    mailbox. The page looks the same above and below the limit.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_rules(self.fields["email"], _("Your e-mail address"))

    def clean_email(self) -> str:
        email = super().clean_email()
        person = User.objects.filter(email=email, is_active=True).first()
        context.request.keeps_mail_back = not may_write_to(context.request, email, person)
        # Act as for an unknown address if nothing is sent: a code that nobody received must not exist to be guessed.
        self._user = None if context.request.keeps_mail_back else person
        return email
