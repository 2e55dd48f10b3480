"""A speaker's available time: single slots, patterns, days away."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership import clock
from partnership.fields.dates import ThreeBoxDateField
from partnership.places.models import Partnership
from partnership.web.forms import PortalForm
from talks.models import Speaker, WeeklyPattern


def free_from() -> forms.TimeField:
    """Return the field for the local time from which a speaker is free."""
    return forms.TimeField(
        label=_("Free from"),
        help_text=_("For example 19:00"),
        error_messages={"required": _("Enter the time from which you are free, for example 19:00.")},
    )


def free_until() -> forms.TimeField:
    """Return the field for the local time until which a speaker is free."""
    return forms.TimeField(
        label=_("Free until"),
        help_text=_("For example 21:00"),
        error_messages={"required": _("Enter the time until which you are free, for example 21:00.")},
    )


class SpeakersForm(PortalForm):
    """A form about one speaker's time: the reader's own, or for staff any speaker's."""

    speaker = forms.ModelChoiceField(
        label=_("Speaker"),
        queryset=Speaker.objects.none(),
        empty_label=_("Choose"),
        error_messages={"required": _("Choose the speaker.")},
    )

    def __init__(self, *args, speakers, partnership: Partnership, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.partnership = partnership
        self.set_queryset("speaker", speakers)
        if len(speakers) == 1:
            self.fields["speaker"].initial = speakers[0]
            self.fields["speaker"].widget = forms.HiddenInput()

    @property
    def speaker_chosen(self) -> Speaker:
        return self.cleaned_data["speaker"]


class SlotForm(SpeakersForm):
    """A speaker's free slot."""

    day = ThreeBoxDateField(
        label=_("Which day?"), refuse_past=True, error_messages={"required": _("Enter which day it is.")}
    )
    starts = free_from()
    ends = free_until()

    submit_label = _("Offer this evening")

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        day, starts, ends = (cleaned.get(name) for name in ("day", "starts", "ends"))
        if day and starts and ends:
            if ends <= starts:
                self.add_error("ends", _("Enter a time that is later than the first one."))
                return cleaned
            try:
                cleaned["starts_at"] = clock.at(day, starts, self.partnership.zone)
                cleaned["ends_at"] = clock.at(day, ends, self.partnership.zone)
            except ValueError:
                self.add_error("starts", _("The clocks change in that hour. Pick another hour."))
        return cleaned

    @property
    def moments(self) -> tuple[dt.datetime, dt.datetime]:
        return self.cleaned_data["starts_at"], self.cleaned_data["ends_at"]


class PatternForm(SpeakersForm):
    """The same slot every week, or every second."""

    weekday = forms.TypedChoiceField(
        label=_("Which day of the week?"),
        choices=[("", _("Choose")), *WeeklyPattern.Weekday.choices],
        coerce=int,
        error_messages={"required": _("Choose the day of the week.")},
    )
    every_weeks = forms.TypedChoiceField(
        label=_("How often?"), choices=[(1, _("Every week")), (2, _("Every second week"))], coerce=int
    )
    first_on = ThreeBoxDateField(
        label=_("From which day?"), refuse_past=True, error_messages={"required": _("Enter from which day.")}
    )
    starts = free_from()
    ends = free_until()
    also_holidays = forms.BooleanField(label=_("Public holidays too"), required=False)

    submit_label = _("Offer these evenings")

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("Enter a time that is later than the first one."))
        return cleaned

    def pattern(self) -> WeeklyPattern:
        """Return the pattern from the form, unsaved."""
        names = ("speaker", "weekday", "every_weeks", "first_on", "starts", "ends", "also_holidays")
        return WeeklyPattern(**{name: self.cleaned_data[name] for name in names})


class AwayForm(SpeakersForm):
    """Days on which the pattern does not apply. We do not ask why."""

    first_on = ThreeBoxDateField(
        label=_("First day without talks"), refuse_past=True, error_messages={"required": _("Enter the first day.")}
    )
    last_on = ThreeBoxDateField(
        label=_("Last day without talks"), refuse_past=True, error_messages={"required": _("Enter the last day.")}
    )

    submit_label = _("Mark these days")

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        first, last = cleaned.get("first_on"), cleaned.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("The last day must not be before the first."))
        return cleaned
