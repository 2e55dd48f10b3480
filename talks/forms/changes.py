"""Moving a talk, choosing among offered evenings, and naming who else may do so."""

from collections.abc import Collection, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.fields.texts import no_web_address
from partnership.places.models import Partnership
from partnership.web.forms import PortalForm
from talks.models import Booking, Evening, Option
from talks.when import evening_in_words


class MoveForm(PortalForm):
    evening = forms.TypedChoiceField(label=_("Move it to"), coerce=int)
    submit_label = _("Move the talk")

    def __init__(self, *args, partnership: Partnership, evenings: Sequence[Evening], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.evenings = {evening.pk: evening for evening in evenings}
        self.fields["evening"].choices = [
            (pk, f"{evening_in_words(one, partnership)}, {one.speaker}") for pk, one in self.evenings.items()
        ]

    def chosen_evening(self) -> Evening:
        return self.evenings[self.cleaned_data["evening"]]


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
        words = evening_in_words(evening, partnership)
        return words if at_once else _("%(evening)s – we ask another speaker first") % {"evening": words}


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
        self.fields["option"].choices = [
            (pk, evening_in_words(one, booking.partnership)) for pk, one in self.options.items()
        ]

    def chosen(self) -> Option:
        return self.options[self.cleaned_data["option"]]


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
