"""The forms with which staff ask for a talk, move it and cancel it for somebody who calls."""

from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django.utils.translation import gettext_lazy as _

from partnership.people.models import User
from partnership.people.staff.telling import MediumField
from partnership.web.forms import OnceForm, PortalForm
from talks.actions.bookings import TalkRequest
from talks.forms.afterwards import FeedbackForm
from talks.forms.associations import AssociationForm
from talks.forms.changes import MoveForm, SlotHoldForm
from talks.forms.requests import RequestForm, WishForm
from talks.history import none_suits
from talks.models import Booking
from talks.when import was_agreed, with_speaker


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
    at_short_notice = True


class WishForCallerForm(ForCaller, WishForm):
    legend = _("The days")
    submit_label = _("Note the days for the caller")


class MoveForCallerForm(MoveForm, OnceForm):
    submit_label = _("Move the talk for the caller")

    medium = MediumField()


class ChooseForCallerForm(SlotHoldForm):
    """The evenings that are kept for the caller, and that none of them suits."""

    NONE = 0
    medium = MediumField()
    submit_label = _("Save the answer of the caller")

    def __init__(self, *args, booking: Booking, reader: User, **kwargs) -> None:
        super().__init__(*args, booking=booking, **kwargs)
        kept = [(pk, with_speaker(one, booking, reader)) for pk, one in self.holds.items()]
        self.set_choices("hold", [*kept, (self.NONE, none_suits(booking))])

    @property
    def none_suits(self) -> bool:
        return self.cleaned_data["hold"] == self.NONE


class TakeBackForCallerForm(PortalForm):
    submit_label = _("Yes, the talk stays where it is")

    medium = MediumField()


class CancelForCallerForm(PortalForm):
    submit_label = _("Yes, cancel it for the caller")
    submit_deletes = True

    medium = MediumField()

    def __init__(self, *args, booking: Booking, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not was_agreed(booking):
            self.submit_label = _("Yes, withdraw it for the caller")


class FeedbackForCallerForm(FeedbackForm):
    submit_label = _("Save the answers of the caller")

    medium = MediumField()


class SendAgainForm(OnceForm):
    """Only a button."""

    submit_label = _("Send it again")
