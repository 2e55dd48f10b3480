"""Columns and choices of the administration begin with a capital, and are not written in capitals."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.db.models import Field
from django.test import RequestFactory
from django.utils import translation
from django.utils.text import capfirst

from partnership.tests.cast import Cast
from partnership.tests.test_administration_words import shown

LANGUAGES = ["da", "sv", "en"]


def asked(cast: Cast) -> Any:
    request = RequestFactory(headers={"host": "randers.localhost"}).get("/admin/")
    request.user, request.partnership = cast.anne, cast.randers
    return request


def choice_fields(model: Any) -> list[Field]:
    return [field for field in model._meta.fields if field.flatchoices]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_column_is_in_capitals(cast: Cast, language: str) -> None:
    with translation.override(language):
        for model, one in shown():
            for name in one.get_list_display(asked(cast)):
                column = capfirst(str(label_for_field(name, model, one)))
                assert column[0].isupper(), (model, name)
                assert not column[1:].isupper() or len(column) < 4, column


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_begins_with_a_capital_in_lists_filters_and_forms(cast: Cast, language: str) -> None:
    seen = 0
    with translation.override(language):
        for _model, one in shown():
            for each in (one, *one.get_inline_instances(asked(cast))):
                for field in choice_fields(each.model):
                    column = each.capital(field.name)
                    for value, label in field.flatchoices:
                        said = column(each.model(**{field.attname: value}))
                        assert said == capfirst(str(label))
                        seen += 1
                    form_field = each.formfield_for_dbfield(field, asked(cast))
                    labels = [str(label) for _value, label in getattr(form_field, "choices", [])]
                    assert [label for label in labels if label[0].islower()] == []
    assert seen > 40


def test_a_list_shows_a_choice_with_a_capital_and_can_be_sorted_by_it(cast: Cast) -> None:
    columns = [name for model, one in shown() for name in one.get_list_display(asked(cast)) if callable(name)]
    assert {"state", "medium"} <= {column.__name__ for column in columns}
    assert all(column.admin_order_field == column.__name__ for column in columns)


def test_filters_are_capitalised() -> None:
    for model, one in shown():
        for name in one.list_filter:
            if isinstance(name, str) and "__" not in name and model._meta.get_field(name).flatchoices:
                made = admin.FieldListFilter.create
                spec = made(model._meta.get_field(name), None, {}, model, one, field_path=name)
                assert type(spec).__name__ == "CapitalFilter", (model, name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_of_a_form_begins_with_a_capital(cast: Cast, language: str) -> None:
    seen = 0
    with translation.override(language):
        for model, one in shown():
            for field in one.get_form(asked(cast)).base_fields.values():
                label = str(field.label)
                assert label == capfirst(label), (model, label)
                seen += 1
    assert seen > 40
