from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from partnership import clock
from partnership.fields.names import no_formula
from partnership.people import changes, lookups
from partnership.people.access import LoggedInRequest
from partnership.people.actions import protecting
from partnership.people.actions.details import record_administration
from partnership.people.actions.erasing import erase
from partnership.people.actions.locking import locked, still_there
from partnership.people.actions.mailboxes import elsewhere, give_typed_mailbox
from partnership.people.actions.moves import reach_of
from partnership.people.actions.roles import administered_alone, change_roles, last_administrator, no_mailbox
from partnership.people.administration import OwnPartnershipAdmin, ReadOnlyAdmin
from partnership.people.limits import refuse_beyond, refuse_full_mailboxes
from partnership.people.mailboxes import holder_elsewhere
from partnership.people.models import (
    ASSOCIATIONS,
    Consent,
    Organisation,
    OrganisationContact,
    OrganisationQuerySet,
    RetentionRun,
    Role,
    User,
)
from partnership.people.own.reached import said_that_told
from partnership.people.rules import in_a_list, needs_second_factor
from partnership.people.staff.ended import say_what_ended
from partnership.places.administration import FewRows, OfThisPartnership
from partnership.places.models import Area, Partnership
from partnership.places.requests import partnership_of
from partnership.web.acting import say_outcome
from written.mailboxes import readable


class RoleFormSet(forms.BaseInlineFormSet):
    """The roles of one person, who must be able to use them."""

    def clean(self) -> None:
        super().clean()
        stay = [(form, form.cleaned_data) for form in self.forms if form.is_valid() and form.cleaned_data]
        for form, role in stay:
            if role.get("DELETE") or "kind" not in role:
                continue
            if role["kind"] == Role.Kind.NABOVEN and not role.get("area"):
                form.add_error("area", _("Choose the local area: the person sees the helpers who live there."))
            if role["kind"] in Role.NEEDS_SECOND_FACTOR and not self.instance.email:
                form.add_error("kind", no_mailbox().message)


