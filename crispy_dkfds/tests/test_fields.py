"""Each kind of field in the design system's own markup, tied together by ids."""

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Button, ButtonHolder, Column, Div, Fieldset, Hidden, Row, Submit
from django import forms
from django.template import Template
from django.utils import translation
from django.utils.html import format_html

from crispy_dkfds.tests.pages import EveryKind, Page, draw


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_every_label_hint_and_summary_link_finds_its_id():
    assert Page(draw(EveryKind())).dangling() == []
    assert Page(draw(EveryKind({}))).dangling() == []


def test_a_planted_wrong_id_is_noticed():
    html = draw(EveryKind({}))
    assert Page(html.replace('href="#id_role_0"', 'href="#id_role"')).dangling() == ["id_role"]
    assert Page(html.replace('id="id_name_error"', 'id="id_name_errors"')).dangling() == ["id_name_error"]


@pytest.mark.parametrize(
    ("name", "tag", "type_", "class_"),
    [
        ("name", "input", "text", "form-input"),
        ("email", "input", "email", "form-input"),
        ("phone", "input", "tel", "form-input"),
        ("homes", "input", "number", "form-input"),
        ("story", "textarea", None, "form-input"),
        ("area", "select", None, "form-select"),
        ("consent", "input", "checkbox", "form-checkbox"),
        ("plan", "input", "file", None),
        ("key", "input", "hidden", None),
    ],
)
def test_each_single_control_has_the_class_of_the_design_system(name, tag, type_, class_):
    (control,) = [attrs for attrs in Page(draw(EveryKind())).all(tag) if attrs.get("name") == name]
    assert control.get("type") == type_
    if name != "key":
        assert control.get("class") == class_


def test_hint_and_error_are_read_with_the_control_in_that_order():
    control = Page(draw(EveryKind({}))).by_id("id_name")
    assert control["aria-describedby"] == "id_name_helptext id_name_error"
    assert control["aria-invalid"] == "true"


def test_a_group_is_a_fieldset_with_legend_and_neighbours():
    html = draw(EveryKind({"role": "talk"}))
    assert '<fieldset aria-describedby="id_ways_helptext id_ways_error">' in html
    page = Page(html)
    assert "checked" in page.by_id("id_role_1")
    assert "checked" not in page.by_id("id_role_0")
    order = [attrs.get("id") or attrs.get("for") for _tag, attrs in page.elements]
    assert order[order.index("id_role_1") + 1] == "id_role_1"


def test_a_group_with_a_heading_keeps_unique_ids():
    class Grouped(forms.Form):
        place = forms.ChoiceField(
            choices=[("North", [("a", "A"), ("b", "B")]), ("South", [("c", "C")])], widget=forms.RadioSelect
        )

    html = draw(Grouped({}))
    assert Page(html).dangling() == []
    assert [html.count(f">{name}</p>") for name in ("North", "South")] == [1, 1]
    assert html.index(">North</p>") < html.index(">B</label>") < html.index(">South</p>") < html.index(">C</label>")


def test_each_option_of_a_select_begins_with_a_capital():
    class Kinds(forms.Form):
        kind = forms.ChoiceField(choices=[("", "choose"), ("o", "owners of flats")], initial="o")

    html = draw(Kinds())
    assert ">Choose</option>" in html
    assert '<option value="o" selected>Owners of flats</option>' in html


def test_each_choice_begins_with_a_capital():
    class Ways(forms.Form):
        way = forms.ChoiceField(choices=[("m", "by email"), ("l", "by letter")], widget=forms.RadioSelect)

    html = draw(Ways())
    assert ">By email</label>" in html
    assert ">By letter</label>" in html


def test_three_boxes_keep_what_was_typed():
    page = Page(draw(EveryKind({"start_0": "3x", "start_1": "12", "start_2": "26"})))
    assert [page.by_id(f"id_start_{number}")["value"] for number in range(3)] == ["3x", "12", "26"]
    assert page.by_id("id_start_0")["inputmode"] == "numeric"
    assert page.by_id("id_start_0")["type"] == "text"


def test_labels_hints_errors_and_what_was_typed_are_escaped():
    class Evil(forms.Form):
        word = forms.CharField(label="<b>Label</b>", help_text="<i>hint</i>")
        pick = forms.ChoiceField(choices=[("<u>", "<u>")], widget=forms.RadioSelect)

        def clean_word(self):
            raise forms.ValidationError("<em>bad</em>")

    html = draw(Evil({"word": '"><script>', "pick": "<u>"}))
    assert not {tag for tag, _attrs in Page(html).elements} & {"b", "i", "u", "em", "script"}


