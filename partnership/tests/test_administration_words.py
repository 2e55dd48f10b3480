"""The administration is translated: rooms, models and fields have translated names. Libraries are not checked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model
from django.utils.functional import Promise


def is_ours(label: str) -> bool:
    """Return whether an app is the project's own, not a library's."""
    path = Path(apps.get_app_config(label).path)
    return path.is_relative_to(settings.BASE_DIR) and "site-packages" not in path.parts


ROOMS = sorted({label for model in admin.site._registry if is_ours(label := model._meta.app_label)})


def shown() -> list[tuple[type[Model], admin.ModelAdmin]]:
    return [(model, one) for model, one in admin.site._registry.items() if model._meta.app_label in ROOMS]


def fields_shown(model: type[Model], one: admin.ModelAdmin) -> Iterator[Field]:
    forms = [(model, one.list_display, one.fields, one.exclude or ())]
    forms += [(inline.model, (), inline.fields, inline.exclude or ()) for inline in one.inlines]
    for its_model, columns, fields, hidden in forms:
        usual = [field.name for field in its_model._meta.fields if field.editable and not field.primary_key]
        for name in {*columns, *(fields or usual)} - {*hidden}:
            try:
                yield its_model._meta.get_field(name)
            except FieldDoesNotExist:
                continue  # a computed column


@pytest.mark.parametrize("room", ROOMS)
def test_the_room_is_called_something(room: str) -> None:
    assert isinstance(apps.get_app_config(room).verbose_name, Promise)


def test_every_room_in_the_administration_is_looked_at() -> None:
    assert {"advice", "dashboard", "figures", "neighbours", "outbox", "people", "places", "talks"} <= set(ROOMS)
    assert not is_ours("account")


def test_every_model_is() -> None:
    for model, one in shown():
        for each in (model, *(inline.model for inline in one.inlines)):
            assert isinstance(each._meta.verbose_name, Promise), each
            assert isinstance(each._meta.verbose_name_plural, Promise), each


def test_every_field_is() -> None:
    fields = {field for model, one in shown() for field in fields_shown(model, one)}
    assert len(fields) > 40
    # Django's own fields of a person are translated by Django.
    assert {str(field) for field in fields if not isinstance(field.verbose_name, Promise)} == set()
