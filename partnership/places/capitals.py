"""Choices in the administration begin with a capital, as its columns do; in sentences they are written small."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model
from django.http import HttpRequest
from django.utils.text import capfirst


class CapitalFilter(admin.ChoicesFieldListFilter):
    """The choices of a filter."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        for choice in super().choices(changelist):
            yield {**choice, "display": capfirst(str(choice["display"]))}


admin.FieldListFilter.register(lambda field: bool(field.flatchoices), CapitalFilter, take_priority=True)


class CapitalChoices(BaseModelAdmin):
    """For admins and inlines: in fields, and where nothing can be changed."""

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_choice_field(db_field, request, **kwargs)
        if field is not None:
            field.choices = [(value, capfirst(str(label))) for value, label in field.choices]
        return field

    # Whether nobody can change anything.
    is_only_read = False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        names = super().get_readonly_fields(request, obj)
        with_choices = [field.name for field in self.model._meta.fields if field.flatchoices]
        return self.capitalised([*names, *(with_choices if self.is_only_read else ())])

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Draw what nobody can change with capitals; a field that can be changed keeps its name."""
        only_read = {str(name) for name in super().get_readonly_fields(request, obj)}
        fields = super().get_fields(request, obj)
        drawn = (self.capital(one) if self.is_only_read or one in only_read else one for one in fields)
        return list(dict.fromkeys(drawn))

    def capitalised(self, names: Sequence[Any]) -> list[Any]:
        return [self.capital(name) for name in names]

    def capital(self, name: Any) -> Any:
        """Return a column for a field with choices, and anything else as it is."""
        try:
            field = self.model._meta.get_field(name) if isinstance(name, str) and not hasattr(self, name) else None
        except FieldDoesNotExist:
            return name
        return _column(field) if isinstance(field, Field) and field.flatchoices else name


@cache
def _column(field: Field) -> Callable[[Model], str]:
    @admin.display(description=field.verbose_name, ordering=field.name, empty_value="-")
    def column(row: Model) -> str:
        return capfirst(str(getattr(row, f"get_{field.name}_display")()))

    column.__name__ = field.name
    return column


class CapitalColumns(CapitalChoices, admin.ModelAdmin):
    """For admins: in the list too."""

    def get_list_display(self, request: HttpRequest) -> Any:
        return self.capitalised(super().get_list_display(request))