def test_a_label_that_we_wrote_may_hold_a_link():
    class Linked(forms.Form):
        consent = forms.BooleanField(label=format_html('I agree to <a href="{}">this</a>', "/privacy/"))

    assert '<a href="/privacy/">this</a>' in draw(Linked())


def test_the_few_optional_fields_say_so():
    html = draw(EveryKind())
    assert html.count("(optional)") == 1
    assert "(required)" not in html


def test_where_most_are_optional_the_required_ones_say_so():
    class Mostly(forms.Form):
        a = forms.CharField()
        b = forms.CharField(required=False)
        c = forms.CharField(required=False)

    assert draw(Mostly()).count("(required)") == 1


def test_radios_of_which_one_is_chosen_already_are_not_marked():
    class Chosen(forms.Form):
        name = forms.CharField()
        phone = forms.CharField(required=False)
        way = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect, initial="a", required=False)

    assert draw(Chosen()).count("(optional)") == 1


def test_the_form_posts_with_a_token_and_leaves_checking_to_us():
    html = draw(EveryKind(), csrf_token="T" * 64)
    form = Page(html).all("form")[0]
    assert form["method"] == "post"
    assert "novalidate" in form
    assert form["enctype"] == "multipart/form-data"
    assert "csrfmiddlewaretoken" in html


def test_a_form_that_only_asks_has_no_token():
    helper = FormHelper()
    helper.form_method = "get"
    assert "csrfmiddlewaretoken" not in draw(EveryKind(), helper, csrf_token="T" * 64)


def test_layouts_and_buttons_are_drawn_in_the_design_systems_classes():
    helper = FormHelper()
    helper.layout = helper.build_default_layout(EveryKind())
    helper.layout.fields = [
        Fieldset("About you", Row(Column("name"), Column("email"))),
        Div("phone", css_class="mt-9", css_id="reach"),
        ButtonHolder(Submit("save", "Save"), Button("later", "Later"), Hidden("step", "2")),
    ]
    html = draw(EveryKind(), helper)
    page = Page(html)
    assert [button["class"] for button in page.all("button")] == ["button button-primary", "button button-secondary"]
    assert "About you</legend>" in html
    assert page.by_id("reach")["class"] == "mt-9"
    assert {"type": "hidden", "name": "step", "value": "2"} in page.all("input")


def test_a_stored_file_can_be_seen_and_taken_away():
    class Stored:
        url = "/media/plan.pdf"

        def __str__(self):
            return "plan.pdf"

    class Upload(forms.Form):
        plan = forms.FileField(required=False)

    html = draw(Upload(initial={"plan": Stored()}))
    assert 'href="/media/plan.pdf"' in html
    assert 'name="plan-clear"' in html
    assert Page(html).dangling() == []


def test_nothing_is_called_wrong_before_something_was_sent():
    unsent = Page(draw(EveryKind()))
    said = {
        attrs["id"]: attrs.get("aria-invalid") for tag in ("input", "select", "textarea") for attrs in unsent.all(tag)
    }
    must = ("id_name", "id_email", "id_homes", "id_story", "id_area", "id_start_0", "id_start_1", "id_consent")
    assert {name: said[name] for name in must} == dict.fromkeys(must, "false")
    assert "aria-invalid" not in unsent.by_id("id_phone"), "it may stay empty, so browsers do not call it invalid"
    sent = Page(draw(EveryKind({"name": "Karen", "email": "no address"})))
    assert "aria-invalid" not in sent.by_id("id_name")
    assert sent.by_id("id_email")["aria-invalid"] == "true"


def test_options_need_no_template_each(monkeypatch):
    drawn = []
    monkeypatch.setattr(Template, "render", _counted(drawn, Template.render))
    form = EveryKind()
    draw(form)
    few, drawn[:] = len(drawn), []
    form.fields["area"].choices = form.fields["role"].choices = [(number, str(number)) for number in range(50)]
    draw(form)
    assert len(drawn) == few


def _counted(drawn, render):
    def counted(template, *args, **kwargs):
        drawn.append(template)
        return render(template, *args, **kwargs)

    return counted
