"""The form for staff who type a paper slip or a telephone conversation."""

from typing import cast

from django import forms
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from neighbours.actions.requests import ANOTHER, SAME
from neighbours.consent_words import consent_text, shown_text
from neighbours.forms.origin import ORIGIN, ask_origin, service_of
from partnership.fields.names import NAME_RULES
from partnership.fields.phone import PhoneField
from partnership.people.models import Medium
from partnership.web.address_forms import AddressForm, StaffAddressForm


class SlipForm(StaffAddressForm):
    """A paper slip or a telephone conversation, typed by staff."""

    submit_label = gettext_lazy("Save the slip")
    autocomplete = dict.fromkeys(["name", "email", "phone", "address", "postcode"], "off")
    older_names = {"medium": "channel"}
    field_order = [
        "medium",
        "name",
        "email",
        "whose",
        "known",
        *AddressForm.field_order[2:],
        *ORIGIN,
        "language",
        "is_protected",
        "consent",
        "shown",
    ]
    SAME, ANOTHER = SAME, ANOTHER

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
        member = _("Was the person a member of %(service)s before?") % {"service": service_of(self.partnership)}
        ask_origin(self, member=member, heard=_("Where did they hear about us?"), required=False)
        label = format_lazy(
            _("The person has signed, or heard and said yes to, these words: “{words}”"),
            words=consent_text(self.partnership, on_paper=True),
        )
        without = _("Tick when the person has said yes to these words. Without a yes nothing is kept.")
        self.add("consent", forms.BooleanField(label=label, error_messages={"required": without}))
        label = format_lazy(
            _("The person has also ticked, or said yes to, these words: “{words}”"), words=shown_text(self.partnership)
        )
        self.add("shown", forms.BooleanField(label=label, required=False))
        if self.data.get("whose"):
            self._add_whose()
        if self.data.get("known"):
            self._add_known()

    def begin_at_name(self) -> None:
        """Let the next slip of a pile begin at the name; a street that is kept is gone on with, and not replaced."""
        self.fields["name"].widget.attrs["autofocus"] = True
        if self.initial.get("address"):
            self.fields["address"].widget.attrs["data-goes-on"] = True
            self["address"].help_text = _(
                "The street of the slip before. Type the house number after it, or replace it."
            )

    def ask_who_it_is(self) -> None:
        """After a refusal because somebody is known under another name, or at another address, ask who it is."""
        is_known = any(self.has_error(NON_FIELD_ERRORS, code) for code in ("named_here", "other_home"))
        if is_known and "known" not in self.fields:
            self._add_known()
        if self.has_error(NON_FIELD_ERRORS, "other_name") and "whose" not in self.fields:
            self._add_whose()

    def _add_known(self) -> None:
        choices = [
            (self.SAME, _("The same person. They have told us so, and the address on the slip is where they live now")),
            (self.ANOTHER, _("Another person of the same name. Save the slip as a new person")),
        ]
        label = _("Is it the same person?")
        self.add("known", forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, required=False))

    def _add_whose(self) -> None:
        choices = [
            (
                self.SAME,
                _("The same person. If they have used the email address, we ask there; otherwise this name counts"),
            ),
            (self.ANOTHER, _("Another person. Leave out the email address, and save the slip")),
        ]
        label = _("Whose email address is it?")
        self.add("whose", forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, required=False))
