"""Goals, read-only: a locked one never changes, and a new one is locked by its action."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from dashboard.models import Goal
from partnership.people.administration import ReadOnlyAdmin


@admin.register(Goal)
class GoalAdmin(ReadOnlyAdmin):
    list_display = [
        "offence", "baseline_from", "baseline_to", "baseline_count", "most", "ends_on", "approver", "locked_at",
    ]  # fmt: skip
    list_filter = ["is_demonstration"]
    exclude = ["partnership"]
    readonly_fields = ["most", "locked_at", "baseline_count", "baseline_import"]

    @admin.display(description=_("target"))
    def most(self, goal: Goal) -> int:
        return goal.target
