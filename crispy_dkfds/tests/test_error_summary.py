"""The box above a form that says what is wrong, and takes the reader there."""

import pytest
from django import forms
from django.forms import formset_factory
from django.template import Context, Template
from django.utils import translation

from crispy_dkfds.tests.pages import EveryKind, Page, draw


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


class Lines(forms.Form):
    street = forms.CharField(label="Street")


def links(html):
    return [attrs["href"] for attrs in Page(html).all("a") if attrs.get("class") == "function-link"]


def test_a_form_without_errors_has_no_summary():
    assert "alert" not in draw(EveryKind())


def test_the_summary_can_take_focus_and_is_announced():
    (summary,) = [attrs for attrs in Page(draw(EveryKind({}))).all("div") if attrs.get("role") == "alert"]
    assert summary["tabindex"] == "-1"
    assert "autofocus" in summary
    assert summary["aria-labelledby"] == "error-summary-title"


def test_links_reach_the_first_radio_box_and_date_box():
    found = links(draw(EveryKind({})))
    assert {"#id_name", "#id_role_0", "#id_ways_0", "#id_start_0", "#id_plan", "#id_consent"} <= set(found)


def test_a_link_reaches_the_first_wrong_box_of_a_date():
    form = EveryKind({"start_0": "3", "start_1": "13", "start_2": "2026"})
    form.add_error("start", forms.ValidationError("Which month?", params={"box": 1}))
    page = Page(draw(form))
    assert "#id_start_1" in links(draw(form))
    assert "aria-invalid" in page.by_id("id_start_1")
    assert "aria-invalid" not in page.by_id("id_start_0")


def test_a_message_about_the_whole_form_or_a_hidden_field_has_no_link():
    form = EveryKind({})
    form.add_error(None, "Someone else was faster.")
    form.add_error("key", "The key is odd.")
    html = draw(form)
    assert "<li>Someone else was faster.</li>" in html
    assert "<li>The key is odd.</li>" in html
    assert Page(html).dangling() == []


def test_the_words_are_the_same_above_and_at_the_field():
    form = Lines({})
    form.add_error("street", "Write & send.")
    assert draw(form).count("Write &amp; send.") == 2


def test_a_formset_has_one_summary_for_all_its_forms():
    many = formset_factory(Lines, extra=2, min_num=3, validate_min=True)
    formset = many({"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "form-0-street": "", "form-1-street": ""})
    html = draw(formset, csrf_token="T" * 64)
    assert html.count('role="alert"') == 1
    assert links(html) == ["#id_form-0-street", "#id_form-1-street"]
    assert 'name="form-TOTAL_FORMS"' in html
    assert Page(html).dangling() == []


def test_the_filters_draw_fields_and_summary_apart():
    source = "{% load crispy_forms_tags %}{{ form|as_crispy_errors }}<form>{{ form|crispy }}</form>"
    html = Template(source).render(Context({"form": Lines({})}))
    assert html.index("alert") < html.index("<form>")
    assert Page(html).dangling() == []


@pytest.mark.parametrize(("form", "title"), [(Lines(), "Join"), (Lines({}), "Error: Join"), (None, "Join")])
def test_the_title_of_the_page_says_that_something_is_wrong(form, title):
    source = Template("{% load dkfds %}{% error_prefix form %}Join")
    assert source.render(Context({"form": form} if form else {})) == title
