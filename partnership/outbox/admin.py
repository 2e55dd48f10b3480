from collections.abc import Iterator

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from partnership.outbox.kinds import name_for_staff, names
from partnership.outbox.models import Message
from partnership.outbox.reasons import sentence_of
from partnership.people.administration import ReadOnlyAdmin


class KindFilter(admin.SimpleListFilter):
    """Kinds by their names for staff."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Iterator[tuple[str, str]]:
        yield from sorted(((name, name_for_staff(name)) for name in names()), key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Message]) -> QuerySet[Message]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    """Messages and their states, without email addresses and without what they said."""

    list_display = ["kind_in_words", "state", "due_at", "ended_at", "attempts", "reason_in_words"]
    list_filter = ["state", KindFilter]
    date_hierarchy = "due_at"
    readonly_fields = ["kind_in_words", "reason_in_words"]
    fields = [
        "kind_in_words", "state", "reason_in_words", "priority", "created_at", "due_at", "expires_at", "try_at",
        "attempts", "ended_at", "forget_after", "key",
    ]  # fmt: skip

    @admin.display(description=_("kind"), ordering="kind")
    def kind_in_words(self, message: Message) -> str:
        return name_for_staff(message.kind)

    @admin.display(description=_("why"), ordering="reason")
    def reason_in_words(self, message: Message) -> str:
        return sentence_of(message.reason)
