"""Base classes of the administration: administrators see the rows of their own partnership."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any, ClassVar, cast

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog

from partnership import clock
from partnership.cases import Step
from partnership.people import lookups
from partnership.people.access import LoggedInRequest, may_administer
from partnership.people.models import LookUp, User
from partnership.people.staff.forms import PurposeForm
from partnership.places.administration import FewRows, OfThisPartnership
from partnership.places.requests import partnership_of

# Not a field of any row.
PURPOSE = "why_i_look"


class WordsOfScripts(JavaScriptCatalog):
    """Django's words of its scripts, but for those that it translates wrongly: in Swedish the heading over what is
    chosen says "Choose".
    """

    def get_catalog(self) -> dict[str, Any]:
        return super().get_catalog() | {"Chosen %s": gettext("Chosen %s")}


class PortalAdminSite(admin.AdminSite):
    """The administration, open to whoever administers the host name's partnership."""

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        # Many rows at once are deleted nowhere: each is looked at on its own page, which also says what hangs on it.
        self.disable_action("delete_selected")

    def i18n_javascript(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return WordsOfScripts.as_view(packages=["django.contrib.admin"])(request)

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

    def people_in(self, row: Model) -> Iterable[User | None]:
        """Return whom a row is about, for the look-up log; an admin of another kind of row says it."""
        return [row if isinstance(row, User) else getattr(row, "person", None)]

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask first why the reader opens it, and note in the look-up log whom the page is about."""
        return self._asked_first(request, object_id, super().change_view, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """Do not ask why the reader opens the page of somebody whom they have just added."""
        added = [obj] if isinstance(obj, User) else []
        lookups.remember(cast(LoggedInRequest, request), added, LookUp.Purpose.CORRECTING, clock.now())
        return super().response_add(request, obj, post_url_continue)

    def history_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._asked_first(request, object_id, super().history_view, *args, **kwargs)

    def delete_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._asked_first(request, object_id, super().delete_view, *args, **kwargs)

    def _asked_first(
        self, request: HttpRequest, object_id: str, view: Callable[..., HttpResponse], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Ask why the reader looks before a page about people is shown, as the staff's page of a person does."""
        row = self.get_object(request, unquote(object_id)) if self.has_view_permission(request) else None
        people = [one for one in self.people_in(row) if one and one != request.user] if row else []
        reader, now = cast(LoggedInRequest, request), clock.now()
        if request.method == "POST" and PURPOSE in request.POST:
            form = PurposeForm({"purpose": request.POST[PURPOSE]})
            if form.is_valid():
                lookups.remember(reader, people, form.cleaned_data["purpose"], now)
            return HttpResponseRedirect(request.get_full_path())
        said = [lookups.remembered(reader, one, now) for one in people]
        if request.method != "POST" and not all(said):
            context = {**self.admin_site.each_context(request), "purposes": PurposeForm()["purpose"], "name": PURPOSE}
            return TemplateResponse(
                request, "people/admin_why.html", {**context, "title": _("Why do you open the page?")}
            )
        response = view(request, object_id, *args, **kwargs)
        if request.method != "HEAD" and response.status_code == HTTPStatus.OK:
            for one, purpose in zip(people, said, strict=True):
                self._note(request, [one], purpose or LookUp.Purpose.CORRECTING)
        return response

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Note in the look-up log whom the rows of the list are about."""
        response = super().changelist_view(request, extra_context)
        shown = getattr(response, "context_data", None) or {}
        if "cl" in shown:
            self._record_reading(request, shown["cl"].result_list)
        return response

    def _record_reading(self, request: HttpRequest, rows: Iterable[Model | None]) -> None:
        people = [one for row in rows if row for one in self.people_in(row) if one]
        self._note(request, people, LookUp.Purpose.OTHER)

    def _note(self, request: HttpRequest, people: Iterable[User], purpose: str) -> None:
        seen_on = LookUp.SeenOn.ADMINISTRATION
        lookups.record(cast(User, request.user), people, purpose=purpose, seen_on=seen_on, now=clock.now())


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
