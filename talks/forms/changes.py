"""Moving a talk, choosing among offered slots, and naming a deputy."""

from collections.abc import Collection, Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership import clock
from partnership.fields.names import NAME_RULES
from partnership.fields.phone import PhoneField
from partnership.people.models import User
from partnership.places.models import Partnership
from partnership.web.forms import PortalForm
from talks.actions.free_evenings import why_not
from talks.models import Booking, Slot, SlotHold
from talks.when import as_choice, with_speaker
from written.numbers import is_key


def say_why_not(form: PortalForm, slots: Mapping[int, Slot], here: Partnership, *, at_short_notice: bool) -> None:
    """Let a form whose slot is no longer among the choices say the true reason."""
    wanted = str(form["slot"].value() or "") if form.is_bound else ""
    if is_key(wanted) and int(wanted) not in slots:
        words = why_not(int(wanted), here, clock.now(), at_short_notice=at_short_notice)
        form.fields["slot"].error_messages["invalid_choice"] = words


class MoveForm(PortalForm):
    """Another slot for a talk. None is chosen beforehand, or a press too early would move it to the first."""

    slot = forms.TypedChoiceField(
        label=_("Move it to"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an evening.")},
    )
    submit_label = _("Move the talk")
    at_short_notice = True

    def __init__(self, *args, booking: Booking, slots: Sequence[Slot], reader: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.slots = {slot.pk: slot for slot in slots}
        self.set_choices("slot", [(pk, with_speaker(one, booking, reader)) for pk, one in self.slots.items()])
        say_why_not(self, self.slots, booking.partnership, at_short_notice=self.at_short_notice)

    def chosen_slot(self) -> Slot:
        return self.slots[self.cleaned_data["slot"]]


class ChangeForm(MoveForm):
    """The chair picks another slot. Early enough and with the same speaker the talk moves at once; otherwise we answer
    first.
    """

    at_short_notice = False

    def __init__(self, *args, booking: Booking, at_once: Collection[int], **kwargs) -> None:
        super().__init__(*args, booking=booking, **kwargs)
        self.set_choices("slot", [(pk, self._label(one, booking)) for pk, one in self.slots.items()])
        if not at_once:
            self.submit_label = _("Ask to move the talk")

    @staticmethod
    def _label(slot: Slot, booking: Booking) -> str:
        words = as_choice(slot, booking)
        if slot.speaker_id == booking.speaker_id:
            return words
        return _("%(evening)s – we ask another speaker first") % {"evening": words}


class SlotHoldForm(PortalForm):
    """Choose one of the slots that are held."""

    hold = forms.TypedChoiceField(
        label=_("Which evening suits you?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose an evening."),
            "invalid_choice": _("This evening is no longer kept for you. Please pick another."),
        },
    )
    submit_label = _("Choose this evening")

    def __init__(self, *args, booking: Booking, holds: Sequence[SlotHold], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.holds = {hold.pk: hold for hold in holds}
        self.set_choices("hold", [(pk, as_choice(one, booking)) for pk, one in self.holds.items()])

    def chosen(self) -> SlotHold:
        return self.holds[self.cleaned_data["hold"]]


class AcceptForm(PortalForm):
    """What a deputy tells when they say yes."""

    phone = PhoneField(
        label=_("Your telephone"),
        help_text=_(
            "You may leave this empty. With it, speaker and coordinator can call you if you become the contact of a "
            "talk. If we have a number of yours already, it stays: you change it on your own page."
        ),
        max_length=20,
        required=False,
    )


class DeputyForm(PortalForm):
    """Who may move and cancel for the chair."""

    name = forms.CharField(
        label=_("The deputy’s name"),
        max_length=80,
        validators=NAME_RULES,
        error_messages={"required": _("Enter the deputy’s name.")},
    )
    email = forms.EmailField(
        label=_("The deputy’s email"),
        help_text=_("We ask them there. They give their own telephone number when they say yes."),
        max_length=254,
        error_messages={"required": _("Enter the deputy’s email address.")},
    )
    submit_label = _("Ask this person")
