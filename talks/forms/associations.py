"""Fields shared by all forms for a talk: which talk, which association, where, and who asks."""

from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from crispy_dkfds.widgets import MayStayEmpty
from partnership.fields.estimates import EstimateField
from partnership.fields.names import NAME_RULES, PLACE_RULES
from partnership.fields.phone import PhoneField
from partnership.fields.yes_or_no import YesOrNoField
from partnership.people.models import ASSOCIATIONS, Organisation
from partnership.places.models import Area, Partnership
from partnership.web.forms import OnceForm
from talks import formats
from talks.actions.bookings import TalkRequest


class AssociationForm(OnceForm):
    """The fields of both a request and a wish."""

    format = forms.ChoiceField(
        label=_("Which talk?"),
        choices=formats.CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a talk.")},
    )
    association = forms.CharField(
        label=_("Name of the association"),
        max_length=120,
        validators=NAME_RULES,
        error_messages={"required": _("Enter the name of the association.")},
    )
    # No default: otherwise many would be stored with a kind that they did not choose.
    kind = forms.ChoiceField(
        label=_("What kind of association is it?"),
        choices=[("", _("Choose")), *(one for one in Organisation.Kind.choices if one[0] in ASSOCIATIONS)],
        error_messages={"required": _("Choose what kind of association it is.")},
    )
    # A text field with a numeric keyboard: a browser's number field drops letters, and changes with the mouse wheel.
    homes = EstimateField(
        label=_("How many homes does it have?"),
        help_text=_("A good estimate is fine."),
        min_value=1,
        max_value=5000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            **dict.fromkeys(
                ("required", "invalid", "min_value"), _("Enter how many homes in figures, for example 48.")
            ),
            "max_value": _("Enter at most 5,000 homes."),
        },
    )
    area = forms.ModelChoiceField(
        label=_("Local area"),
        help_text=_("The part of the municipality where the homes are."),
        queryset=Area.objects.none(),
        empty_label=_("Choose"),
        error_messages={"required": _("Choose the local area where the homes are.")},
    )
    place = forms.CharField(
        label=_("Where will the talk take place?"),
        help_text=_("For example the common house, with its address. Leave it empty for an online talk."),
        max_length=160,
        widget=MayStayEmpty,
        validators=PLACE_RULES,
        error_messages={"required": _("Enter where the talk will take place, for example the common house.")},
    )
    is_accessible = YesOrNoField(label=_("Can everybody get in without steps?"))
    has_projector = YesOrNoField(label=_("Is there a screen or a projector?"))
    is_public = YesOrNoField(
        label=_("Who may come?"),
        answers=(_("Everybody who lives nearby"), _("Members only"), _("We have not decided yet")),
        help_text=_(
            "If everybody may come, the talk gets a public page with its place and time, once it is confirmed. The "
            "answer can be changed later."
        ),
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        validators=NAME_RULES,
        error_messages={"required": _("Enter your name.")},
    )
    email = forms.EmailField(
        label=_("Your email"),
        help_text=_("We write about your talks and your association, and about nothing else."),
        max_length=254,
        error_messages={"required": _("Enter your email address.")},
    )
    phone = PhoneField(
        label=_("Your telephone"),
        help_text=_("So that the speaker and we can call you about the talk. We send no text messages to it."),
        max_length=20,
        required=False,
    )
    note = forms.CharField(
        label=_("Anything we should know?"),
        help_text=_("The speaker and the coordinators read it."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    autocomplete = {"association": "organization", "name": "name"}
    older_names = {"kind": "type"}
    legend = _("The talk")
    unmarked = ("place",)
    first_fields: tuple[str, ...] = ()

    def __init__(self, *args, partnership: Partnership, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.partnership = partnership
        self.areas = partnership.areas.defer("boundary").order_by("name")
        self.set_queryset("area", self.areas)
        chosen = formats.FORMATS.get(self["format"].value())
        self.fields["place"].required = not (chosen and chosen.is_online)
        # Errors are listed in the order of the page.
        self.order_fields(self.first_fields)

    def layout(self) -> Layout:
        return Layout(
            Fieldset(self.legend, *self.first_fields, "format"),
            Fieldset(_("Your association"), "association", "kind", "homes", "area"),
            Fieldset(_("The place"), "place", "is_accessible", "has_projector", "is_public"),
            Fieldset(_("About you"), "name", "email", "phone", "note"),
        )

    def talk_request(self) -> TalkRequest:
        """Return the cleaned request as the action's argument."""
        return TalkRequest(**{name: self.cleaned_data[name] for name in TalkRequest.__dataclass_fields__})


def fields_of(association: Organisation) -> dict[str, Any]:
    """Return what a form for a talk need not ask of an association that is known."""
    return {
        "association": association.name,
        "kind": association.kind,
        "homes": association.homes,
        "area": association.area_id,
    }
