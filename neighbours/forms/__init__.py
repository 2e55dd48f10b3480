"""The forms of joining: on the web, and for staff who type a paper slip."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from neighbours.consent_words import consent_text, shown_text
from neighbours.models import Helper, Medium, State
from partnership.fields.names import NAME_RULES
from partnership.fields.phone import PhoneField
from partnership.fields.postcode import PostcodeField
from partnership.fields.unbroken import unbroken
from partnership.outbox.post import texts_are_on
from partnership.people.models import User
from partnership.places.address_lookup import Found, Problem, look_up
from partnership.places.models import Area, Partnership
from partnership.places.typed_addresses import typed_address
from partnership.web.forms import OnceForm, PortalForm
from written.mailboxes import readable
from written.numbers import is_key

NONE_OF_THESE = "none"
TOWN_LENGTH = 40
BOXES = ("is_protected", "consent", "shown")
MOST_RADIOS = 12  # enough for a tower block

SENTENCES = {
    Problem.UNKNOWN_POSTCODE: gettext_lazy(
        "We find no homes in %(place)s with this postcode. Correct it. If you live in another municipality, ask there, "
        "or call us on %(phone)s."
    ),
    Problem.UNKNOWN_NUMBER: gettext_lazy(
        "We know the street, but not this house number. Correct it, or write to %(email)s or call %(phone)s."
    ),
    Problem.UNKNOWN_STREET: gettext_lazy(
        "We do not know this street in this postcode. Look at the spelling, or write to %(email)s or call %(phone)s."
    ),
    Problem.SEVERAL_DOORS: gettext_lazy(
        "Then the address is not in our register. Write to %(email)s or call %(phone)s, and we will help you."
    ),
}
SENTENCES[Problem.UNKNOWN_DOOR] = SENTENCES[Problem.SEVERAL_DOORS]


class DoorForm(OnceForm):
    """A form with an address in the register; if several match, it shows a choice and keeps what was typed."""

    autocomplete = {"name": "name", "address": "address-line1", "postcode": "postal-code"}
    field_order = ["name", "email", "phone", "address", "postcode", "town", "door", "area"]
    is_for_staff = False

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=80, validators=NAME_RULES)
    email = forms.EmailField(label=gettext_lazy("Your e-mail address"), max_length=254)
    address = forms.CharField(label=gettext_lazy("Street and house number"), max_length=120)
    postcode = PostcodeField(label=gettext_lazy("Postcode"))

    def __init__(self, *args, partnership: Partnership, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.partnership = partnership
        self["address"].help_text = self._example()
        self.fields["address"].widget.attrs["data-streets"] = reverse("neighbours:streets")

    def add(self, name: str, field: forms.Field) -> None:
        """Add a field that depends on the partnership or on what was typed, in its position."""
        self.fields[name] = field
        self.prepare_field(name, field)
        self.order_fields(self.field_order)

    def _street(self) -> str:
        return "Exempelvägen 12" if self.partnership.country == Partnership.Country.SWEDEN else "Eksempelvej 12"

    def _example(self) -> str:
        if self.partnership.country == Partnership.Country.SWEDEN:
            return _("For example Exempelvägen 12, or with your door: Exempelvägen 12, lgh 1101")
        return _("For example Eksempelvej 12, or with your floor: Eksempelvej 12B, 2. th")

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if "address" not in cleaned or "postcode" not in cleaned:
            return cleaned
        found = look_up(self.partnership, cleaned["address"], cleaned["postcode"], for_staff=self.is_for_staff)
        picked = self.data.get(self.add_prefix("door"), "")
        cleaned["door"] = found.door or found.chosen(picked)
        if cleaned["door"] is None:
            self._ask(found, picked)
        elif found.door is None:
            self._offer(found)  # picked: show it again if something else on the page has to be corrected
        return cleaned

    def _ask(self, found: Found, picked: str) -> None:
        if found.choices and picked != NONE_OF_THESE:
            self._offer(found)
            self.add_error("door", self._question(found))
        else:
            self.add_error(
                "postcode" if found.problem == Problem.UNKNOWN_POSTCODE else "address", self._sentence(found)
            )

    def _offer(self, found: Found) -> None:
        doors = [(str(door.pk), door.label) for door in found.choices]
        is_long = len(doors) > MOST_RADIOS
        field = forms.ChoiceField(
            label=_("Which door is it?") if found.problem == Problem.SEVERAL_DOORS else _("Did you mean …"),
            choices=[*([("", _("Choose …"))] if is_long else []), *doors, (NONE_OF_THESE, _("None of these"))],
            widget=forms.Select if is_long else forms.RadioSelect,
        )
        self.add("door", field)

    def _question(self, found: Found) -> str:
        if found.problem == Problem.SEVERAL_DOORS:
            return _("There are several homes at this number. Choose the right one.")
        if found.problem == Problem.NO_NUMBER:
            return _("Enter the house number too, or choose it here.")
        if found.problem == Problem.UNKNOWN_NUMBER:
            return _("We know the street, but not this house number. Choose the right one, or correct what you wrote.")
        return _("We do not find the address just as it is written. Choose the right one, or correct what you wrote.")

    def _sentence(self, found: Found) -> str:
        if found.problem == Problem.NO_NUMBER:
            return _("Enter the house number too, for example %(example)s.") % {"example": self._street()}
        return SENTENCES[found.problem] % {
            "place": self.partnership.municipality,
            "phone": unbroken(self.partnership.contact_phone),
            "email": readable(self.partnership.contact_email),
        }


class JoinForm(DoorForm):
    """The public form to become a helper."""

    submit_label = gettext_lazy("Become a neighbour helper")
    field_order = [*DoorForm.field_order, *BOXES]

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("We send you a link to press. You need no password."),
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


class StaffDoorForm(DoorForm):
    """With an address that staff may save though the register does not know it."""

    is_for_staff = True

    def _ask(self, found: Found, picked: str) -> None:
        if found.problem == Problem.NO_NUMBER:
            super()._ask(found, picked)
            return
        areas = self.partnership.areas.order_by("name")
        label, help_text = _("Local area"), _("Only if the address is right, and is to be saved as you have typed it.")
        field = forms.ModelChoiceField(areas, label=label, help_text=help_text, required=False, empty_label="–")
        self.add("area", field)
        if found.problem == Problem.UNKNOWN_POSTCODE:
            self.add("town", forms.CharField(label=_("Town"), max_length=TOWN_LENGTH, required=False))
        chosen = self.data.get(self.add_prefix("area"), "")
        area = areas.filter(pk=chosen).first() if is_key(chosen) and picked in ("", NONE_OF_THESE) else None
        if area:
            line, postcode = self.cleaned_data["address"], self.cleaned_data["postcode"]
            self.cleaned_data["door"] = typed_address(area, line, postcode, self._town())
        if self.cleaned_data["door"] is None:
            super()._ask(found, picked)

    def _town(self) -> str:
        """Return the town that was typed with a postcode without homes; "" if there is none, or it is refused."""
        field, typed = self.fields.get("town"), self.data.get(self.add_prefix("town"), "")
        try:
            return field.clean(typed) if field else ""
        except forms.ValidationError as refused:
            self.add_error("town", refused)
            return ""

    def _sentence(self, found: Found) -> str:
        if found.problem == Problem.NO_NUMBER:
            return super()._sentence(found)
        if found.problem == Problem.UNKNOWN_POSTCODE:
            return _(
                "The register has no homes in %(place)s with this postcode. Correct it. If it is "
                "right, enter the town and choose the local area too."
            ) % {"place": self.partnership.municipality}
        return _("The register does not know this address. Correct it. If it is right, choose the local area too.")


class ToldField(forms.ChoiceField):
    """How a helper told staff what they write down for them."""

    def __init__(self) -> None:
        media = (Medium.PHONE, Medium.PERSON, Medium.PAPER, Medium.EMAIL)
        choices = [(medium.value, format_lazy("{}", medium.label)) for medium in media]
        super().__init__(label=gettext_lazy("How did they tell you?"), choices=choices, widget=forms.RadioSelect)


class LeaveForForm(PortalForm):
    """How a helper told staff that they no longer want to be one."""

    submit_label = gettext_lazy("Yes, end the membership")
    submit_deletes = True

    told = ToldField()
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
    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254, required=False)
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
            (self.SAME, _("The same person. Ask them by e-mail whether they will be a neighbour helper")),
            (self.ANOTHER, _("Another person. Leave out the e-mail address, and save the slip")),
        ]
        label = _("Whose e-mail address is it?")
        self.add("whose", forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, required=False))


class ShownForForm(PortalForm):
    """How a helper told staff whether the Naboven of the area may see them."""

    submit_label = gettext_lazy("Save")

    shown = forms.ChoiceField(
        label=gettext_lazy("May the Naboven of the area see them?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        widget=forms.RadioSelect,
    )
    told = ToldField()


class CorrectForm(StaffDoorForm):
    """What staff know of a helper, for them to correct."""

    submit_label = gettext_lazy("Save")
    autocomplete = dict.fromkeys(["name", "email", "phone", "address", "postcode"], "off")
    older_names = {"channel": "way"}
    field_order = ["name", "address", "postcode", "town", "door", "area", "phone", "email", "why", "channel", "told"]

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80, validators=NAME_RULES)
    phone = PhoneField(label=gettext_lazy("Telephone"), max_length=20, required=False)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy(
            "If there was another address before, we tell it that this one counts now. The person is logged out "
            "everywhere, and the app and the passkeys that they log in with are removed."
        ),
        max_length=254,
        required=False,
    )
    why = forms.CharField(
        label=gettext_lazy("Why is the e-mail address another one?"),
        help_text=gettext_lazy("Only if you change it. The administrators read it."),
        max_length=200,
        required=False,
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("How do we reach the person?"), widget=forms.RadioSelect, required=False
    )
    told = ToldField()

    def __init__(self, *args, helper: Helper, told: str = "", **kwargs) -> None:
        person, self.home = helper.person, helper.household.address if helper.household else None
        self.had_mailbox = bool(person.email)
        known = {
            "name": person.name,
            "phone": person.phone,
            "email": readable(person.email),
            "channel": person.reached_by,
            "told": told,
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
                "we write by e-mail, or by letter if there is no e-mail address."
            )

    def clean(self) -> dict[str, Any]:
        """An address that is not changed stays, also one that the register has closed."""
        cleaned = self.cleaned_data
        if self.had_mailbox and "email" in self.changed_data and cleaned.get("why") == "":
            self.add_error("why", _("Enter why the e-mail address is another one."))
        if cleaned.get("channel") == User.Channel.MAIL and cleaned.get("email") == "":
            self.add_error("channel", _("There is no e-mail address to write to. Enter one, or choose letters."))
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
