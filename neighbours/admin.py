"""For staff: read-only, except for ending a helper's membership; everything else has its page in the portal."""

from typing import cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from neighbours.actions.leaving import leave
from neighbours.models import Helper, HelperStep
from partnership import clock
from partnership.people.administration import StepInline
from partnership.people.models import User
from partnership.places.requests import partnership_of
from partnership.web.acting import say_outcome


class ReadOnly:
    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class HelperStepInline(StepInline):
    model = HelperStep
    readonly_fields = fields = (*StepInline.SHOWN, "channel")


@admin.register(Helper)
class HelperAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("person", "partnership", "state", "channel", "joined_at", "confirmed_at")
    list_filter = ("state", "channel")
    list_select_related = ("person", "partnership")
    search_fields = ("person__name", "person__email")
    exclude = ("submission",)
    inlines = [HelperStepInline]
    actions = ["end"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Helper]:
        """Staff see the helpers of the partnership of the host name, as everywhere."""
        return super().get_queryset(request).filter(partnership=partnership_of(request))

    @admin.action(description=_("End the chosen helpers’ membership at their own request"), permissions=["view"])
    def end(self, request: HttpRequest, chosen: QuerySet[Helper]) -> None:
        for helper in chosen:
            with say_outcome(request):
                leave(helper=helper, by=cast(User, request.user), now=clock.now(), why="admin")
