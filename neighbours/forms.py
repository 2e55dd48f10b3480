"""The forms of joining: on the web, and for staff who type a paper slip."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from neighbours.consent_words import consent_text
from neighbours.models import Channel, Helper, State
from partnership.fields.names import NAME_RULES
from partnership.fields.phone import PhoneField
from partnership.fields.postcode import PostcodeField
from partnership.places.address_lookup import Found, Problem, look_up
from partnership.places.models import Area, Partnership
from partnership.web.forms import OnceForm, PortalForm
from written.mailboxes import shown

NONE_OF_THESE = "none"
MOST_RADIOS = 12  # enough for a tower block

SENTENCES = {
    Problem.UNKNOWN_POSTCODE: gettext_lazy(
        "We find no homes in %(place)s with this postcode. Correct it. If you live in another municipality, ask there, "
        "or call us on %(phone)s."
    ),
    Problem.UNKNOWN_NUMBER: gettext_lazy(
        "We know the road, but not this house number. Correct it, or write to %(email)s or call %(phone)s."
    ),
    Problem.UNKNOWN_STREET: gettext_lazy(
        "We do not know this road in this postcode. Look at the spelling, or write to %(email)s or call %(phone)s."
    ),
    Problem.SEVERAL_DOORS: gettext_lazy(
        "Then the address is not in our register. Write to %(email)s or call %(phone)s, and we will help you."
    ),
}
SENTENCES[Problem.UNKNOWN_DOOR] = SENTENCES[Problem.SEVERAL_DOORS]


class DoorForm(OnceForm):
    """A form with an address in the register; if several match, it shows a choice and keeps what was typed."""

    autocomplete = {"name": "name", "address": "address-line1", "postcode": "postal-code"}
    field_order = ["name", "email", "phone", "address", "postcode", "door"]

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=80, validators=NAME_RULES)
    email = forms.EmailField(label=gettext_lazy("Your e-mail address"), max_length=254)
    address = forms.CharField(label=gettext_lazy("Road and house number"), max_length=120)
    postcode = PostcodeField(label=gettext_lazy("Postcode"))

    def __init__(self, *args, partnership: Partnership, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.partnership = partnership
        self["address"].help_text = self._example()
        self.fields["address"].widget.attrs["data-streets"] = reverse("neighbours:streets")

    def add(self, name: str, field: forms.Field) -> None:
        """Add a field that depends on the partnership or on what was typed, in its position."""
        self.fields[name] = field
        self.settle(name, field)
        self.order_fields(self.field_order)

    def _example(self) -> str:
        if self.partnership.country == Partnership.Country.SWEDEN:
            return _("For example Exempelvägen 12, or with your door: Exempelvägen 12, lgh 1101")
        return _("For example Eksempelvej 12, or with your floor: Eksempelvej 12B, 2. th")

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if "address" not in cleaned or "postcode" not in cleaned:
            return cleaned
        found = look_up(self.partnership, cleaned["address"], cleaned["postcode"])
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
            label=_("Which door is yours?") if found.problem == Problem.SEVERAL_DOORS else _("Did you mean …"),
            choices=[*([("", _("Choose …"))] if is_long else []), *doors, (NONE_OF_THESE, _("None of these"))],
            widget=forms.Select if is_long else forms.RadioSelect,
        )
        self.add("door", field)

    def _question(self, found: Found) -> str:
        if found.problem == Problem.SEVERAL_DOORS:
            return _("There are several homes at this number. Choose yours.")
        if found.problem == Problem.NO_NUMBER:
            return _("Write the house number too, or choose it here.")
        if found.problem == Problem.UNKNOWN_NUMBER:
            return _("We know the road, but not this house number. Choose yours, or correct what you wrote.")
        return _("We do not find the address just as it is written. Choose yours, or correct what you wrote.")

    def _sentence(self, found: Found) -> str:
        if found.problem == Problem.NO_NUMBER:
            return _("Write the house number too, for example Eksempelvej 12.")
        return SENTENCES[found.problem] % {
            "place": self.partnership.municipality,
            "phone": self.partnership.contact_phone,
            "email": shown(self.partnership.contact_email),
        }


class JoinForm(DoorForm):
    """The public form to become a helper."""

    submit_label = gettext_lazy("Become a neighbour helper")
    field_order = [*DoorForm.field_order, "consent"]

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("We send you a link to press. You need no password."),
        max_length=254,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        without = _(
            "Tick the box if you want to be a neighbour helper. Without your yes we may not keep your name and address."
        )
        label = consent_text(self.partnership)
        self.add("consent", forms.BooleanField(label=label, error_messages={"required": without}))


class SlipForm(DoorForm):
    """A paper slip or a telephone conversation, typed by staff."""

    submit_label = gettext_lazy("Save the slip")
    autocomplete = dict.fromkeys(["name", "email", "phone", "address", "postcode"], "off")
    field_order = ["channel", *DoorForm.field_order, "language", "consent"]

    channel = forms.ChoiceField(
        label=gettext_lazy("How did it come in?"),
        choices=[(Channel.PAPER, Channel.PAPER.label), (Channel.PHONE, Channel.PHONE.label)],
        initial=Channel.PAPER,
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80, validators=NAME_RULES)
    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254, required=False)
    phone = PhoneField(label=gettext_lazy("Telephone"), max_length=20, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language of our messages"), choices=settings.LANGUAGES)

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


class OwnNameForm(PortalForm):
    """How a helper's own name is written."""

    submit_label = gettext_lazy("Save the name")
    autocomplete = {"name": "name"}

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=80, validators=NAME_RULES)


class CorrectForm(DoorForm):
    """What staff know of a helper, for them to correct."""

    submit_label = gettext_lazy("Save")
    autocomplete = dict.fromkeys(["name", "email", "phone", "address", "postcode"], "off")
    field_order = ["name", "address", "postcode", "door", "phone", "email"]

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80, validators=NAME_RULES)
    phone = PhoneField(
        label=gettext_lazy("Telephone"),
        help_text=gettext_lazy("Text messages go to a new number only when they have confirmed it on their own page."),
        max_length=20,
        required=False,
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("We tell the old address that another one counts now."),
        max_length=254,
        required=False,
    )

    def __init__(self, *args, helper: Helper, **kwargs) -> None:
        person, self.home = helper.person, helper.household.address if helper.household else None
        known = {"name": person.name, "phone": person.phone, "email": shown(person.email)}
        if self.home:
            known |= {"address": self.home.line, "postcode": self.home.postcode}
        super().__init__(*args, initial=known, partnership=helper.partnership, **kwargs)
        cast(PhoneField, self.fields["phone"]).countries = (helper.partnership.country,)

    def clean(self) -> dict[str, Any]:
        """An address that is not changed stays, also one that the register has closed."""
        if self.home and not {"address", "postcode"} & set(self.changed_data):
            self.cleaned_data["door"] = self.home
            return self.cleaned_data
        return super().clean()


class HelperSearch(PortalForm):
    """One line that finds helpers; posted, so that no name stands in a log."""

    submit_label = gettext_lazy("Find")
    autocomplete = {"q": "off"}

    q = forms.CharField(
        label=gettext_lazy("Find a helper"),
        help_text=gettext_lazy("A name, a road with its house number, an e-mail address or a telephone number."),
        max_length=120,
        error_messages={"required": gettext_lazy("Write a part of the name, the address, the e-mail or the number.")},
    )


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