class RoleInline(FewRows):
    model = Role
    formset = RoleFormSet
    extra = 0
    fields = ["kind", "area"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    has_change_permission = has_delete_permission = has_view_permission = has_add_permission

    def get_queryset(self, request: HttpRequest) -> QuerySet[Role]:
        """Roles at another partnership are given and taken there."""
        return super().get_queryset(request).filter(partnership=partnership_of(request))


class PersonForm(forms.ModelForm):
    """A person, for corrections by staff."""

    here: Partnership

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    class Meta:
        help_texts = {
            "email": _(
                "We tell both addresses of the change, and send nothing else to the new one before the person has "
                "logged in with it once. The person is logged out everywhere, and the app and the passkeys that they "
                "log in with are removed."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and "email" in self.fields:
            self.fields["email"].help_text = ""  # it says what changing the address does

    def clean_email(self) -> str | None:
        email = self.cleaned_data["email"] or None
        if email and holder_elsewhere(email, self.here.pk):
            refused = elsewhere()
            raise forms.ValidationError(refused.message, code=refused.reason)
        return email

    def clean(self) -> dict[str, Any] | None:
        """How somebody protected is reached is corrected where staff are asked to call first."""
        cleaned = super().clean()
        was_protected = bool(self.initial.get("is_protected"))
        for name in {"email", "phone"} & set(self.changed_data) if was_protected else ():
            self.add_error(name, _("The person is protected: correct this on their page under “Find a person”."))
        return cleaned


@admin.register(User)
class UserAdmin(OwnPartnershipAdmin):
    list_display = ["name", "mailbox", "language", "is_active", "joined_at"]
    search_fields = ["name", "email"]
    form = PersonForm
    fields = ["name", "email", "phone", "language", "is_protected", "is_active"]
    inlines = [RoleInline]
    ordering = ["name"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Preset the partnership's own language: the first email to somebody new is in it."""
        return {"language": partnership_of(request).language} | super().get_changeform_initial_data(request)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **more: Any
    ) -> type[forms.ModelForm]:
        """Let the form know whose mailboxes are known here."""
        form = super().get_form(request, obj, change, **more)
        return type(form.__name__, (form,), {"here": partnership_of(request)})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **more: Any
    ) -> HttpResponse:
        """Record it if the form refuses a mailbox that another partnership knows."""
        lookups.record_met_elsewhere(cast(LoggedInRequest, request), context["adminform"].form, clock.now())
        return super().render_change_form(request, context, *args, **more)

    @admin.display(description=_("email address"), ordering="email")
    def mailbox(self, person: User) -> str:
        return in_a_list(readable(person.email), person)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Hide platform administrators: somebody who could change their mailbox could log in as them."""
        people = super().get_queryset(request)
        return people if request.user.is_superuser else people.filter(is_superuser=False)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say why an action refused, and write nothing."""
        with say_outcome(request):
            if request.method == "POST":
                refuse_beyond(request, "people.administration")
            return super().changeform_view(request, *args, **kwargs)
        return HttpResponseRedirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if administered_alone(obj) and not obj.is_active:
            raise last_administrator()
        if not change:
            obj.partnership = partnership_of(request)
            obj.set_unusable_password()
        else:
            if "email" in form.changed_data:
                refuse_full_mailboxes(request, form.initial.get("email"), obj.email)
            self._change(request, obj, form.changed_data)
        super().save_model(request, obj, form, change)
        if change and "is_active" in form.changed_data:
            for tell in changes.of_activity:
                tell(obj, clock.now())

    def _change(self, request: HttpRequest, person: User, changed: list[str]) -> None:
        """Let the actions do what others hear of."""
        by, now = cast(User, request.user), clock.now()
        stored = still_there(User.objects.select_related("partnership"), person.pk)
        reached, was_reached_at = reach_of(stored, now), stored.email
        written = [name for name in ("phone", "email") if name in changed]
        if "email" in changed:
            give_typed_mailbox(stored, person.email or "", now)
            for name in ("email", "is_duplicate", "mailbox_opens_at", "mailbox_before"):
                setattr(person, name, getattr(stored, name))
        if written:
            record_administration(person, reached, written, was_reached_at, by=by, now=now)
        if "is_protected" in changed:
            change = protecting.protect if person.is_protected else protecting.end_protection
            change(person=person, by=by, now=now)
        say_what_ended(request, person, now)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """A role is held in the partnership whose administration this is."""
        given = formset.save(commit=False)
        for role in given:
            role.partnership = partnership_of(request)
        person = formset.instance
        if given or formset.deleted_objects:
            refuse_full_mailboxes(request, person.email)
        is_first = change_roles(
            person=person, given=given, taken=formset.deleted_objects, by=cast(User, request.user), now=clock.now()
        )
        has_moved = change and "email" in form.changed_data and needs_second_factor(person)
        for said in changes.next_steps if is_first else changes.next_steps_of_mailbox if has_moved else ():
            messages.warning(request, said(person))
        if (given or formset.deleted_objects) and not is_first and person != request.user:
            messages.info(request, said_that_told(person))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[list, dict, set, list]:
        """Ask no permission for each related row: erasing deletes rows of every room by a rule of its own."""
        return [str(person) for person in objs], {}, set(), []

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        self._erase(request, obj)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[User]) -> list[LogEntry]:
        """Write no log entry: it would contain the name of the person who has just been erased."""
        return []

    def _erase(self, request: HttpRequest, person: User) -> None:
        with say_outcome(request):
            erase(person=person, by=cast(User, request.user), now=clock.now())
            return
        request.not_erased = True

    def message_user(self, request: HttpRequest, message: Any, *args: Any, **kwargs: Any) -> None:
        """Do not say that a person is deleted if erasing was refused."""
        if not getattr(request, "not_erased", False):
            super().message_user(request, message, *args, **kwargs)


class ContactFormSet(forms.BaseInlineFormSet):
    """The contacts of one organisation, which are valid only together."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        stay = [form.cleaned_data for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        chairs, deputies = (
            [one["person"] for one in stay if one["role"] == role] for role in OrganisationContact.SPEAKS_FOR_IT
        )
        if len(chairs) > 1 or len(deputies) > 1:
            raise forms.ValidationError(_("An organisation has one chair and one deputy."))
        if self.instance.name and self.instance.is_association and not chairs:
            raise forms.ValidationError(_("An association with a name has a chair."))
        if chairs and self.instance.is_association and self._has_another(chairs[0]):
            raise forms.ValidationError(_("The chair has another organisation of that name already."))

    def _has_another(self, chair: User) -> bool:
        # The chair's row is locked before the look-up, and after the organisation's, as in every action.
        list(Organisation.objects.select_for_update(no_key=True).filter(pk=self.instance.pk).values_list("pk"))
        locked(chair)
        mine = Organisation.objects.chaired_by(chair).filter(kind__in=ASSOCIATIONS).exclude(pk=self.instance.pk)
        return mine.filter(partnership=self.instance.partnership_id, name=self.instance.name).exists()


class ContactInline(FewRows):
    """People of the organisation's own partnership who act for it."""

    model = OrganisationContact
    formset = ContactFormSet
    extra = 0
    raw_id_fields = ["person"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    has_change_permission = has_delete_permission = has_view_permission = has_add_permission


class OrganisationForm(forms.ModelForm):
    """An organisation; an association among them has a local area and homes."""

    here: Partnership

    class Meta:
        help_texts = {"area": _("An association has one; of others, empty: the whole municipality")}

    def clean_confirmed_on(self) -> Any:
        day = self.cleaned_data["confirmed_on"]
        if day and day > self.here.today():
            raise forms.ValidationError(_("That day has not come yet. Enter the day when the chair said it."))
        return day

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") in ASSOCIATIONS:
            if "area" in cleaned and not cleaned["area"]:
                self.add_error("area", _("Choose the local area of the association."))
            if "homes" in cleaned and not cleaned["homes"]:
                self.add_error("homes", _("Enter how many homes the association has."))
        return cleaned


@admin.register(Organisation)
class OrganisationAdmin(OwnPartnershipAdmin):
    form = OrganisationForm
    list_display = ["__str__", "kind", "area", "homes", "chair"]
    list_filter = ["kind"]
    search_fields = ["name"]
    inlines = [ContactInline]

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say why other contacts are refused, and write nothing."""
        with say_outcome(request):
            if request.method == "POST":
                refuse_beyond(request, "people.administration")
            return super().changeform_view(request, *args, **kwargs)
        return HttpResponseRedirect(request.get_full_path())

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Rooms above hear of a chair and a deputy, new or in place of others."""
        before = still_there(Organisation.objects.with_contacts(), form.instance.pk)
        was = before.chair, before.deputy
        super().save_formset(request, form, formset, change)
        after = still_there(Organisation.objects.select_related("partnership").with_contacts(), form.instance.pk)
        if after.chair != before.chair:
            after.contacts.filter(role=OrganisationContact.Role.CHAIR).update(took_over=False)
        if change and after.is_association and (after.chair, after.deputy) != was:
            told = (*was, after.chair, after.deputy)
            refuse_full_mailboxes(request, *(one.email for one in told if one))
            for tell in changes.of_contacts:
                tell(after, *was, clock.now())
        if not change and after.is_association:
            refuse_full_mailboxes(request, *(one.email for one in (after.chair, after.deputy) if one))
            for begin in changes.of_new_organisations:
                begin(after, clock.now())
        for one in {one for one in (after.chair, after.deputy) if one} - set(was if change else ()):
            messages.info(request, said_that_told(one))

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **more: Any
    ) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change, **more)
        return type(form.__name__, (form,), {"here": partnership_of(request)})

    def people_in(self, row: Model) -> list[User]:
        return [contact.person for contact in cast(Organisation, row).contacts.all()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        organisations = cast(OrganisationQuerySet, super().get_queryset(request))
        return organisations.select_related("area").with_contacts()

    @admin.display(description=_("chair"))
    def chair(self, organisation: Organisation) -> User | None:
        return organisation.chair


class AreaForm(forms.ModelForm):
    """An area, whose name stands in tables."""

    def clean_name(self) -> str:
        no_formula(self.cleaned_data["name"])
        return self.cleaned_data["name"]


@admin.register(Area)
class AreaAdmin(OwnPartnershipAdmin):
    """Areas come from a file; administrators correct names and numbers of homes."""

    list_display = ["name", "code", "homes", "homes_made_up"]
    search_fields = ["name", "code"]
    readonly_fields = ["partnership", "code", "slug"]
    exclude = ["boundary"]
    form = AreaForm
    ordering = ["name"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser


@admin.register(Consent)
class ConsentAdmin(ReadOnlyAdmin):
    list_display = ["person", "wording", "is_given", "at", "medium"]
    list_select_related = ["person", "wording"]
    date_hierarchy = "at"


@admin.register(RetentionRun)
class RetentionRunAdmin(OfThisPartnership):
    """What was deleted each night, for those who run the platform."""

    list_display = ["started_at", "ended_at", "removed"]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser

    has_module_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_delete_permission = has_change_permission
