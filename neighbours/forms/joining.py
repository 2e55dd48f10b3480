"""The public form to become a helper."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crispy_dkfds.boxes import Box
from neighbours.actions.inviting import ALPHABET, LENGTH
from neighbours.consent_words import to_be_helper, to_be_shown
from neighbours.forms.origin import ORIGIN, ask_origin, asked_of_joiners
from partnership.web.address_forms import AddressForm


class InvitationField(forms.CharField):
    """The code of an invitation, from the address of the page; whatever else stands there is nothing."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput)

    def clean(self, value: str | None) -> str:
        code = (value or "").strip().upper()
        return code if len(code) == LENGTH and not set(code) - set(ALPHABET) else ""


class JoinForm(AddressForm):
    """The public form to become a helper."""

    submit_label = gettext_lazy("Become a neighbour helper")
    field_order = [*AddressForm.field_order, *ORIGIN, "consent", "shown", "is_protected"]

    email = forms.EmailField(
        label=gettext_lazy("Your email address"),
        help_text=gettext_lazy("We send you an email with a button. You need no password."),
        max_length=254,
    )
    is_protected = Box(
        behind=gettext_lazy("Do you have name and address protection?"),
        label=gettext_lazy("I have name and address protection"),
        help_text=gettext_lazy("Then only coordinators and administrators see you, and no local contact person."),
        required=False,
    )

    invitation = InvitationField()

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        member, heard = asked_of_joiners(self.partnership), _("Where did you hear about us?")
        ask_origin(self, member=member, heard=heard, required=True)
        without = _(
            "Tick the box if you want to be a neighbour helper. Without your yes we may not keep your name and address."
        )
        joins, shows = to_be_helper(self.partnership), to_be_shown(self.partnership)
        asks = _("Who sees this?")
        errors = {"required": without}
        self.add("consent", Box(label=joins.short, asks=asks, more=joins.more, error_messages=errors))
        asks = _("Can I change my mind?")
        self.add("shown", Box(label=shows.short, asks=asks, more=shows.more, required=False))
