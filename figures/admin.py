"""Imports, read-only: figures are imported by `import_burglaries` and never edited."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from figures.models import Import
from partnership.people.administration import ReadOnlyAdmin


@admin.register(Import)
class ImportAdmin(ReadOnlyAdmin):
    """Public figures belong to no partnership; who ran an import may work for another one, and is not shown."""

    is_by_partnership = False
    list_display = ["source", "format", "fetched_at", "imported_at", "rows", "revised"]
    list_filter = ["source"]
    exclude = ["by"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Import]:
        return super().get_queryset(request).select_related("replaces")
