"""The forms of joining: on the web, and for staff who type a paper slip."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from neighbours.consent_words import consent_text, shown_text
from neighbours.models import Helper, Medium, State
from partnership.fields.names import NAME_RULES
from partnership.fields.phone import PhoneField
from partnership.outbox.post import texts_are_on
from partnership.people.models import User
from partnership.people.staff.telling import MediumField
from partnership.places.models import Area
from partnership.web.doors import DoorForm, StaffDoorForm
from partnership.web.forms import PortalForm
from written.mailboxes import readable

BOXES = ("is_protected", "consent", "shown")


class JoinForm(DoorForm):
    """The public form to become a helper."""

    submit_label = gettext_lazy("Become a neighbour helper")
    field_order = [*DoorForm.field_order, *BOXES]

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


class LeaveForForm(PortalForm):
    """How a helper told staff that they no longer want to be one."""

    submit_label = gettext_lazy("Yes, end the membership")
    submit_deletes = True
    older_names = {"medium": "told"}

    medium = MediumField()
    letter = forms.BooleanField(
        label=gettext_lazy("They would like a letter that confirms it"),
        help_text=gettext_lazy("You print it on the next page, with the address, and post it."),
        required=False,
    )

    def __init__(self, *args, helper: Helper, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if helper.person.email or not helper.household:
            del self.fields["letter"]


class EraseForForm(LeaveForForm):
    """How somebody told staff that everything about them shall be deleted."""

    submit_label = gettext_lazy("Yes, delete everything about them")


class SlipForm(StaffDoorForm):
    """A paper slip or a telephone conversation, typed by staff."""

    submit_label = gettext_lazy("Save the slip")
    autocomplete = dict.fromkeys(["name", "email", "phone", "address", "postcode"], "off")
    older_names = {"medium": "channel"}
    field_order = ["medium", "name", "email", "whose", *DoorForm.field_order[2:], "language", *BOXES]
    SAME, ANOTHER = "same", "another"

    medium = forms.ChoiceField(
        label=gettext_lazy("How did it come in?"),
        choices=[(Medium.PAPER, Medium.PAPER.label), (Medium.PHONE, Medium.PHONE.label)],
        initial=Medium.PAPER,
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80, validators=NAME_RULES)
    email = forms.EmailField(label=gettext_lazy("Email address"), max_length=254, required=False)
    phone = PhoneField(label=gettext_lazy("Telephone"), max_length=20, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language of our messages"), choices=settings.LANGUAGES)
    is_protected = forms.BooleanField(label=gettext_lazy("The person has name and address protection"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        cast(PhoneField, self.fields["phone"]).countries = (self.partnership.country,)
        names, spoken = dict(settings.LANGUAGES), self.partnership.languages
        self.set_choices("language", [(code, names[code]) for code in spoken if code in names])
        self.fields["language"].initial = self.partnership.language
        label = format_lazy(
            _("The person has signed, or heard and said yes to, these words: “{words}”"),
            words=consent_text(self.partnership),
        )
        without = _("Tick when the person has said yes to these words. Without a yes nothing is kept.")
        self.add("consent", forms.BooleanField(label=label, error_messages={"required": without}))
        label = format_lazy(
            _("The person has also ticked, or said yes to, these words: “{words}”"), words=shown_text(self.partnership)
        )
        self.add("shown", forms.BooleanField(label=label, required=False))
        if self.data.get("whose"):
            self._add_whose()

    def ask_whose_mailbox(self) -> None:
        """After a refusal because the mailbox is known under another name, ask in the form whose it is."""
        if self.has_error(NON_FIELD_ERRORS, "other_name") and "whose" not in self.fields:
            self._add_whose()

    def _add_whose(self) -> None:
        choices = [
            (self.SAME, _("The same person. Ask them by email whether they will be a neighbour helper")),
            (self.ANOTHER, _("Another person. Leave out the email address, and save the slip")),
        ]
        label = _("Whose email address is it?")
        self.add("whose", forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, required=False))


class ShownForForm(PortalForm):
    """How a helper told staff whether the Naboven of the area may see them."""

    submit_label = gettext_lazy("Save")
    older_names = {"medium": "told"}

    shown = forms.ChoiceField(
        label=gettext_lazy("May the Naboven of the area see them?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        widget=forms.RadioSelect,
    )
    medium = MediumField()


class CorrectForm(StaffDoorForm):
    """What staff know of a helper, for them to correct."""

    submit_label = gettext_lazy("Save")
    autocomplete = dict.fromkeys(["name", "email", "phone", "address", "postcode"], "off")
    older_names = {"channel": "way", "medium": "told"}
    field_order = ["name", "address", "postcode", "town", "door", "area", "phone", "email", "why", "channel", "medium"]

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80, validators=NAME_RULES)
    phone = PhoneField(label=gettext_lazy("Telephone"), max_length=20, required=False)
    email = forms.EmailField(
        label=gettext_lazy("Email address"),
        help_text=gettext_lazy(
            "If there was another address before, we tell it that this one counts now. The person is logged out "
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
            "channel": person.reached_by,
            "medium": medium,
        }
        if self.home:
            known |= {"address": self.home.line, "postcode": self.home.postcode}
        super().__init__(*args, initial=known, partnership=helper.partnership, **kwargs)
        cast(PhoneField, self.fields["phone"]).countries = (helper.partnership.country,)
        # Texts go to a number only when its owner has typed a code that was sent there, which staff cannot do for them.
        offered = [one for one in User.Channel if one != User.Channel.SMS or person.reached_by == one]
        self.set_choices("channel", [(channel, channel.label) for channel in offered])
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
        if cleaned.get("channel") == User.Channel.MAIL and cleaned.get("email") == "":
            self.add_error("channel", _("There is no email address to write to. Enter one, or choose letters."))
        if self.home and not {"address", "postcode"} & set(self.changed_data):
            cleaned["door"] = self.home
            return cleaned
        return super().clean()


class HelperFilter(PortalForm):
    """Which helpers to list."""

    form_method = "get"
    submit_label = gettext_lazy("Show")

    area = forms.ModelChoiceField(
        Area.objects.none(), label=gettext_lazy("Local area"), required=False, empty_label=gettext_lazy("All areas")
    )
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)

    def __init__(self, *args, areas, with_states: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.set_queryset("area", areas)
        if with_states:
            self.set_choices("state", [("", _("All")), *State.choices])
        else:
            del self.fields["state"]
