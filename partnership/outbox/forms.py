"""The outbox's forms: a reader's own, and those that staff search by."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from partnership.forms import PhoneField, PortalForm
from partnership.outbox.reaching import ways_for
from partnership.people.models import User


class ReachForm(PortalForm):
    """How, where and in which language we reach her."""

    submit_label = _("Save")

    channel = forms.ChoiceField(
        label=_("How shall we reach you?"),
        help_text=_("Codes to log in always come by e-mail."),
        widget=forms.RadioSelect,
    )
    phone = PhoneField(
        label=_("Mobile number"), help_text=_("Needed for text messages only."), required=False, max_length=20
    )
    language = forms.ChoiceField(
        label=_("Which language shall we write to you in?"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )

    def __init__(self, *args, person: User, **kwargs) -> None:
        initial = {"channel": person.reached_by, "phone": person.phone, "language": person.language}
        super().__init__(*args, initial=initial, **kwargs)
        ways = ways_for(person)
        self.fields["channel"].choices = [(way, label) for way, label in User.Channel.choices if way in ways]


class SearchForm(PortalForm):
    """By the whole address only: nobody browses people by part of a name. Posted, so that it stands in no log."""

    submit_label = _("Find")

    email = forms.EmailField(label=_("The whole e-mail address"))
