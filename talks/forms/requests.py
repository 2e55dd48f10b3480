"""Asking for a talk: on a free slot, or on days that the chair wishes for."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from partnership import clock
from partnership.fields.dates import ThreeBoxDateField
from partnership.fields.printed_days import month_in_words
from partnership.holidays import is_holiday
from partnership.places.models import Partnership
from partnership.web.months import Month, by_month
from talks import formats
from talks.actions.free_evenings import why_gone
from talks.forms.associations import AssociationForm
from talks.forms.changes import say_why_not
from talks.forms.limits import limits_in_words
from talks.models import Slot, SlotQuerySet
from talks.when import when_in_words
from written.numbers import is_key

NOT_GIVEN = _("That talk is not given on this evening. Pick another talk or evening.")
TOO_FAR = _("This speaker does not come to that part of the municipality. Pick another evening.")


class RequestForm(AssociationForm):
    """One page for a whole request: which slot, and the shared fields. If a free slot is already chosen, `chosen` is
    that slot, and the form offers the talks and areas of its speaker alone. It may also be one of `held`, which the
    browser's earlier request holds. The button "another" of `form_id` keeps what is typed, and offers all free slots.
    """

    form_id = "ask"

    SLOTS_SHOWN = 24

    slot = forms.TypedChoiceField(
        label=_("Which evening?"),
        coerce=int,
        error_messages={"required": _("Choose an evening.")},
    )

    submit_label = _("Ask for this evening")
    first_fields = ("slot",)
    at_short_notice = False
    # Why the evening that a link has named is not among the choices.
    why_gone = ""

    def __init__(
        self, *args, partnership: Partnership, slots: SlotQuerySet, held: SlotQuerySet | None = None, **kwargs
    ) -> None:
        super().__init__(*args, partnership=partnership, **kwargs)
        self._free = slots
        wanted = str(self["slot"].value() or "")
        found = [rows.filter(pk=wanted).first() for rows in (slots, held) if rows is not None and is_key(wanted)]
        self.chosen = next(filter(None, found), None)
        if self.chosen:
            self._offer([self.chosen], forms.HiddenInput())
            self._narrow(self.chosen)
        else:
            self.let_choose()
            say_why_not(self, self.slots, partnership, at_short_notice=self.at_short_notice)
            if wanted and not self.is_bound:
                pk = int(wanted) if is_key(wanted) else 0
                self.why_gone = why_gone(pk, partnership, clock.now(), at_short_notice=self.at_short_notice)

    def let_choose(self) -> None:
        """Offer the slots that are free now, and every talk and area."""
        self.chosen = None
        self["area"].help_text = self.fields["area"].help_text
        self.set_choices("format", formats.CHOICES)
        self.set_queryset("area", self.areas)
        self._offer(list(self._free.all()[: self.SLOTS_SHOWN]), forms.RadioSelect())

    def _narrow(self, slot: Slot) -> None:
        """Offer what is given on a slot. An online talk is for associations everywhere."""
        given = [
            talk
            for talk in formats.FORMATS.values()
            if slot.speaker.gives_format(talk.key) and slot.is_long_enough_for(talk)
        ]
        self.set_choices("format", [(talk.key, talk.title) for talk in given])
        self.fields["format"].error_messages["invalid_choice"] = NOT_GIVEN
        near = [area for area in self.areas if slot.speaker.goes_to(area)]
        if len(near) == len(self.areas) or all(talk.is_online for talk in given):
            return
        if any(talk.is_online for talk in given):
            far = [(area.pk, area.name) for area in self.areas if area not in near]
            comes = [(area.pk, area.name) for area in near]
            choices = [("", _("Choose")), (_("The speaker comes here"), comes), (_("Only the online talk"), far)]
            self.set_choices("area", choices)
            return
        self.set_queryset("area", self.areas.filter(pk__in=[area.pk for area in near]))
        self.fields["area"].error_messages["invalid_choice"] = TOO_FAR
        self["area"].help_text = _(
            "Only where the speaker of this evening comes. If the right one is not among them, choose another evening."
        )

    def _offer(self, slots: Sequence[Slot], widget: forms.Widget) -> None:
        self.slots = {slot.pk: slot for slot in slots}
        self._limits = limits_in_words(slots, self.partnership)
        self.fields["slot"].widget = widget
        months = by_month(slots, self.partnership.zone)
        self.set_choices("slot", [(capfirst(month_in_words(month.first)), self._labelled(month)) for month in months])

    def _labelled(self, month: Month[Slot]) -> list[tuple[int, str]]:
        return [
            (slot.pk, ". ".join([when_in_words(slot, self.partnership), *self._limits[slot.pk]]))
            for _on, slot in month.slots
        ]

    @property
    def chosen_format(self) -> str:
        """The talk that is chosen, whose hours can be told; empty while none is that is given on this evening."""
        about = formats.FORMATS.get(str(self["format"].value() or ""))
        is_given = (
            about
            and self.chosen
            and self.chosen.speaker.gives_format(about.key)
            and self.chosen.is_long_enough_for(about)
        )
        return about.key if about and is_given else ""

    @property
    def limits(self) -> list[str]:
        """The limits of the chosen evening."""
        return self._limits[self.chosen.pk] if self.chosen else []

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        chosen, slot = cleaned.get("format"), self.slots.get(cleaned.get("slot", 0))
        if slot and chosen and not slot.speaker.gives_format(chosen):
            self.add_error("format", NOT_GIVEN)
        elif (
            slot and chosen and not formats.FORMATS[chosen].is_online and not slot.speaker.goes_to(cleaned.get("area"))
        ):
            self.let_choose()
            self.add_error("slot", TOO_FAR)
        return cleaned

    def chosen_slot(self) -> Slot:
        return self.slots[self.cleaned_data["slot"]]


class WishForm(AssociationForm):
    """Two or three days that would suit, if no free slot does."""

    first = ThreeBoxDateField(
        label=_("The day that suits best"),
        refuse_past=True,
        error_messages={"required": _("Enter the day that suits best.")},
    )
    second = ThreeBoxDateField(
        label=_("Another day"),
        refuse_past=True,
        error_messages={"required": _("Enter one more day that suits.")},
    )
    third = ThreeBoxDateField(label=_("A third day"), refuse_past=True, required=False)
    from_hour = forms.TimeField(
        label=_("From what time?"),
        help_text=_("For example 19:00"),
        error_messages={"required": _("Enter from what time, for example 19:00.")},
    )

    form_id = "ask"
    submit_label = _("Send our wishes")
    legend = _("Your days")
    first_fields = ("first", "second", "third", "from_hour")

    def clean(self) -> dict[str, Any]:
        super().clean()
        for name in ("first", "second", "third"):
            day = self.cleaned_data.get(name)
            if day and is_holiday(self.partnership.country, day):
                self.add_error(name, _("We give no talks on public holidays and eves. Enter another day."))
        return self.cleaned_data

    def days(self) -> list[dt.date]:
        """Return the wished days, the best first."""
        typed = (self.cleaned_data.get(name) for name in ("first", "second", "third"))
        return [day for day in typed if day]
