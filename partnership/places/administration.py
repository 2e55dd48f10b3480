"""The base class of the whole administration: under one partnership's host name, its rows only."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteSelect, ForeignKeyRawIdWidget
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db.models import ForeignKey, Model, QuerySet
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from partnership.fields.texts import set_rules
from partnership.fields.typed import LONGEST_READ
from partnership.places.capitals import CapitalChoices, CapitalColumns
from partnership.places.lists import CarefulList
from partnership.places.models import Area, Partnership
from partnership.places.requests import partnership_of
from written.mailboxes import canonical


def path_to_partnership(model: type[Model]) -> str | None:
    """Return the look-up from a row to its partnership ("speaker__partnership"): the way along foreign keys that can be
    empty at the fewest places, and of these the shortest. None if there is none: the row belongs to all.

    Raise ImproperlyConfigured if two ways are equally good.
    """
    if model is Partnership:
        return "pk"
    ways = sorted(_ways(model), key=_rank)
    if len(ways) > 1 and _rank(ways[0]) == _rank(ways[1]):
        both = " and ".join(map(_look_up, ways[:2]))
        raise ImproperlyConfigured(f"{model._meta.label} has two ways to its partnership: {both}.")
    return _look_up(ways[0]) if ways else None


Way = tuple[ForeignKey, ...]


def _ways(model: type[Model], before: tuple[type[Model], ...] = ()) -> Iterator[Way]:
    """Yield every way along foreign keys from a model to its partnership that passes no model twice."""
    if model is Partnership:
        yield ()
        return
    passed = (*before, model)
    for field in model._meta.fields:
        if isinstance(field, ForeignKey) and field.related_model not in passed:
            yield from ((field, *rest) for rest in _ways(field.related_model, passed))


def _rank(way: Way) -> tuple[int, int]:
    return sum(field.null for field in way), len(way)


def _look_up(way: Way) -> str:
    return "__".join(field.name for field in way)


def of_this_partnership(rows: QuerySet, request: HttpRequest) -> QuerySet:
    """Return those of `rows` that belong to the host name's partnership, or to all."""
    path = path_to_partnership(rows.model)
    return rows.filter(**{path: partnership_of(request).pk}) if path else rows


class OwnRawId(ForeignKeyRawIdWidget):
    """A number to type, with the name of what it stands for if the field offers that; Django names any row."""

    def label_and_url_for_value(self, value: Any) -> tuple[str, str]:
        field = self.rel.get_related_field()
        rows = self.choices.queryset  # type: ignore[attr-defined]  # set by the field
        if not _can_be(field, value) or not rows.filter(**{field.name: value}).exists():
            return "", ""
        return super().label_and_url_for_value(value)


class OwnAutocomplete(AutocompleteSelect):
    """A search for a row. A chosen value that cannot be one is none, where Django fails."""

    def optgroups(self, name: str, value: Sequence[str], attrs: dict[str, Any] | None = None) -> list:
        target = self.field.target_field
        return super().optgroups(name, [one for one in value if _can_be(target, one)], attrs)


def _can_be(field: Any, value: Any) -> bool:
    """Return whether the value can stand in the field."""
    try:
        field.to_python(value)
    except ValidationError:
        return False
    return "\0" not in str(value)


class OwnChoices(BaseModelAdmin):
    """For admins and inlines: offer only the same partnership's areas, people and households to choose from, and name
    no others that stand in the address or were posted. What is typed is read by the rules of the portal's own forms.
    """

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            set_rules(field, field.label or "", longest_text=LONGEST_READ)
        if field is not None and db_field.name in self.raw_id_fields:
            field.help_text = _("Press the magnifying glass, and choose there. The number is filled in by itself.")
            field.error_messages["invalid_choice"] = field.help_text
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", OwnAutocomplete(db_field, self.admin_site))
        elif db_field.name in self.raw_id_fields:
            kwargs.setdefault("widget", OwnRawId(db_field.remote_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **self._own(db_field, request, kwargs))

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Part our hint from Django's, which says how several are chosen."""
        field = super().formfield_for_manytomany(db_field, request, **self._own(db_field, request, kwargs))
        if field is not None and db_field.help_text and field.help_text != db_field.help_text:
            several = _("Hold down “Control”, or “Command” on a Mac, to select more than one.")
            field.help_text = format_lazy("{}. {}", db_field.help_text, several)
        return field

    def _own(self, db_field: Any, request: HttpRequest, kwargs: dict[str, Any]) -> dict[str, Any]:
        model = db_field.related_model
        rows = of_this_partnership(kwargs.get("queryset", model._default_manager.all()), request)
        if model is Partnership:
            kwargs.setdefault("initial", partnership_of(request).pk)
        return {**kwargs, "queryset": rows.order_by("name") if model is Area else rows}


class FewRows(CapitalChoices, OwnChoices, admin.TabularInline):
    """Rows inside a page. A page can send any number of them, and each costs look-ups: more than these are not read."""

    most_read = 60
    max_num = 50

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, **{"absolute_max": self.most_read, "validate_max": True, **kwargs})


class OfThisPartnership(CapitalColumns, OwnChoices, admin.ModelAdmin):
    """Rows of the host name's partnership, for whoever Django lets in: platform administrators."""

    # False for rows that belong to all, though a member of staff of some partnership wrote them.
    is_by_partnership = True

    def __init__(self, model: type[Model], admin_site: admin.AdminSite) -> None:
        super().__init__(model, admin_site)
        path_to_partnership(model)  # a model with two ways fails here, when the portal starts

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[CarefulList]:
        return CarefulList

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        return of_this_partnership(rows, request) if self.is_by_partnership else rows

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Find an address, or the end of one, by the letters that its owner knows: æblegård.example."""
        found, twice = super().get_search_results(request, queryset, search_term)
        if search_term.isascii():
            return found, twice
        in_ascii = canonical(search_term if "@" in search_term else f"@{search_term}").removeprefix("@")
        return found | super().get_search_results(request, queryset, in_ascii)[0], twice

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Leave out what was marked and can be no row, where Django fails."""
        marked = request.POST.getlist(ACTION_CHECKBOX_NAME)
        rows = [one for one in marked if _can_be(self.model._meta.pk, one)]
        if rows != marked:
            posted = request.POST.copy()
            posted.setlist(ACTION_CHECKBOX_NAME, rows)
            request.POST = posted  # type: ignore[assignment]
        return super().changelist_view(request, extra_context)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Take an empty `_to_field` in the address for none, where Django fails."""
        return super().get_object(request, object_id, from_field or None)

    def get_paginator(self, request: HttpRequest, queryset: QuerySet, *args: Any, **kwargs: Any) -> Any:
        """In a row's history, keep entries of people who are erased: Django reads each entry with its user."""
        if queryset.model is LogEntry:
            queryset = queryset.select_related(None).prefetch_related("user")
        return super().get_paginator(request, queryset, *args, **kwargs)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Allow only the filters that the page shows: others could reveal hidden values letter by letter."""
        filters = (one if isinstance(one, str) else getattr(one, "parameter_name", "") for one in self.list_filter)
        shown = [self.date_hierarchy, *filters]
        is_shown = any(f"{lookup}__".startswith(f"{one}__") for one in shown if one)
        return is_shown and super().lookup_allowed(lookup, value, request)
