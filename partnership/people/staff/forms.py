"""The forms with which staff look somebody up."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from partnership.people.models import ContactNote, LookUp
from partnership.people.staff.telling import MediumField
from partnership.web.forms import OnceForm, PortalForm


class PurposeField(forms.ChoiceField):
    """Why staff look somebody up."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Why are you looking?"),
            help_text=_("We note who looked, at whom, when and why."),
            choices=lambda: [(code, capfirst(label)) for code, label in LookUp.Purpose.choices],
            widget=forms.RadioSelect,
        )


class PurposeForm(PortalForm):
    """Only the purpose: each is a button."""

    purpose = PurposeField()


class SearchForm(PortalForm):
    """One line that finds people; sent by POST, so that no name stands in a log."""

    submit_label = _("Find")
    autocomplete = {"q": "off"}

    q = forms.CharField(
        label=_("Who are you looking for?"),
        help_text=_("A name, a street with its house number, an email address or a telephone number."),
        max_length=120,
        error_messages={"required": _("Enter a part of the name, the address, the email or the number.")},
    )
    purpose = PurposeField()


class ToldForm(PortalForm):
    """How somebody told staff to end something."""

    submit_deletes = True
    older_names = {"medium": "told"}

    medium = MediumField()


class EraseForForm(ToldForm):
    """How somebody told staff that everything about them shall be deleted, and whether they want a letter that confirms
    it (`may_write`).
    """

    submit_label = _("Yes, delete everything about them")

    letter = forms.BooleanField(
        label=_("They would like a letter that confirms it"),
        help_text=_("You print it on the next page, with the address, and post it."),
        required=False,
    )

    def __init__(self, *args, may_write: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not may_write:
            del self.fields["letter"]


class NoteForm(OnceForm):
    """A contact with a person: a code, and a short line."""

    submit_label = _("Note the contact")
    autocomplete = {"line": "off"}

    code = forms.ChoiceField(
        label=_("What was it?"),
        choices=lambda: [(code, capfirst(label)) for code, label in ContactNote.Code.choices],
        widget=forms.RadioSelect,
    )
    line = forms.CharField(
        label=_("One line about it"),
        help_text=_(
            "Nothing about health, and no opinions. The person can ask to read it. It is deleted after a year."
        ),
        max_length=ContactNote.LONGEST,
        required=False,
    )
