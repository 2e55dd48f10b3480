"""Imports, read-only: figures are imported by `import_burglaries` and never edited."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from figures.models import Import
from partnership.people.administration import ReadOnlyAdmin
from partnership.places.requests import partnership_of


@admin.register(Import)
class ImportAdmin(ReadOnlyAdmin):
    """Public figures belong to no partnership; those of the municipality are shown."""

    is_by_partnership = False
    list_display = ["source", "format", "fetched_at", "imported_at", "rows", "revised"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Import]:
        code = partnership_of(request).municipality_code
        of_here = Import.objects.with_figures_of(code).values("pk")
        return super().get_queryset(request).filter(pk__in=of_here).select_related("replaces")
