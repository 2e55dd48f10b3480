"""The forms with which staff ask for a talk, move it and cancel it for somebody who calls."""

from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.people.models import User
from partnership.people.staff.telling import MediumField
from partnership.web.forms import OnceForm, PortalForm
from talks.actions.bookings import TalkRequest
from talks.forms.afterwards import FeedbackForm
from talks.forms.associations import AssociationForm
from talks.forms.changes import TAKEN, MoveForm
from talks.forms.requests import RequestForm, WishForm


class ForCaller(AssociationForm):
    """The fields of the public form, but for who asks: staff know the caller, and say how they were told."""

    # Fields of the public form that this one does without.
    name = email = phone = None  # type: ignore[assignment]
    medium = MediumField()

    form_id = "ask"
    autocomplete = {"association": "off"}

    def __init__(self, *args, caller: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.caller = caller

    def layout(self) -> Layout:
        return Layout(
            Fieldset(self.legend, *self.first_fields, "format"),
            Fieldset(_("The association"), "association", "kind", "homes", "area"),
            Fieldset(_("The place"), "place", "is_accessible", "has_projector", "is_public"),
            Fieldset(_("The call"), "note", "medium"),
        )

    def talk_request(self) -> TalkRequest:
        known: dict[str, Any] = {"name": self.caller.name, "email": self.caller.email or "", "phone": ""}
        own = {name: self.cleaned_data[name] for name in TalkRequest.__dataclass_fields__ if name not in known}
        return TalkRequest(**known, **own)


class RequestForCallerForm(ForCaller, RequestForm):
    submit_label = _("Ask for this evening for the caller")


class WishForCallerForm(ForCaller, WishForm):
    legend = _("The days")
    submit_label = _("Note the days for the caller")


class MoveForCallerForm(MoveForm, OnceForm):
    submit_label = _("Move the talk for the caller")

    slot = forms.TypedChoiceField(
        label=_("Move it to"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an evening."), "invalid_choice": TAKEN},
    )
    medium = MediumField()


class CancelForCallerForm(PortalForm):
    submit_label = _("Yes, cancel it for the caller")
    submit_deletes = True

    medium = MediumField()


class FeedbackForCallerForm(FeedbackForm):
    submit_label = _("Save the answers of the caller")

    medium = MediumField()


class SendAgainForm(OnceForm):
    """Only a button."""

    submit_label = _("Send it again")
