from django.contrib import admin

from partnership.outbox.models import Message
from partnership.people.administration import ReadOnlyAdmin


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    """What was promised and what became of it; neither whom it went to by e-mail nor what it said."""

    list_display = ["kind", "state", "due_at", "ended_at", "attempts", "reason"]
    list_filter = ["state", "kind"]
    date_hierarchy = "due_at"
    fields = [
        "key", "kind", "state", "priority", "created_at", "due_at", "expires_at", "try_at", "attempts", "ended_at",
        "forget_after", "reason",
    ]  # fmt: skip
