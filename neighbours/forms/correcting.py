"""The form for what staff know of a helper."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from neighbours.forms.origin import service_of, was_helper_field
from neighbours.models import Helper
from partnership import clock
from partnership.fields.names import NAME_RULES
from partnership.fields.phone import PhoneField
from partnership.outbox.post import texts_are_on
from partnership.people.actions import moves
from partnership.people.actions.mailboxes import mailbox_to_put_back
from partnership.people.models import User
from partnership.people.staff.telling import MediumField, ask_called_before, called_before
from partnership.web.address_forms import StaffAddressForm
from written.mailboxes import readable


class CorrectForm(StaffAddressForm):
    """What staff know of a helper, for them to correct."""

    submit_label = gettext_lazy("Save")
    autocomplete = dict.fromkeys(["name", "email", "phone", "address", "postcode"], "off")
    older_names = {"channel": "way", "medium": "told"}
    field_order = ["name", "address", "postcode", "town", "door", "area", "phone", "email", "why", "called_before"]
    field_order += ["channel", "was_helper", "medium"]

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80, validators=NAME_RULES)
    phone = PhoneField(label=gettext_lazy("Telephone"), max_length=20, required=False)
    email = forms.EmailField(
        label=gettext_lazy("Email address"),
        help_text=gettext_lazy(
            "If there was another address before, we write there that we no longer use it. The person is logged out "
            "everywhere, and the app and the passkeys that they log in with are removed."
        ),
        max_length=254,
        required=False,
    )
    why = forms.CharField(
        label=gettext_lazy("Why is the email address another one?"),
        help_text=gettext_lazy("Only if you change it. The administrators read it."),
        max_length=200,
        required=False,
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("How do we reach the person?"), widget=forms.RadioSelect, required=False
    )
    medium = MediumField()

    def __init__(self, *args, helper: Helper, medium: str = "", **kwargs) -> None:
        person, self.home = helper.person, helper.household.address if helper.household else None
        self.had_mailbox = bool(person.email)
        known = {
            "name": person.name,
            "phone": person.phone,
            "email": readable(person.email),
            "channel": person.chosen_channel,
            "medium": medium,
            "was_helper": {True: "yes", False: "no", None: ""}[helper.was_helper],
        }
        if self.home:
            known |= {"address": self.home.line, "postcode": self.home.postcode}
        super().__init__(*args, initial=known, partnership=helper.partnership, **kwargs)
        if moves.mailbox_opens_at(person, clock.now()):
            held = _(
                "Where we have their home, we also write a letter there. Nobody can log in with the new address for "
                "two weeks."
            )
            back = (
                _("The one that they used before counts at once.") if mailbox_to_put_back(person, clock.now()) else ""
            )
            self["email"].help_text = f"{self['email'].help_text} {held} {back}".rstrip()
        if person.is_protected:
            self.add("called_before", called_before(person, clock.now()))
        cast(PhoneField, self.fields["phone"]).countries = (helper.partnership.country,)
        # Texts go to a number only when its owner has typed a code that was sent there, which staff cannot do for them.
        offered = [one for one in User.Channel if one != User.Channel.SMS or person.reached_by == one]
        self.set_choices("channel", [(channel, channel.label) for channel in offered])
        label = _("Was the person a member of %(service)s before?") % {"service": service_of(helper.partnership)}
        self.add("was_helper", was_helper_field(label=label, required=False))
        if texts_are_on():
            self["phone"].help_text = _(
                "Text messages go to a new number only when the person has confirmed it on their own page. Until then "
                "we write by email, or by letter if there is no email address."
            )

    def clean(self) -> dict[str, Any]:
        """An address that is not changed stays, also one that the register has closed."""
        cleaned = self.cleaned_data
        if self.had_mailbox and "email" in self.changed_data and cleaned.get("why") == "":
            self.add_error("why", _("Enter why the email address is another one."))
        ask_called_before(self)
        if cleaned.get("channel") == User.Channel.MAIL and cleaned.get("email") == "":
            self.add_error("channel", _("There is no email address to write to. Enter one, or choose letters."))
        if self.home and not {"address", "postcode"} & set(self.changed_data):
            cleaned["door"] = self.home
            return cleaned
        return super().clean()
