"""For staff: read-only, except for ending a helper's membership; everything else has its page in the portal."""

from typing import cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from neighbours.actions.leaving import leave
from neighbours.models import Helper, HelperList, HelperListStep, HelperStep
from neighbours.views.ending import said_ended
from partnership import clock
from partnership.people.administration import ReadOnlyAdmin, StepInline
from partnership.people.models import User
from partnership.web.acting import say_outcome


class HelperStepInline(StepInline):
    model = HelperStep
    readonly_fields = fields = (*StepInline.SHOWN, "medium")


@admin.register(Helper)
class HelperAdmin(ReadOnlyAdmin):
    list_display = ("person", "state", "medium", "joined_at", "confirmed_at")
    list_filter = ("state", "medium")
    list_select_related = ("person",)
    search_fields = ("person__name", "person__email")
    exclude = ("submission",)
    inlines = [HelperStepInline]
    actions = ["end"]

    @admin.action(description=_("End the chosen helpers’ membership at their own request"), permissions=["view"])
    def end(self, request: HttpRequest, chosen: QuerySet[Helper]) -> None:
        for helper in chosen:
            with say_outcome(request, said_ended(helper.person)):
                leave(helper=helper, by=cast(User, request.user), now=clock.now())


class HelperListStepInline(StepInline):
    model = HelperListStep


@admin.register(HelperList)
class HelperListAdmin(ReadOnlyAdmin):
    list_display = ("read_at", "state", "added", "removed")
    list_filter = ("state",)
    exclude = ("lines", "submission")
    inlines = [HelperListStepInline]
