"""The coordinator's forms for answering a request, a wish or an illness."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from partnership.fields.days import day_in_words
from partnership.places.models import Partnership
from partnership.web.forms import PortalForm
from talks.actions.offers import MOST
from talks.models import Slot, Speaker, TalkWish
from talks.when import when_in_words


class DeclineForm(PortalForm):
    why = forms.CharField(
        label=_("Why not?"),
        help_text=_("The chair reads this sentence."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why, so that the chair understands.")},
    )
    submit_label = _("Decline the request")


class OfferForm(PortalForm):
    """Up to three other slots to offer, with a reason for the chair."""

    slots = forms.TypedMultipleChoiceField(
        label=_("Which evenings do we offer?"),
        help_text=_("Up to three. They are kept for five days."),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one evening.")},
    )
    why = forms.CharField(
        label=_("Why not as planned?"), help_text=_("The chair reads this sentence."), max_length=300, required=False
    )
    submit_label = _("Offer these evenings")

    def __init__(self, *args, partnership: Partnership, slots: Sequence[Slot], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.choices = {slot.pk: slot for slot in slots}
        self.set_choices(
            "slots", [(pk, f"{when_in_words(one, partnership)}, {one.speaker}") for pk, one in self.choices.items()]
        )

    def clean_slots(self) -> list[Slot]:
        picked = list(dict.fromkeys(self.cleaned_data["slots"]))
        if len(picked) > MOST:
            raise ValidationError(_("Pick one, two or three evenings to offer."))
        return [self.choices[pk] for pk in picked]


class IllForm(OfferForm):
    """Other slots when the speaker is ill, ticked beforehand. None is a valid answer too."""

    submit_label = _("Tell the association")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["why"]
        self.fields["slots"].required = False
        self.fields["slots"].initial = list(self.choices)

    def clean(self) -> dict[str, Any]:
        """Ask again where a page from before an upgrade named its boxes `evenings`: no slot means to cancel."""
        super().clean()
        if "evenings" in self.data:
            self.add_error("slots", _("Tick at least one evening."))
        return self.cleaned_data


class MeetForm(PortalForm):
    """A speaker who has agreed to a wished day."""

    speaker = forms.ModelChoiceField(label=_("Speaker"), queryset=Speaker.objects.none(), empty_label=None)
    day = forms.TypedChoiceField(label=_("Which day?"), coerce=dt.date.fromisoformat)
    submit_label = _("Confirm the talk")

    def __init__(self, *args, wish: TalkWish, speakers: QuerySet[Speaker], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.set_queryset("speaker", speakers)
        self.set_choices("day", [(day.isoformat(), day_in_words(day)) for day in wish.wished_days])
