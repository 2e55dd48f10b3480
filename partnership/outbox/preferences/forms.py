"""Forms about how we reach the reader."""

import datetime as dt
from typing import cast

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partnership import clock
from partnership.fields.codes import typed_code
from partnership.fields.phone import PhoneField
from partnership.outbox.preferences.reaching import channels_for
from partnership.people.models import User
from partnership.people.rules import does_something_for_others
from partnership.web.forms import PortalForm


def seen_by(person: User) -> str:
    """Return who sees the person's number, in words."""
    if does_something_for_others(person):
        return gettext("Coordinators see it. Before a talk, chair and speaker see each other’s number.")
    return gettext("Only coordinators and administrators see it.")


def about_email(person: User, now: dt.datetime) -> str:
    """Return what comes by email whatever the person chooses, or what is missing for that; "" while their mailbox gets
    nothing.
    """
    if not person.email:
        said = gettext(
            "Would you rather have emails? Write your email address on your own page, or call us on %(phone)s."
        )
        return said % person.partnership.call_us if person.partnership else ""
    if person.is_held_back(now):
        return ""
    return gettext(
        "Some things come by email whatever you choose: codes to log in, and messages that something has changed or "
        "ended."
    )


class ReachForm(PortalForm):
    """Channel, mobile number and language."""

    submit_label = _("Save")

    channel = forms.ChoiceField(
        label=_("How shall we reach you?"),
        widget=forms.RadioSelect,
    )
    phone = PhoneField(
        label=_("Mobile number"),
        required=False,
        max_length=20,
    )
    language = forms.ChoiceField(
        label=_("Which language shall we write to you in?"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )

    def __init__(self, *args, person: User, **kwargs) -> None:
        offered = channels_for(person)
        # The choice is text messages also while the number waits for its code: saving another answer must not change
        # it.
        chosen = person.channel if person.channel in offered else person.reached_by
        initial = {"channel": chosen, "phone": person.phone, "language": person.language}
        super().__init__(*args, initial=initial, **kwargs)
        self["channel"].help_text = about_email(person, clock.now())
        self.set_choices("channel", [(channel, label) for channel, label in User.Channel.choices if channel in offered])
        if User.Channel.SMS not in offered:
            self._leave_out_the_number(person)
            return
        self["phone"].help_text = format_lazy("{} {}", _("Needed for text messages only."), seen_by(person))
        if person.partnership:
            cast(PhoneField, self.fields["phone"]).countries = (person.partnership.country,)

    def _leave_out_the_number(self, person: User) -> None:
        """Without text messages there is no field for a mobile number, except to delete a stored one."""
        if person.phone:
            # The bound field has taken label and hint from the field by now.
            self["phone"].label, self["phone"].help_text = _("Telephone"), seen_by(person)
        else:
            del self.fields["phone"]


class NumberCodeForm(PortalForm):
    """The code that was texted to the reader's number."""

    submit_label = _("Use this number")
    autocomplete = {"code": "one-time-code"}

    code = forms.CharField(label=_("The six digits in the text message"), max_length=20)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "class": "input-char-8"}

    def clean_code(self) -> str:
        """Accept the digits, however they are spaced."""
        code = typed_code(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(_("Enter the six digits from the text message."), code="invalid")
        return code


class NewCodeForm(PortalForm):
    """Only a button."""

    submit_label = ""
