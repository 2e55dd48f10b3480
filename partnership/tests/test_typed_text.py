"""Every field of every form reads what was typed in one spelling: the portal's, the administration's and allauth's.

A new form is found by itself.
"""

import datetime as dt
import unicodedata

import pytest
from django import forms
from django.test import Client
from django.utils import translation
from django.utils.formats import date_format
from hypothesis import given, settings
from hypothesis import strategies as st

from neighbours.models import Helper
from neighbours.tests.builders import home, typed
from partnership.fields.phone import PhoneField
from partnership.fields.postcode import PostcodeField
from partnership.fields.printed_days import day_in_words
from partnership.fields.printed_numbers import decimal, grouped
from partnership.fields.typed import TypedField
from partnership.tests.cast import Cast, visit
from partnership.tests.fields import every_form, filled_in, text_fields
from partnership.web.forms import PortalForm

LANGUAGES = ("da", "sv", "en")
FIELDS = text_fields()
# What can be typed into a field of a kind: as people type it, and with what they cannot see. Subclasses first.
SAMPLES: list[tuple[type[forms.Field], str, str]] = [
    (forms.JSONField, '["da"]', '\ufeff["da"]\u200b'),
    (forms.EmailField, "bo@xn--blegrd-luad.example", "\u202abo@ÆBLEGA\u030aRD.example\u200b"),
    (PhoneField, "12 34-56 78", "\u202a12\u00a034\u201156\u200978\u202c"),
    (PostcodeField, "8900", "89\u200b00\u00a0Randers"),
    (forms.FloatField, "12", "\uff11\uff12\u200b"),
    (forms.IntegerField, "12", "\uff11\uff12\u200b"),
    (forms.TimeField, "19.00", "\u200b19.\u20600０"),
    (forms.DateField, "1-12-2026", "1\u201112\u20112026\ufeff"),
    (forms.SlugField, "a-b", "a\u2011b\u200b"),
    (forms.CharField, "Åse 12-b", "A\u030a\u00adse\u00a0\uff112\u2011b\u200b"),
]  # fmt: skip


def read(field: forms.Field, text: str) -> object:
    form = filled_in(field, text)
    return form.cleaned_data["it"] if form.is_valid() else form.errors["it"].as_data()[0].code


def test_there_are_many_forms_and_fields_to_look_at() -> None:
    names = {form.__name__ for form in every_form()}
    assert {"JoinForm", "CodeForm", "PersonForm", "ChangeListSearchForm", "ActivateTOTPForm"} <= names
    assert len(FIELDS) > 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_seen_changes_nothing_in_any_field(language: str) -> None:
    differ = {}
    with translation.override(language):
        for name, field in FIELDS.items():
            sample = next((one for one in SAMPLES if isinstance(field, one[0])), None)
            if sample and read(field, sample[1]) != read(field, sample[2]):
                differ[name] = (read(field, sample[1]), read(field, sample[2]))
    assert differ == {}


def test_no_form_reads_in_a_way_of_its_own() -> None:
    own = [form for form in every_form() if getattr(form, "default_renderer", None) or form.bound_field_class]
    own += [name for name, field in FIELDS.items() if field.bound_field_class]
    assert own == []
    assert isinstance(filled_in(forms.CharField(), "x")["it"], TypedField)


@pytest.mark.parametrize("empty", ["\ufeff", "\u00a0\u2003", "\u200b\u3164", "\u2800\U000e0041"])
def test_nothing_visible_is_nothing(empty: str) -> None:
    asked = {name: field for name, field in FIELDS.items() if field.required and not isinstance(field, forms.JSONField)}
    assert [name for name, field in asked.items() if read(field, empty) != "required"] == []


@pytest.mark.parametrize("bomb", ["[" * 100_000, '{"a":' * 100_000, "9" * 5_000, "[" + "9" * 5_000 + "]"])
def test_json_that_python_cannot_read_is_as_invalid_as_any_other(bomb: str) -> None:
    fields = [field for form in every_form() for field in getattr(form, "base_fields", {}).values()]
    of_json = [field for field in fields if isinstance(field, forms.JSONField)]
    assert {type(field.widget) for field in of_json} == {forms.Textarea, forms.HiddenInput}
    for field in of_json:
        form = filled_in(field, bomb)
        assert [error.code for error in form.errors["it"].as_data()] == ["invalid"]
        assert "9" * 100 not in str(form["it"])


# -- What we print, we accept -----------------------------------------------------------------------------------------


def fields_of(kind: type[forms.Field], excluding: tuple[type[forms.Field], ...] = ()) -> list[forms.Field]:
    """Return one field of each shape that forms have of this kind."""
    found = [field for field in FIELDS.values() if isinstance(field, kind) and not isinstance(field, excluding)]
    assert found
    shapes = {(type(field), type(field.widget), getattr(field, "max_value", 0)): field for field in found}
    return list(shapes.values())


@given(st.sampled_from(LANGUAGES), st.integers(1, 5_000))
def test_a_number_as_we_print_it_is_read_by_every_field(language: str, number: int) -> None:
    with translation.override(language):
        for field in fields_of(forms.IntegerField, (forms.FloatField, forms.DecimalField)):
            within = (field.min_value or 0) <= number <= (field.max_value or number)
            assert read(field, grouped(number)) == (number if within else "max_value")


@given(st.sampled_from(LANGUAGES), st.integers(-9_999_999, 9_999_999))
def test_a_number_with_decimals_is_read_as_we_print_it(language: str, hundredths: int) -> None:
    with translation.override(language):
        for field in fields_of(forms.FloatField):
            assert read(field, decimal(hundredths / 100)) == pytest.approx(hundredths / 100)


