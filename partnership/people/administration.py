"""Base classes of the administration: administrators see the rows of their own partnership."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from partnership.cases import Step
from partnership.people.access import has_role
from partnership.people.models import Role
from partnership.places.requests import partnership_of


class OwnPartnershipAdmin(admin.ModelAdmin):
    """Rows of the host name's partnership. Platform administrators may do everything, under each host."""

    # The look-up from a row to its partnership.
    partnership_path = "partnership"

    def _may(self, request: HttpRequest, obj: Model | None = None) -> bool:
        user = request.user
        if user.is_superuser:
            return True
        return user.is_staff and has_role(user, partnership_of(request), Role.Kind.ADMINISTRATOR)

    has_module_permission = has_view_permission = has_add_permission = _may
    has_change_permission = has_delete_permission = _may

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(**{self.partnership_path: partnership_of(request)})

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Allow only the filters that the page shows: others could reveal hidden values letter by letter."""
        shown = {self.date_hierarchy, *(one for one in self.list_filter if isinstance(one, str))}
        return lookup.partition("__")[0] in shown and super().lookup_allowed(lookup, value, request)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer only the same partnership's areas, people and households to choose from."""
        model = db_field.related_model
        own = {"partnership"} & {field.name for field in model._meta.fields}
        if model._meta.label == "places.Partnership":
            kwargs["queryset"] = model._default_manager.filter(pk=partnership_of(request).pk)
        elif own:
            kwargs["queryset"] = model._default_manager.filter(partnership=partnership_of(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ReadOnlyAdmin(OwnPartnershipAdmin):
    """Read-only, for rows that an action writes."""

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class StepInline(admin.TabularInline):
    """The steps of a case, read-only. A room sets `model`, and adds its own step's extra fields."""

    extra = 0
    can_delete = False
    SHOWN: ClassVar[tuple[str, ...]] = ("was", "became", "by", "at", "why")
    readonly_fields = fields = SHOWN

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @admin.display(description=_("was"))
    def was(self, step: Step) -> str:
        return step.get_from_state_display()

    @admin.display(description=_("became"))
    def became(self, step: Step) -> str:
        return step.get_to_state_display()
