"""The fields of an address in the register: for those who join, and for staff who write down or correct a person."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.fields.names import NAME_RULES
from partnership.fields.postcode import PostcodeField
from partnership.places.address_lookup import Found, Problem, look_up
from partnership.places.models import Partnership
from partnership.places.typed_addresses import typed_address
from partnership.registers import Register
from partnership.web.forms import OnceForm
from written.mailboxes import readable
from written.numbers import is_key

# The URL name that completes the name of a street while it is typed.
street_searches: Register[str] = Register("searches for streets")
NONE_OF_THESE = "none"
TOWN_LENGTH = 40
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


class AddressForm(OnceForm):
    """A form with an address in the register; if several match, it shows a choice and keeps what was typed."""

    autocomplete = {"name": "name", "address": "address-line1", "postcode": "postal-code"}
    field_order = ["name", "email", "phone", "address", "postcode", "town", "door", "area"]
    is_for_staff = False

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=80, validators=NAME_RULES)
    email = forms.EmailField(label=gettext_lazy("Your email address"), max_length=254)
    address = forms.CharField(label=gettext_lazy("Street and house number"), max_length=120)
    postcode = PostcodeField(label=gettext_lazy("Postcode"))

    def __init__(self, *args, partnership: Partnership, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.partnership = partnership
        self["address"].help_text = self._example()
        for name in street_searches:
            self.fields["address"].widget.attrs["data-streets"] = reverse(name)

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
            "phone": self.partnership.call_us["phone"],
            "email": readable(self.partnership.contact_email),
        }


class StaffAddressForm(AddressForm):
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
