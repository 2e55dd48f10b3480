"""Where a code is to be sent, and the code."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.fields.codes import typed_code
from partnership.fields.names import NAME_RULES
from partnership.fields.phone import PhoneField
from partnership.fields.postcode import PostcodeField
from partnership.paper.printed_codes import DIGITS
from partnership.places.address_lookup import Found, look_up
from partnership.places.models import Partnership
from partnership.web.forms import PortalForm


class NewEmailForm(PortalForm):
    """The address that is to count from now on."""

    submit_label = gettext_lazy("Send me a code")

    email = forms.EmailField(label=gettext_lazy("Your new email address"), max_length=254)


class OwnCodeForm(PortalForm):
    """The six digits of a message."""

    submit_label = gettext_lazy("Continue")
    autocomplete = {"code": "one-time-code"}

    code = forms.CharField(label=gettext_lazy("The six digits in the message"), max_length=20)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "class": "input-char-8"}


class AskedForm(PortalForm):
    """Who asks for a code."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        help_text=gettext_lazy("As you have told it to us."),
        max_length=80,
        validators=NAME_RULES,
    )


class ByTextForm(AskedForm):
    """Whose number a code is to be texted to."""

    submit_label = gettext_lazy("Text me a code")
    autocomplete = {"name": "name"}

    phone = PhoneField(label=gettext_lazy("Your mobile number"), max_length=20)

    def __init__(self, *args, partnership: Partnership, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].countries = (partnership.country,)  # type: ignore[attr-defined]


class ByLetterForm(AskedForm):
    """Where a letter with a code is to be sent: an address in the register."""

    submit_label = gettext_lazy("Send me a letter")
    autocomplete = {"name": "name", "address": "address-line1", "postcode": "postal-code"}

    address = forms.CharField(label=gettext_lazy("Street and house number"), max_length=120)
    postcode = PostcodeField(label=gettext_lazy("Postcode"))

    def __init__(self, *args, partnership: Partnership, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.partnership = partnership

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if "address" not in cleaned or "postcode" not in cleaned:
            return cleaned
        found = look_up(self.partnership, cleaned["address"], cleaned["postcode"])
        if not (found.door or _is_one_house(found)):
            sentence = _("We do not find this address. Look at the spelling and the postcode, or call us on %(phone)s.")
            self.add_error("address", sentence % self.partnership.call_us)
        cleaned["found"] = found
        return cleaned


def _is_one_house(found: Found) -> bool:
    """Return whether all that may be meant is one house with several doors."""
    return bool(found.choices) and len({(door.street, door.number, door.postcode) for door in found.choices}) == 1


class PrintedCodeForm(PortalForm):
    """The twelve digits of a letter."""

    submit_label = gettext_lazy("See what you know about me")
    autocomplete = {"code": "off"}

    code = forms.CharField(label=gettext_lazy("The twelve digits in the letter"), max_length=40)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric"}

    def clean_code(self) -> str:
        code = typed_code(self.cleaned_data["code"], digits=DIGITS)
        if not code:
            raise forms.ValidationError(_("Write the twelve digits from the letter."), code="invalid")
        return code
