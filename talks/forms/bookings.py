"""What chairs, speakers and coordinators type."""

import datetime as dt
from collections.abc import Collection, Sequence

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from partnership import clock
from partnership.fields.dates import ThreeBoxDateField
from partnership.fields.texts import no_web_address
from partnership.places.models import Partnership
from partnership.web.forms import OnceForm, PortalForm
from talks import formats
from talks.actions.bookings import Wish
from talks.actions.offers import MOST
from talks.models import Association, Booking, Evening, EveningQuerySet, Feedback, Option, Speaker, TalkWish
from talks.when import day_in_words, in_words, span_in_words

HOURS = ["%H.%M", "%H:%M", "%H"]


def evening_label(evening: Evening, partnership: Partnership) -> str:
    """Return the evening in words: day, and from when to when."""
    zone = partnership.zone
    return span_in_words(clock.local(evening.starts_at, zone), clock.local(evening.ends_at, zone))


class AssociationForm(OnceForm):
    """What a request and a wish both ask: which talk, which association, where, and who asks."""

    format = forms.ChoiceField(
        label=_("Which talk?"),
        choices=formats.CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a talk.")},
    )
    association = forms.CharField(
        label=_("Name of the association"),
        max_length=120,
        validators=[no_web_address],
        error_messages={"required": _("Write the name of the association.")},
    )
    # Nothing is chosen beforehand: what is chosen for her is what the register then believes.
    type = forms.ChoiceField(
        label=_("What kind of association is it?"),
        choices=[("", _("Choose")), *Association.Type.choices],
        error_messages={"required": _("Choose what kind of association it is.")},
    )
    # A box for text with figures on the keyboard: a browser's number box swallows letters, and turns under the wheel.
    homes = forms.IntegerField(
        label=_("How many homes does it have?"),
        min_value=1,
        max_value=5000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            **dict.fromkeys(
                ("required", "invalid", "min_value"), _("Write how many homes in figures, for example 48.")
            ),
            "max_value": _("Write at most 5,000 homes."),
        },
    )
    area = forms.ModelChoiceField(
        label=_("Local area"),
        help_text=_("The part of the municipality where your homes are."),
        queryset=None,
        empty_label=_("Choose"),
        error_messages={"required": _("Choose the local area where your homes are.")},
    )
    place = forms.CharField(
        label=_("Where is the talk to be held?"),
        help_text=_("For example the common house, with its address. Leave it empty for an online talk."),
        max_length=160,
        validators=[no_web_address],
        error_messages={"required": _("Write where the talk is to be held, for example the common house.")},
    )
    is_accessible = forms.BooleanField(label=_("There is a way in without steps"), required=False)
    has_projector = forms.BooleanField(label=_("There is a screen or a projector"), required=False)
    is_public = forms.BooleanField(label=_("Neighbours who are not members may come"), required=False)
    name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        validators=[no_web_address],
        error_messages={"required": _("Write your name.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        help_text=_("We write about this talk, and about nothing else."),
        max_length=254,
        error_messages={"required": _("Write your e-mail address.")},
    )
    note = forms.CharField(
        label=_("Anything we should know?"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    autocomplete = {"association": "organization", "name": "name"}
    legend = _("The talk")
    first_fields: tuple[str, ...] = ()

    def __init__(self, *args, partnership: Partnership, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.partnership = partnership
        self.fields["area"].queryset = partnership.areas.defer("boundary").order_by("name")
        chosen = formats.FORMATS.get(self["format"].value())
        self.fields["place"].required = not (chosen and chosen.is_online)
        # What is wrong is listed from top to bottom, as the page asks.
        self.order_fields(self.first_fields)

    def layout(self) -> Layout:
        return Layout(
            Fieldset(self.legend, *self.first_fields, "format"),
            Fieldset(_("Your association"), "association", "type", "homes", "area"),
            Fieldset(_("The place"), "place", "is_accessible", "has_projector", "is_public"),
            Fieldset(_("About you"), "name", "email", "note"),
        )

    def wish(self) -> Wish:
        """Return what was asked for, as the action takes it."""
        return Wish(**{name: self.cleaned_data[name] for name in Wish.__dataclass_fields__})


class RequestForm(AssociationForm):
    """One page for a whole request: which evening, and what every association is asked.

    Whoever comes with a free evening chosen is not asked for it again; `chosen` says which.
    """

    EVENINGS_SHOWN = 24

    evening = forms.TypedChoiceField(
        label=_("Which evening?"),
        coerce=int,
        error_messages={
            "required": _("Choose an evening."),
            "invalid_choice": _("This evening has just been taken. Please pick another."),
        },
    )

    submit_label = _("Ask for this evening")
    first_fields = ("evening",)

    def __init__(self, *args, partnership: Partnership, evenings: EveningQuerySet, **kwargs) -> None:
        super().__init__(*args, partnership=partnership, **kwargs)
        self._free = evenings
        wanted = str(self["evening"].value() or "")
        # Longer numbers are no row's, and more than the database counts to.
        self.chosen = evenings.filter(pk=wanted).first() if wanted.isdecimal() and len(wanted) < 19 else None
        if self.chosen:
            self._offer([self.chosen], forms.HiddenInput())
        else:
            self.let_choose()

    def let_choose(self) -> None:
        """Ask which evening, of those that are free now."""
        self.chosen = None
        self._offer(list(self._free.all()[: self.EVENINGS_SHOWN]), forms.RadioSelect())

    def _offer(self, evenings: Sequence[Evening], widget: forms.Widget) -> None:
        self.evenings = {evening.pk: evening for evening in evenings}
        self.fields["evening"].widget = widget
        self.fields["evening"].choices = [
            (pk, evening_label(one, self.partnership)) for pk, one in self.evenings.items()
        ]

    def clean(self) -> dict:
        cleaned = super().clean()
        chosen, evening = cleaned.get("format"), self.evenings.get(cleaned.get("evening"))
        if evening and chosen and not evening.speaker.gives(chosen):
            self.add_error("format", _("That talk is not given on this evening. Pick another talk or evening."))
        return cleaned

    def chosen_evening(self) -> Evening:
        return self.evenings[self.cleaned_data["evening"]]


class WishForm(AssociationForm):
    """Two or three days that would suit, where none of the free evenings does."""

    first = ThreeBoxDateField(
        label=_("The day that suits best"),
        refuse_past=True,
        error_messages={"required": _("Write the day that suits you best.")},
    )
    second = ThreeBoxDateField(
        label=_("Another day"),
        refuse_past=True,
        error_messages={"required": _("Write one more day that suits you.")},
    )
    third = ThreeBoxDateField(label=_("A third day"), refuse_past=True, required=False)
    from_hour = forms.TimeField(label=_("From what hour?"), help_text=_("For example 19.00"), input_formats=HOURS)

    submit_label = _("Send our wishes")
    legend = _("Your days")
    first_fields = ("first", "second", "third", "from_hour")

    def days(self) -> list[dt.date]:
        """Return the wished days, the most wanted first."""
        typed = (self.cleaned_data.get(name) for name in ("first", "second", "third"))
        return [day for day in typed if day]


class DeclineForm(PortalForm):
    why = forms.CharField(
        label=_("Why not?"),
        help_text=_("The chair reads this sentence."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why, so that the chair understands.")},
    )
    submit_label = _("Decline the request")


class MoveForm(PortalForm):
    evening = forms.TypedChoiceField(label=_("Move it to"), coerce=int)
    submit_label = _("Move the talk")

    def __init__(self, *args, partnership: Partnership, evenings: Sequence[Evening], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.evenings = {evening.pk: evening for evening in evenings}
        self.fields["evening"].choices = [
            (pk, f"{evening_label(one, partnership)}, {one.speaker}") for pk, one in self.evenings.items()
        ]

    def chosen_evening(self) -> Evening:
        return self.evenings[self.cleaned_data["evening"]]


class CloseForm(PortalForm):
    held = forms.TypedChoiceField(
        label=_("Was the talk held?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the talk was held.")},
    )
    attendance = forms.IntegerField(
        label=_("How many came?"),
        min_value=0,
        max_value=5000,
        help_text=_("Your best count is fine. Leave it empty if the talk was not held."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": _("Write how many came; your best count is fine.")},
    )
    submit_label = _("Save")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attendance"].required = self["held"].value() != "no"


class OptionForm(PortalForm):
    """Choose one of the evenings that are kept."""

    option = forms.TypedChoiceField(
        label=_("Which evening suits you?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an evening.")},
    )
    submit_label = _("Choose this evening")

    def __init__(self, *args, booking: Booking, options: Sequence[Option], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.options = {option.pk: option for option in options}
        self.fields["option"].choices = [(pk, in_words(one, booking.partnership)) for pk, one in self.options.items()]

    def chosen(self) -> Option:
        return self.options[self.cleaned_data["option"]]


class ChangeForm(MoveForm):
    """The chair picks another evening. With the same speaker the talk moves at once; another is asked first."""

    evening = forms.TypedChoiceField(
        label=_("Move it to"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an evening.")},
    )

    def __init__(self, *args, booking: Booking, at_once: Collection[int], **kwargs) -> None:
        super().__init__(*args, partnership=booking.partnership, **kwargs)
        self.fields["evening"].choices = [
            (pk, self._label(one, booking.partnership, pk in at_once)) for pk, one in self.evenings.items()
        ]

    @staticmethod
    def _label(evening: Evening, partnership: Partnership, at_once: bool) -> str:
        words = evening_label(evening, partnership)
        return words if at_once else _("%(evening)s – we ask another speaker first") % {"evening": words}


class OfferForm(PortalForm):
    """Up to three other evenings to offer, with a reason that the chair reads."""

    evenings = forms.TypedMultipleChoiceField(
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

    def __init__(self, *args, partnership: Partnership, evenings: Sequence[Evening], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.choices = {evening.pk: evening for evening in evenings}
        self.fields["evenings"].choices = [
            (pk, f"{evening_label(one, partnership)}, {one.speaker}") for pk, one in self.choices.items()
        ]

    def clean_evenings(self) -> list[Evening]:
        picked = self.cleaned_data["evenings"]
        if len(picked) > MOST:
            raise ValidationError(_("Pick one, two or three evenings to offer."))
        return [self.choices[pk] for pk in picked]


class IllForm(OfferForm):
    """The same, with the evenings ticked already: one look, one press. None at all is an answer too."""

    submit_label = _("Tell the association")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["why"]
        self.fields["evenings"].required = False
        self.fields["evenings"].initial = list(self.choices)


class MeetForm(PortalForm):
    """A speaker who has said yes to a wished day."""

    speaker = forms.ModelChoiceField(label=_("Speaker"), queryset=None, empty_label=None)
    day = forms.TypedChoiceField(label=_("Which day?"), coerce=dt.date.fromisoformat)
    submit_label = _("Confirm the talk")

    def __init__(self, *args, wish: TalkWish, speakers: QuerySet[Speaker], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["speaker"].queryset = speakers
        self.fields["day"].choices = [(day.isoformat(), day_in_words(day)) for day in wish.wished_days]


class FeedbackForm(PortalForm):
    """The two questions."""

    useful = forms.ChoiceField(
        label=_("Was the talk worth the evening?"),
        choices=Feedback.Useful.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the talk was worth the evening.")},
    )
    will_act = forms.ChoiceField(
        label=_("Will you do something together about burglary?"),
        choices=Feedback.WillAct.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you will do something together.")},
    )
    words = forms.CharField(
        label=_("Anything to add?"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    submit_label = _("Send the answers")


class DeputyForm(PortalForm):
    """Who may move and cancel in the chair's place."""

    name = forms.CharField(
        label=_("The deputy's name"),
        max_length=80,
        validators=[no_web_address],
        error_messages={"required": _("Write the deputy's name.")},
    )
    email = forms.EmailField(
        label=_("The deputy's e-mail"),
        max_length=254,
        error_messages={"required": _("Write the deputy's e-mail address.")},
    )
    submit_label = _("Name the deputy")
