"""The forms with which staff write down a caller, and correct what is known of somebody."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership import clock
from partnership.fields.names import NAME_RULES
from partnership.fields.phone import PhoneField
from partnership.fields.postcode import PostcodeField
from partnership.people.actions.details import Details
from partnership.people.models import User
from partnership.people.staff.telling import MediumField, ask_called_before, called_before
from partnership.places.models import Address
from partnership.web.address_forms import StaffAddressForm
from written.mailboxes import readable


class DetailsForm(StaffAddressForm):
    """A name, and how to reach the person. An address is for letters, and may stay empty."""

    submit_label = gettext_lazy("Save")
    autocomplete = dict.fromkeys(["name", "email", "phone", "address", "postcode"], "off")
    field_order = ["name", "phone", "email", "why", "address", "postcode", "town", "door", "area"]

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80, validators=NAME_RULES)
    phone = PhoneField(label=gettext_lazy("Telephone"), max_length=20, required=False)
    email = forms.EmailField(label=gettext_lazy("Email address"), max_length=254, required=False)
    address = forms.CharField(label=gettext_lazy("Street and house number"), max_length=120, required=False)
    postcode = PostcodeField(label=gettext_lazy("Postcode"), required=False)
    medium = MediumField()

    home: Address | None = None

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        cast(PhoneField, self.fields["phone"]).countries = (self.partnership.country,)
        self["address"].help_text = _("For letters, if there is no email address. %(example)s") % {
            "example": self._example()
        }

    def clean(self) -> dict[str, Any]:
        """An address that is not changed stays, also one that the register has closed."""
        cleaned = self.cleaned_data
        if self.home and not {"address", "postcode"} & set(self.changed_data):
            cleaned["door"] = self.home
            return cleaned
        if not cleaned.get("address") and not cleaned.get("postcode"):
            cleaned["door"] = None
            return cleaned
        return super().clean()

    def details(self) -> Details:
        typed = self.cleaned_data
        known = {name: typed[name] for name in ("name", "email", "phone")}
        return Details(**known, address=typed["door"], why=typed.get("why", ""))


class WriteDownForm(DetailsForm):
    """Somebody who calls, and whom nobody finds."""

    submit_label = gettext_lazy("Write them down")
    field_order = ["medium", *DetailsForm.field_order, "language", "is_protected", "heard", "is_another"]

    language = forms.ChoiceField(label=gettext_lazy("Language of our messages"), choices=settings.LANGUAGES)
    is_protected = forms.BooleanField(label=gettext_lazy("The person has name and address protection"), required=False)
    heard = forms.BooleanField(
        label=gettext_lazy("I have read out the words above, and the person agrees that we write it down"),
        error_messages={"required": gettext_lazy("Read the words out, and tick when the person has agreed.")},
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        names, spoken = dict(settings.LANGUAGES), self.partnership.languages
        self.set_choices("language", [(code, names[code]) for code in spoken if code in names])
        self.fields["language"].initial = self.partnership.language
        if self.data.get("is_another"):
            self._add_another()

    def ask_whether_another(self) -> None:
        """After a refusal because somebody may be this person, ask whether it is another one."""
        if self.has_error(NON_FIELD_ERRORS, code="alike") and "is_another" not in self.fields:
            self._add_another()

    def _add_another(self) -> None:
        self.add("is_another", forms.BooleanField(label=_("It is another person"), required=False))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned.setdefault("is_another", False)
        if cleaned.get("email") == "" and not (cleaned.get("address") or self.errors):
            without = _("Enter an email address, or an address for letters. We write to confirm things.")
            self.add_error("email", without)
        return cleaned


class CorrectDetailsForm(DetailsForm):
    """What staff know of a person, for them to correct."""

    field_order = ["name", "phone", "email", "why", "called_before", *DetailsForm.field_order[4:], "medium"]

    why = forms.CharField(
        label=gettext_lazy("Why is the email address another one?"),
        help_text=gettext_lazy("Only if you change it. The administrators read it."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args, person: User, home: Address | None, medium: str, may_email: bool, **kwargs) -> None:
        self.home, self.had_mailbox = home, bool(person.email)
        known = {"name": person.name, "phone": person.phone, "email": readable(person.email), "medium": medium}
        if home:
            known |= {"address": home.line, "postcode": home.postcode}
        super().__init__(*args, initial=known, **kwargs)
        if person.is_protected:
            self.add("called_before", called_before(person, clock.now()))
        if not may_email:
            self.fields["email"].disabled = True
            self["email"].help_text = _(
                "Its owner has used it to log in or to answer, so only the administrators can correct it."
            )
            del self.fields["why"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.had_mailbox and "email" in self.changed_data and cleaned.get("why") == "":
            self.add_error("why", _("Enter why the email address is another one."))
        ask_called_before(self)
        return cleaned
