"""Whatever is typed, a form answers with a sentence that says what to do, and keeps what was typed."""

import datetime as dt
import uuid

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation
from django.utils.formats import date_format

from crispy_dkfds.tests.pages import Page, draw
from partnership.fields.dates import ThreeBoxDateField
from partnership.fields.phone import PhoneField
from partnership.web import refusal_views
from partnership.web.forms import OnceForm, PortalForm

TODAY = dt.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


class JoinForm(OnceForm):
    submit_label = "Join"
    autocomplete = {"name": "name"}

    name = forms.CharField(label="Name", max_length=80)
    email = forms.EmailField(label="Email")
    phone = PhoneField(label="Phone", required=False)
    story = forms.CharField(label="Story", widget=forms.Textarea)
    role = forms.ChoiceField(label="What will you do?", choices=[("watch", "Watch")], widget=forms.RadioSelect)
    start = ThreeBoxDateField(label="First day", refuse_past=True, today=lambda: TODAY)
    consent = forms.BooleanField(label="I agree")


GOOD = {
    "name": "Ane Holm",
    "email": "ane@example.dk",
    "phone": "+45 12 34 56 78",
    "story": "Vi er to.\r\nOg en hund.",
    "role": "watch",
    "start_0": "1",
    "start_1": "12",
    "start_2": "2026",
    "consent": "on",
}


def cleaned(form, name):
    assert form.is_valid(), form.errors
    return form.cleaned_data[name]


def said(name, /, **typed):
    form = JoinForm(GOOD | typed)
    return form.errors.get(name, [])


def test_a_well_filled_form_is_taken():
    form = JoinForm(GOOD)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["start"] == dt.date(2026, 12, 1)


def test_an_empty_form_says_at_each_field_what_to_do():
    errors = JoinForm({}).errors
    assert errors["name"] == ["Fill in: “Name”."]
    assert errors["role"] == ["Choose an answer: “What will you do?”."]
    assert errors["start"] == ["Fill in: “First day”."]
    assert errors["consent"] == ["Tick “I agree”."]


def test_a_message_that_a_field_brought_itself_stays():
    class Own(PortalForm):
        name = forms.CharField(error_messages={"required": "Who are you?"})

    assert Own({}).errors["name"] == ["Who are you?"]


def test_a_name_of_5000_characters_is_answered_with_both_counts():
    assert said("name", name="x" * 5000) == ["Make it shorter: at most 80 characters, you wrote 5,000."]
    with translation.override("da"):
        assert "5.000" in said("name", name="x" * 5000)[0]


def test_a_field_without_a_length_of_its_own_is_not_endless():
    assert "at most 4,000" in said("story", story="x" * 5000)[0]


def test_the_browser_does_not_cut_what_is_pasted():
    assert "maxlength" not in draw(JoinForm())


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x85", "\ud800", "\n"])
def test_hidden_characters_in_a_line_are_answered_with_a_sentence(sign):
    assert said("name", name=f"Ane{sign}Holm") == [
        "The text holds a hidden character that we cannot read. Delete the text and write it again."
    ]


def test_a_text_may_have_lines_but_no_nul_byte():
    assert said("story", story="a\r\nb\tc") == []
    assert len(said("story", story="a\x00b")) == 1


def test_nul_bytes_in_every_other_field_are_refused_and_not_an_exception():
    typed = {name: f"{value}\x00" for name, value in GOOD.items() if name != "consent"}
    assert set(JoinForm(typed | {"submission": "\x00"}).errors) >= {"name", "email", "phone", "story", "role", "start"}


@pytest.mark.parametrize("name", ["name", "email", "phone", "story"])
def test_a_cpr_number_is_refused_in_every_text(name):
    typed = "010190-1234@example.dk" if name == "email" else "010190-1234"
    assert said(name, **{name: typed}) == [
        "Leave out the personal number (CPR number or personnummer). We never need it."
    ]


def test_a_cpr_number_is_refused_in_the_name_of_a_file():
    class Upload(PortalForm):
        plan = forms.FileField(label="Plan")

    form = Upload({}, {"plan": SimpleUploadedFile("010190-1234.pdf", b"x")})
    assert "personal number" in form.errors["plan"][0]


def test_a_swedish_telephone_number_is_taken_where_swedes_write():
    assert said("phone", phone="0812345678") == []
    with translation.override("da"):
        assert len(said("phone", phone="0812345678")) == 1


def test_a_telephone_number_has_8_digits():
    sentence = "Enter a telephone number with at least 8 digits."
    assert said("phone", phone="1234567") == [sentence]


def test_an_email_address_without_at_gets_an_example():
    assert said("email", email="ane") == ["Enter an email address with @, for example name@example.com."]


def test_an_hour_is_written_as_in_each_language_in_what_we_ask_for_and_in_what_we_show():
    class AnHour(PortalForm):
        starts = forms.TimeField(label="Starts")

    assert "19:30." in AnHour({"starts": "late"}).errors["starts"][0]
    at = dt.datetime(2026, 11, 22, 19, 30)  # noqa: DTZ001 - the wall's
    for language in ("da", "sv"):
        with translation.override(language):
            assert "19.30." in str(AnHour({"starts": "late"}).errors["starts"][0])
            assert date_format(at, "TIME_FORMAT") == "19.30"
            assert date_format(at, "DATETIME_FORMAT").endswith(" kl.\N{NO-BREAK SPACE}19.30")
            assert date_format(at, "SHORT_DATETIME_FORMAT").endswith(" 19.30")
            assert "2026" in date_format(at, "DATE_FORMAT")


