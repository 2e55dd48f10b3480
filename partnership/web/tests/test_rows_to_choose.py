"""A field whose choices are rows."""

import pytest
from django import forms
from pytest_django import DjangoAssertNumQueries

from partnership.places.models import Area
from partnership.tests.cast import Cast
from partnership.web.forms import PortalForm


class AreaForm(PortalForm):
    area = forms.ModelChoiceField(label="Area", queryset=Area.objects.none(), empty_label="Choose")


@pytest.fixture
def form(cast: Cast) -> AreaForm:
    form = AreaForm()
    form.set_queryset("area", cast.randers.areas.order_by("name"))
    return form


def test_a_page_that_draws_its_choices_twice_reads_the_rows_once(
    form: AreaForm, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert form["area"].as_widget() == form["area"].as_widget()


def test_the_rows_stand_after_the_words_that_ask_for_a_choice(form: AreaForm, cast: Cast) -> None:
    words = [label for _key, label in form.fields["area"].choices]
    assert words == ["Choose", *cast.randers.areas.order_by("name").values_list("name", flat=True)]
