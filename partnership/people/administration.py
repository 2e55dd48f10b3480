"""The administration, for those who hold the role of administrator here: they see their own partnership's rows."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from partnership.cases import Step
from partnership.people.access import has_role
from partnership.people.models import Role


class OwnPartnershipAdmin(admin.ModelAdmin):
    """Rows of the partnership whose host name was asked for. Platform administrators may everything, under each."""

    # The way from a row to its partnership, as a query says it.
    partnership_path = "partnership"

    def _may(self, request: HttpRequest, obj: Model | None = None) -> bool:
        user = request.user
        if user.is_superuser:
            return True
        return user.is_staff and has_role(user, request.partnership, Role.Kind.ADMINISTRATOR)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._may(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may(request, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(**{self.partnership_path: request.partnership})

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Answer only the filters that the page shows: one by one, others would spell out what it does not show."""
        shown = {self.date_hierarchy, *(one for one in self.list_filter if isinstance(one, str))}
        return lookup.partition("__")[0] in shown and super().lookup_allowed(lookup, value, request)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer only the same partnership's areas, people and households to choose from."""
        model = db_field.related_model
        own = {"partnership"} & {field.name for field in model._meta.fields}
        if model._meta.label == "places.Partnership":
            kwargs["queryset"] = model._default_manager.filter(pk=request.partnership.pk)
        elif own:
            kwargs["queryset"] = model._default_manager.filter(partnership=request.partnership)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ReadOnlyAdmin(OwnPartnershipAdmin):
    """For looking, never for changing: rows that an action writes."""

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class StepInline(admin.TabularInline):
    """The steps of a case, for looking. A room adds `model`, and to the fields what its own step has beside."""

    extra = 0
    can_delete = False
    readonly_fields = fields = ("was", "became", "by", "at", "why")

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @admin.display(description=_("was"))
    def was(self, step: Step) -> str:
        return step.get_from_state_display()

    @admin.display(description=_("became"))
    def became(self, step: Step) -> str:
        return step.get_to_state_display()
