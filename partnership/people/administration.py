"""Base classes of the administration: administrators see the rows of their own partnership."""

from collections.abc import Iterable
from typing import Any, ClassVar, cast

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from partnership import clock
from partnership.cases import Step
from partnership.people.access import may_administer
from partnership.people.lookups import note
from partnership.people.models import LookUp, User
from partnership.places.administration import FewRows, OfThisPartnership
from partnership.places.requests import partnership_of


class PortalAdminSite(admin.AdminSite):
    """The administration, open to whoever administers the host name's partnership."""

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        # Many rows at once are deleted nowhere: each is looked at on its own page, which also says what hangs on it.
        self.disable_action("delete_selected")

    def has_permission(self, request: HttpRequest) -> bool:
        return may_administer(cast(User, request.user), partnership_of(request))


class OwnPartnershipAdmin(OfThisPartnership):
    """Rows of the host name's partnership, for its administrators. Platform administrators may do everything, under
    each host.
    """

    def _may(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return may_administer(cast(User, request.user), partnership_of(request))

    has_module_permission = has_view_permission = has_add_permission = _may
    has_change_permission = has_delete_permission = _may

    def log_deletions(self, request: HttpRequest, queryset: QuerySet) -> list[LogEntry]:
        """Log no name of a row that is deleted: nothing would tell whose it was when that person is erased."""
        entries = list(super().log_deletions(request, queryset))
        for entry in entries:
            entry.object_repr = "–"
        LogEntry.objects.bulk_update(entries, ["object_repr"])
        return entries

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Note in the look-up log whom the page of a row is about."""
        if request.method in ("GET", "HEAD"):
            self._note_read(request, [kwargs.get("obj")])
        return super().render_change_form(request, context, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Note in the look-up log whom the rows of the list are about."""
        response = super().changelist_view(request, extra_context)
        shown = getattr(response, "context_data", None) or {}
        if "cl" in shown:
            self._note_read(request, shown["cl"].result_list)
        return response

    def _note_read(self, request: HttpRequest, rows: Iterable[Model | None]) -> None:
        people = [row if isinstance(row, User) else getattr(row, "person", None) for row in rows]
        note(
            cast(User, request.user),
            [one for one in people if isinstance(one, User)],
            purpose=LookUp.Purpose.OTHER,
            way=LookUp.Way.ADMINISTRATION,
            now=clock.now(),
        )


class ReadOnlyAdmin(OwnPartnershipAdmin):
    """Read-only, for rows that an action writes."""

    is_only_read = True

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class StepInline(FewRows):
    """The steps of a case, read-only. A room sets `model`, and adds its own step's extra fields."""

    extra = 0
    can_delete = False
    SHOWN: ClassVar[tuple[str, ...]] = ("was", "became", "by", "at", "why")
    readonly_fields = fields = SHOWN

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @admin.display(description=_("was"))
    def was(self, step: Step) -> str:
        return capfirst(step.get_from_state_display())

    @admin.display(description=_("became"))
    def became(self, step: Step) -> str:
        return capfirst(step.get_to_state_display())
