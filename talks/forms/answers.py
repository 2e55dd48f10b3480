"""The coordinator's forms for answering a request or a wish, and for calling off a talk."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from partnership.fields.printed_days import day_in_words
from partnership.people.models import User
from partnership.web.forms import PortalForm
from talks.actions.offers import MOST, STANDS, kept_for
from talks.messages.reaching import call_first
from talks.models import Booking, Slot, Speaker, TalkWish
from talks.when import with_language, with_speaker

READ_BY_THE_CHAIR = _("The chair reads this sentence. Write nothing about anybody’s health.")
MAY_STAY_EMPTY = _("You may leave this empty. The chair reads what you write. Write nothing about anybody’s health.")


def reason(*, rows: int = 3, **more: Any) -> forms.CharField:
    """Return a field for why staff answer as they do."""
    box = forms.Textarea(attrs={"rows": rows})
    # A form whose fields may all stay empty marks none as optional.
    hint = READ_BY_THE_CHAIR if more.get("required", True) else MAY_STAY_EMPTY
    return forms.CharField(help_text=hint, max_length=300, widget=box, **more)


def case_is_agreed(case: Booking | TalkWish) -> bool:
    """Return whether a case is a talk that both sides count on, which can only be departed from with a reason."""
    return isinstance(case, Booking) and case.state == Booking.State.CONFIRMED


class SeenPlaceForm(forms.Form):
    """Who may come, and to what place, as it stood on staff's page when they pressed a button."""

    place = forms.CharField(required=False, strip=False)
    is_public = forms.BooleanField(required=False)

    @property
    def open_place(self) -> str | None:
        """Return the place if it stood there that everybody may come."""
        return self.cleaned_data["place"] if self.is_valid() and self.cleaned_data["is_public"] else None


class EveningForm(PortalForm):
    """Asks whether others can have the evening that a request or a talk is on."""

    is_gone = forms.TypedChoiceField(
        label=_("What about the evening itself?"),
        choices=[
            ("yes", _("The speaker cannot come: take the evening off the list")),
            ("no", _("The speaker can come: others can ask for the evening")),
        ],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether others can have the evening.")},
    )


class ConfirmForm(PortalForm):
    """Staff confirm a talk, with an answer to what the association asked if there is one to give."""

    answer = reason(label=_("Your answer to what the association asked"), rows=2, required=False)
    submit_label = _("Confirm the talk")


class DeclineForm(PortalForm):
    why = reason(label=_("Why not?"), error_messages={"required": _("Write why, so that the chair understands.")})
    submit_label = _("Decline the request")


class DeclineRequestForm(DeclineForm, EveningForm):
    field_order = ("why", "is_gone")


class StaysForm(PortalForm):
    """Staff refuse to move a talk, with a reason for the association if there is one to give."""

    why = reason(label=_("Why can it not be moved?"), rows=2, required=False)
    submit_label = _("No, it stays")


class CancelForm(PortalForm):
    """Staff cancel a talk, with a reason for the association."""

    why = reason(label=_("Why is the talk cancelled?"), required=False)
    submit_label = _("Yes, cancel it")


class OfferForm(PortalForm):
    """Up to three other slots to offer, with a reason for the chair."""

    slots = forms.TypedMultipleChoiceField(
        label=_("Which evenings do we offer?"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick at least one evening."),
            "invalid_choice": _("One of these evenings can no longer be offered. Please tick the others again."),
        },
    )
    why = reason(label=_("Why another evening?"), rows=2, required=False)
    submit_label = _("Offer these evenings")
    is_speaker = False

    def __init__(self, *args, case: Booking | TalkWish, slots: Sequence[Slot], reader: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.choices = {slot.pk: slot for slot in slots}
        self["slots"].help_text = self.hint(case)
        if case_is_agreed(case):
            self["why"].label = str(_("Why not as planned?"))
        self.set_choices("slots", [(pk, with_speaker(one, case, reader)) for pk, one in self.choices.items()])

    def hint(self, case: Booking | TalkWish) -> str:
        """Return how many may be ticked and how long they are kept; and to staff, whether the chair is to be rung."""
        if kept_for(case) == STANDS:
            return str(_("Up to three. They are kept for five days, but not beyond the day before the first of them."))
        kept = _("Up to three. They are kept for 14 days, but not beyond the day before the first of them.")
        return f"{kept} {'' if self.is_speaker else call_first(case)}".strip()

    def clean_slots(self) -> list[Slot]:
        picked = list(dict.fromkeys(self.cleaned_data["slots"]))
        if len(picked) > MOST:
            raise ValidationError(_("Pick one, two or three evenings to offer."))
        return [self.choices[pk] for pk in picked]


class OfferInsteadForm(OfferForm, EveningForm):
    """Other slots than the one that was asked for or agreed."""

    field_order = ("slots", "why", "is_gone")


class CallOffForm(OfferForm):
    """Other slots when the speaker cannot come. Nothing is ticked beforehand; to cancel is a choice of its own. Only
    staff can give the association a reason.
    """

    cancels = forms.BooleanField(label=_("None of them: cancel the talk"), required=False)
    field_order = ("slots", "cancels", "why")
    submit_label = _("Tell the association")

    def __init__(self, *args, is_speaker: bool, **kwargs) -> None:
        self.is_speaker = is_speaker
        super().__init__(*args, **kwargs)
        if is_speaker:
            del self.fields["why"]
        self.fields["slots"].required = False
        if not self.choices:
            del self.fields["slots"], self.fields["cancels"]
            self.submit_label = _("Cancel the talk, and tell the association")

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.choices and bool(self.cleaned_data.get("slots")) == self.cleaned_data["cancels"]:
            self.add_error("slots", _("Tick the evenings that we can offer, or tick that the talk is cancelled."))
        return self.cleaned_data


class MeetForm(PortalForm):
    """A speaker who has agreed to a wished day. Neither is chosen beforehand: the talk is confirmed at once, and
    another may be free then.
    """

    speaker = forms.ModelChoiceField(
        label=_("Speaker"),
        queryset=Speaker.objects.none(),
        empty_label=_("Choose"),
        error_messages={"required": _("Choose the speaker who has said yes.")},
    )
    day = forms.TypedChoiceField(
        label=_("Which day?"),
        coerce=dt.date.fromisoformat,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the day that the speaker has said yes to.")},
    )
    answer = reason(label=_("Your answer to what the association asked"), rows=2, required=False)
    submit_label = _("Confirm the talk")

    def __init__(self, *args, wish: TalkWish, speakers: QuerySet[Speaker], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.set_queryset("speaker", speakers)
        cast(Any, self.fields["speaker"]).label_from_instance = lambda one: with_language(str(one), one, wish)
        self.set_choices("day", [(day.isoformat(), day_in_words(day)) for day in wish.wished_days])