def test_an_answer_that_was_never_offered_is_refused_in_plain_words():
    assert said("role", role="burgle") == ["Choose one of the answers that are shown."]


def test_what_was_typed_is_kept():
    html = draw(JoinForm(GOOD | {"name": "x" * 5000, "start_0": "31", "start_1": "11"}))
    page = Page(html)
    assert page.by_id("id_name")["value"] == "x" * 5000
    assert [page.by_id(f"id_start_{number}")["value"] for number in range(3)] == ["31", "11", "2026"]
    assert "Og en hund." in html
    assert "checked" in page.by_id("id_consent")
    assert page.dangling() == []


@pytest.mark.parametrize(
    ("day", "month", "year", "message", "box"),
    [
        ("", "12", "2026", "Enter the day as a number from 1 to 31.", 0),
        ("32", "12", "2026", "Enter the day as a number from 1 to 31.", 0),
        ("1", "13", "2026", "Enter the month as a number from 1 to 12.", 1),
        ("1", "dex", "2026", "Enter the month as a number from 1 to 12.", 1),
        ("1", "12", "26", "Enter the year with four digits, for example 2026.", 2),
        ("1", "12", "9999", "Enter the year with four digits, for example 2026.", 2),
        ("31", "11", "2026", "There are only 30 days in November 2026. Enter a day from 1 to 30.", 0),
        ("29", "2", "2027", "There are only 28 days in February 2027. Enter a day from 1 to 28.", 0),
        ("21", "11", "2026", "The date has passed. Enter today’s date or a later one.", 0),
        ("23", "10", "2026", "The date has passed. Enter today’s date or a later one.", 1),
        ("1", "12", "2025", "The date has passed. Enter today’s date or a later one.", 2),
    ],
)
def test_a_wrong_date_says_which_box_and_marks_only_that(day, month, year, message, box):
    form = JoinForm(GOOD | {"start_0": day, "start_1": month, "start_2": year})
    assert form.errors["start"] == [message]
    html = draw(form)
    page = Page(html)
    assert [n for n in range(3) if "aria-invalid" in page.by_id(f"id_start_{n}")] == [box]
    assert f'href="#id_start_{box}"' in html


def test_two_wrong_boxes_are_both_spoken_of():
    form = JoinForm(GOOD | {"start_0": "x", "start_2": ""})
    assert len(form.errors["start"]) == 2
    assert Page(draw(form)).dangling() == []


@pytest.mark.parametrize(("day", "month"), [("22", "11"), ("22.", " 11 "), ("２２", "11")])
def test_today_is_no_past_date_and_dots_and_spaces_do_no_harm(day, month):
    assert cleaned(JoinForm(GOOD | {"start_0": day, "start_1": month}), "start") == TODAY


def test_a_stored_date_fills_the_boxes():
    page = Page(draw(JoinForm(initial={"start": TODAY})))
    assert [page.by_id(f"id_start_{n}")["value"] for n in range(3)] == ["22", "11", "2026"]


def test_an_unchanged_date_counts_as_unchanged():
    field = ThreeBoxDateField()
    assert not field.has_changed(TODAY, ["22", "11", "2026"])
    assert field.has_changed(TODAY, ["23", "11", "2026"])
    assert field.has_changed(TODAY, ["x", "", ""])


def test_each_drawn_form_has_its_own_key_and_keeps_it_when_sent():
    first, second = (Page(draw(JoinForm())).by_id("id_submission")["value"] for _time in range(2))
    assert first != second
    form = JoinForm(GOOD | {"submission": first})
    assert cleaned(form, "submission") == uuid.UUID(first)
    again = JoinForm({"submission": first})
    assert Page(draw(again)).by_id("id_submission")["value"] == first


@pytest.mark.parametrize("sent", [{}, {"submission": ""}, {"submission": "nonsense"}, {"submission": "\x00"}])
def test_a_missing_or_broken_key_is_nobodys_error(sent):
    form = JoinForm(GOOD | sent)
    assert isinstance(cleaned(form, "submission"), uuid.UUID)
    assert uuid.UUID(Page(draw(form)).by_id("id_submission")["value"])


def test_the_button_and_the_autocomplete_are_the_forms_own():
    html = draw(JoinForm())
    page = Page(html)
    assert "Join</button>" in html
    tokens = [page.by_id(f"id_{name}").get("autocomplete") for name in ("name", "email", "phone")]
    assert tokens == ["name", "email", "tel"]


def kept_in(seen: dict):
    """Return what takes the place of `render`, and keeps the context."""
    return lambda request, name, context, status: seen.update(context) or HttpResponse(status=status)


def test_a_stale_form_is_answered_calmly_and_keeps_long_texts(monkeypatch):
    seen = {}
    monkeypatch.setattr(refusal_views, "render", kept_in(seen))
    story = "Vi er to i huset, og vi vil gerne hjælpe vores naboer."
    typed = {"story": story, "name": "Ane", "password": "x" * 50}
    headers = {"Origin": "http://testserver", "Referer": "http://testserver/da/neighbours/join/"}
    answer = refusal_views.csrf_failure(RequestFactory().post("/da/neighbours/join/", typed, headers=headers))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (403, "no-store, private")
    assert seen == {"texts": [story], "back": "http://testserver/da/neighbours/join/"}


def test_another_site_cannot_put_its_words_or_its_link_on_our_page(monkeypatch):
    seen = {}
    monkeypatch.setattr(refusal_views, "render", kept_in(seen))
    headers = {"Origin": "https://evil.example", "Referer": "https://evil.example/"}
    refusal_views.csrf_failure(RequestFactory().post("/", {"story": "Call this number at once, " * 4}, headers=headers))
    assert seen == {"texts": [], "back": ""}
