"""What speakers give; talks and evenings are read-only, for chair and speaker hear of a change from its action."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from partnership import clock
from partnership.fields.printed_languages import name_of
from partnership.fields.texts import set_rules
from partnership.people.administration import OwnPartnershipAdmin, ReadOnlyAdmin, StepInline
from partnership.people.models import User, contacts
from partnership.people.own.reached import said_that_told
from partnership.web.acting import say_outcome
from talks import formats
from talks.actions import speakers
from talks.languages import SPOKEN
from talks.models import Booking, BookingStep, Slot, Speaker


class SpeakerForm(forms.ModelForm):
    """A speaker; what they give is stored by an action."""

    formats = forms.MultipleChoiceField(
        label=_("Talks that are given"), choices=formats.CHOICES, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        help_text=_("None: the partnership’s own language"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.declared_fields:
            set_rules(self.fields[name], self.fields[name].label or "")
        codes = dict.fromkeys((*SPOKEN, *self.instance.languages))
        cast(forms.MultipleChoiceField, self.fields["languages"]).choices = [(one, name_of(one)) for one in codes]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("radius_km") is not None and "home_area" in cleaned and not cleaned["home_area"]:
            self.add_error("home_area", _("Choose where the speaker sets out from, or leave the radius empty."))
        return cleaned

    def clean_substitutes(self) -> Any:
        chosen = self.cleaned_data["substitutes"]
        if self.instance.pk and self.instance in chosen:
            raise forms.ValidationError(_("A speaker cannot be their own substitute."))
        return chosen


@admin.register(Speaker)
class SpeakerAdmin(OwnPartnershipAdmin):
    list_display = ["person", "is_active"]
    raw_id_fields = ["person"]
    form = SpeakerForm
    fields = [
        "partnership", "person", "is_active", "formats", "languages", "home_area", "radius_km", "areas", "substitutes"
    ]  # fmt: skip
    filter_horizontal = ["areas", "substitutes"]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """Keep who gives the talks that are agreed: another speaker takes them over on staff's page."""
        return ("partnership", "person") if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False  # who gives no more talks is marked so; evenings that are offered to a chair stay

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        given = {name: form.cleaned_data[name] for name in ("formats", "languages", "areas", "substitutes")}
        with say_outcome(request):
            speakers.describe(speaker=form.instance, by=cast(User, request.user), **given)
            if not change and form.instance.is_active:
                speakers.welcome(form.instance, clock.now())
                messages.info(request, said_that_told(form.instance.person))


@admin.register(Slot)
class SlotAdmin(ReadOnlyAdmin):
    list_display = ["starts_at", "speaker", "withdrawn_at"]
    list_select_related = ["speaker__person"]
    fields = ["speaker", "starts_at", "ends_at", "pattern", "withdrawn_at", "changed_on"]
    readonly_fields = ["changed_on"]

    def people_in(self, row: Model) -> list[User]:
        return [cast(Slot, row).speaker.person]

    @admin.display(description=_("where it is changed"))
    def changed_on(self, slot: Slot) -> SafeString:
        return _link(reverse("talks:slots"), _("Free evenings"))


class BookingStepInline(StepInline):
    model = BookingStep


@admin.register(Booking)
class BookingAdmin(ReadOnlyAdmin):
    list_display = ["association", "starts_at", "state"]
    list_filter = ["state"]
    inlines = [BookingStepInline]
    fields = ["place", "is_accessible", "has_projector", "is_public", "note", "changed_on"]
    readonly_fields = ["changed_on"]

    def people_in(self, row: Model) -> list[User]:
        return [contact.person for contact in cast(Booking, row).association.contacts.all()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Booking]:
        return (
            super()
            .get_queryset(request)
            .select_related("association")
            .prefetch_related(contacts("association__contacts"))
        )

    @admin.display(description=_("where it is changed"))
    def changed_on(self, booking: Booking) -> SafeString:
        return _link(reverse("talks:answer", args=[booking.pk]), _("See the talk"))


def _link(address: str, words: object) -> SafeString:
    return format_html('<a href="{}">{}</a>', address, words)
