from django.contrib import admin

from partnership.outbox.models import Message
from partnership.people.administration import ReadOnlyAdmin


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    """Messages and their states, without email addresses and without what they said."""

    list_display = ["kind", "state", "due_at", "ended_at", "attempts", "reason"]
    list_filter = ["state", "kind"]
    date_hierarchy = "due_at"
    fields = [
        "key", "kind", "state", "priority", "created_at", "due_at", "expires_at", "try_at", "attempts", "ended_at",
        "forget_after", "reason",
    ]  # fmt: skip
