"""Log-in in the administration. The libraries' own pages would show people of every partnership under each host."""

import datetime as dt
from typing import Any, cast

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import Group
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entrance.actions.inviting import VALID, invite
from entrance.actions.removing_factors import remove_factors
from entrance.models import Invitation, SecondFactor
from entrance.telling import code_is_next_without_factors
from partnership import clock
from partnership.people.administration import OwnPartnershipAdmin
from partnership.people.models import Role, User
from partnership.people.rules import in_a_list
from written.mailboxes import readable

# Rights come from roles, and a person's only address is in their row.
admin.site.unregister([Group, EmailAddress, Authenticator])


class LogInAdmin(OwnPartnershipAdmin):
    """Rows about how people log in; those of platform administrators are theirs alone."""

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        return rows if request.user.is_superuser else rows.filter(**{f"{self.person}__is_superuser": False})

    def people_in(self, row: Model) -> list[User]:
        return [getattr(row, self.person)]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    person = "person"


class PersonWithRole(forms.ModelChoiceField):
    """People by name, role and address, since names alone may be alike."""

    def label_from_instance(self, person: Any) -> str:
        roles = [str(role.get_kind_display()) for role in person.roles.all()]
        return ", ".join(filter(None, [person.name, *roles, in_a_list(readable(person.email), person)]))


def _at(moment: dt.datetime | None) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT") if moment else "–"


@admin.register(Invitation)
class InvitationAdmin(LogInAdmin):
    """Adding one shows its code, once."""

    list_display = ["person", "made_by", "made_at", "expires_at", "used_at"]
    fields = ["person"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer those who need a second factor: who has no role is not asked for a code."""
        with_role = Role.objects.filter(kind__in=Role.NEEDS_SECOND_FACTOR).values("user")
        needing = User.objects.filter(Q(pk__in=with_role) | Q(is_superuser=True))
        others = needing.exclude(pk=request.user.pk).order_by("name").prefetch_related("roles")
        kwargs["queryset"] = others if request.user.is_superuser else others.filter(is_superuser=False)
        return super().formfield_for_foreignkey(db_field, request, form_class=PersonWithRole, **kwargs)

    def save_model(self, request: HttpRequest, obj: Invitation, form: Any, change: bool) -> None:
        code = invite(person=obj.person, by=cast(User, request.user), now=clock.now())
        obj.pk = Invitation.objects.get(person=obj.person, used_at=None).pk
        words = _("The code is %(code)s. Tell it or hand it over on paper, never by email; it works for %(days)s days.")
        messages.warning(request, words % {"code": code, "days": VALID.days})


@admin.register(SecondFactor)
class SecondFactorAdmin(LogInAdmin):
    """Which second factors people have. Deleting one deletes all of that person: they have lost their telephone."""

    person = "user"
    # The library's own fields have no translated names.
    list_display = ("owner", "what", "made", "used")
    fields = readonly_fields = ("owner", "what", "made", "used")

    @admin.display(description=gettext_lazy("person"), ordering="user__name")
    def owner(self, factor: SecondFactor) -> str:
        return str(factor.user)

    @admin.display(description=gettext_lazy("kind"), ordering="type")
    def what(self, factor: SecondFactor) -> str:
        return factor.get_type_display()

    @admin.display(description=gettext_lazy("when"), ordering="created_at")
    def made(self, factor: SecondFactor) -> str:
        return _at(factor.created_at)

    @admin.display(description=gettext_lazy("used"), ordering="last_used_at")
    def used(self, factor: SecondFactor) -> str:
        return _at(factor.last_used_at)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[list, dict, set, list]:
        """Name all that is removed: every second factor of each person."""
        of_people = Authenticator.objects.filter(user__in=[one.user_id for one in objs]).order_by("pk")
        named = [
            f"{one.get_type_display()}: {one}" if str(one) != one.get_type_display() else str(one) for one in of_people
        ]
        return named, {}, set(), []

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> Any:
        """Say in the heading whose they are, and that all go."""
        factor = self.get_object(request, unquote(object_id))
        title = _("Remove all second factors of %(name)s") % {"name": factor.user} if factor else ""
        return super().delete_view(request, object_id, {**(extra_context or {}), "title": title})

    def response_delete(self, request: Any, obj_display: str, obj_id: int) -> HttpResponse:
        """Say what is removed and what is next, on the page of the person."""
        person = request.without_factors
        messages.warning(request, code_is_next_without_factors(person))
        return HttpResponseRedirect(reverse("admin:people_user_change", args=[person.pk]))

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def delete_model(self, request: Any, obj: SecondFactor) -> None:
        request.without_factors = obj.user
        remove_factors(person=obj.user, now=clock.now())