@given(st.sampled_from(LANGUAGES), st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_an_hour_is_read_as_we_print_it(language: str, at: dt.time) -> None:
    with translation.override(language):
        printed = {date_format(at, "TIME_FORMAT"), f"{at:%H.%M}", f"kl. {at:%H.%M}"}
        printed |= set() if at.minute else {f"{at:%H}", f"kl. {at:%H}"}
        for field in fields_of(forms.TimeField):
            assert {read(field, one) for one in printed} == {at}


@settings(max_examples=30)
@given(st.sampled_from(LANGUAGES), st.dates(dt.date(1990, 1, 1), dt.date(2190, 12, 31)))
def test_a_day_is_read_as_we_print_it(language: str, day: dt.date) -> None:
    with translation.override(language):
        printed = {
            day_in_words(day),
            day.isoformat(),
            *(date_format(day, name) for name in ("DATE_FORMAT", "SHORT_DATE_FORMAT", "j. F Y", "j. b Y")),
        }
        in_boxes = [[str(day.day), date_format(day, shape), str(day.year)] for shape in ("F", "b", "m")]
        for field in fields_of(forms.DateField):
            assert {read(field, one) for one in printed} == {day}
        for field in three_boxes():
            assert {field.to_python(one) for one in [*in_boxes, *([text, "", ""] for text in printed)]} == {day}


def three_boxes() -> list[forms.Field]:
    forms_with = [getattr(form, "base_fields", {}).values() for form in every_form()]
    return [field for fields in forms_with for field in fields if type(field).__name__ == "ThreeBoxDateField"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("typed_", "is_"),
    [
        ("8900", "8900"),
        ("8900 Randers", "8900"),
        ("8930 Randers NØ", "8930"),
        ("DK-8900 Randers C", "8900"),
        ("392 32 Kalmar", "39232"),
        ("39232", "39232"),
        ("SE-392 32 Kalmar", "39232"),
        ("8900, Randers C", "8900"),
        ("Randers", "Randers"),
    ],
)
def test_a_postcode_may_stand_before_its_town(language: str, typed_: str, is_: str) -> None:
    with translation.override(language):
        assert {read(field, typed_) for field in fields_of(PostcodeField)} == {is_}


def test_a_telephone_number_is_read_as_we_print_it(cast: Cast) -> None:
    for here in (cast.randers, cast.kalmar):
        printed = here.contact_phone.replace(" ", "\N{NO-BREAK SPACE}")
        assert {read(field, printed) for field in fields_of(PhoneField)} == {here.contact_phone}


@pytest.mark.parametrize("odd", ["1.2", "1.0000", "12,5", "x"])
def test_what_is_no_whole_number_is_refused_and_never_cut(odd: str) -> None:
    assert {read(field, odd) for field in fields_of(forms.IntegerField, (forms.FloatField,))} == {"invalid"}


@pytest.mark.parametrize("odd", ["24.00", "19.60", "kl.", "1960", "13 p.m.", "evening"])
def test_what_is_no_hour_is_refused(odd: str) -> None:
    assert {read(field, odd) for field in fields_of(forms.TimeField)} == {"invalid"}


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("pér@example.dk", "Before @ an email address cannot have “é”. Correct it."),
        ('"bo"@example.dk', "Before @ an email address cannot have quotation marks. Take them out."),
        ("»bo«@example.dk", "cannot have quotation marks."),
        ("bo@@example.dk", "An email address has only one @."),
        ("péñ@example.dk", "cannot have “é”, “ñ”."),
        ("bo ho@example.dk", "There is a blank before @."),
        ("bo..ho@example.dk", "Before @ a dot can stand only between"),
        ("bo@example,dk", "Correct “example,dk”."),
        ("bo@example", "Correct “example”."),
        ("bo@[127.0.0.1]", "Correct “[127.0.0.1]”."),
        ("bo@\U0001f4a9.dk", "Correct “\U0001f4a9.dk”."),
        ("bo", "Enter an email address with @"),
        ("@example.dk", "Enter an email address with @"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_an_email_address_is_said(address: str, words: str) -> None:
    with translation.override("en"):
        form = filled_in(forms.EmailField(), address, PortalForm)
        assert words in form.errors["it"][0]


def test_what_is_wrong_is_quoted_as_the_language_does() -> None:
    for language, words in (("da", "kan der ikke stå »é«, »ñ« i"), ("sv", "kan det inte stå ”é”, ”ñ” i")):
        with translation.override(language):
            form = filled_in(forms.EmailField(), "péñ@example.dk", PortalForm)
            assert words in form.errors["it"][0]


# -- On pages ---------------------------------------------------------------------------------------------------------


def test_the_example_of_the_form_and_what_stands_around_an_address_do_no_harm(cast: Cast) -> None:
    door = home(cast.vorup, "12B", floor_door="2. th")
    home(cast.vorup, "12B", floor_door="1. th")
    fill = typed(address="Eksempelvej\u00a012B,\u200b 2. th\ufeff", postcode="8900\u2009Randers C")
    assert visit(None).post("/da/neighbours/join/", fill).status_code == 302
    assert Helper.objects.get(person__email=fill["email"]).household.address == door


def test_streets_are_suggested_for_letters_in_parts(cast: Cast, client: Client) -> None:
    home(cast.vorup, street="Åbrinken")
    found = visit(None).get("/da/neighbours/streets/", {"q": unicodedata.normalize("NFD", "Åb") + "\u200b"})
    assert found.json() == {"streets": ["Åbrinken"]}
