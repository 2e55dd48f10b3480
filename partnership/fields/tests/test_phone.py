"""Telephone numbers as people write them, in Denmark, in Sweden and from elsewhere."""

import phonenumbers
import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from partnership.fields.phone import COUNTRIES, PhoneField, e164, link, may_get_texts
from partnership.fields.texts import no_cpr_in_phone
from partnership.places.models import Partnership

TOO_SHORT = "Enter a telephone number with at least 8 digits."
UNKNOWN = (
    "We cannot dial this number. Correct it. If it is from another country, begin with + and the country’s code, for "
    "example +46 70 123 45 67."
)
# Rows hold numbers in every one of these spellings, and hashes of how each is dialled: neither may change.
STORED = [
    ("12 34 56 78", "DK", "+4512345678"),
    ("12345678", "DK", "+4512345678"),
    ("12.34.56.78", "DK", "+4512345678"),
    ("12-34-56-78", "DK", "+4512345678"),
    ("12/34/56/78", "DK", "+4512345678"),
    ("(12) 34 56 78", "DK", "+4512345678"),
    ("12\u00a034\u00a056\u00a078", "DK", "+4512345678"),
    ("+45 12345678", "DK", "+4512345678"),
    ("+45 1234 5678", "SE", "+4512345678"),
    ("+ 45 12 34 56 78", "DK", "+4512345678"),
    ("+45 (0)12 34 56 78", "DK", "+4512345678"),
    ("0045 12 34 56 78", "DK", "+4512345678"),
    ("00 45 12 34 56 78", "SE", "+4512345678"),
    ("12 34 56 78", "SE", "+4612345678"),
    ("070-123 45 67", "SE", "+46701234567"),
    ("0701234567", "SE", "+46701234567"),
    ("70 123 45 67", "SE", "+46701234567"),
    ("+46 (0)70-123 45 67", "SE", "+46701234567"),
    ("+46 70 123 45 67", "DK", "+46701234567"),
    ("0046 (0)70-123 45 67", "DK", "+46701234567"),
    ("08-123 456 78", "SE", "+46812345678"),
    ("(0480) 45 00 00", "SE", "+46480450000"),
    ("0480-123 45", "SE", "+4648012345"),
    ("+47 912 34 567", "DK", "+4791234567"),
    ("+49 (0)30 123456", "DK", "+4930123456"),
    ("+44 (0)20 7946 0958", "SE", "+442079460958"),
    ("+1 (212) 555-0123", "DK", "+12125550123"),
    ("+298 123456", "DK", "+298123456"),
    ("+354 555 1234", "DK", "+3545551234"),
    ("+39 06 1234 5678", "DK", "+390612345678"),
    ("+225 07 12 34 56 78", "SE", "+2250712345678"),
    ("+380 50 123 4567", "SE", "+380501234567"),
]
NONE = [
    ("", "DK"),
    ("1234", "DK"),
    ("1234567", "DK"),
    ("123456789", "DK"),
    ("070-123 45 67", "DK"),
    ("46701234567", "DK"),
    ("1" * 16, "DK"),
    ("+45 123 45 67", "DK"),
    ("+999 12 34 56 78", "DK"),
    ("12+345678", "DK"),
    ("ring mig", "DK"),
    ("12 34 56 7x", "DK"),
    ("12 34 56 78 x9", "DK"),
    ("12 34 56 78 lokal 9", "DK"),
    ("12 34 56 78,,9", "DK"),
    ("12345678#9", "DK"),
    ("tel:12345678", "DK"),
    ("12 34 56 78 / 87 65 43 21", "DK"),
    ("12345", "SE"),
    # Second spellings of a telephone that has one already, and what the plans do not write.
    ("+46 00701234567", "DK"),
    ("0046 00 70 123 45 67", "SE"),
    ("+46 000701234567", "SE"),
    ("+490040442", "DK"),
    ("1234*5678", "DK"),
    ("#12345678", "DK"),
    ("1 " * 30, "DK"),
]


def clean(written: str, *countries: str) -> str:
    field = PhoneField(required=False)
    field.countries = countries or COUNTRIES
    return field.clean(written)


@pytest.mark.parametrize("written, country, dialled", STORED)
def test_a_number_is_dialled_as_it_always_was(written: str, country: str, dialled: str) -> None:
    assert e164(written, country) == dialled
    assert clean(written, country) == written, "kept as it was written"


@pytest.mark.parametrize("written, country", NONE)
def test_what_no_telephone_answers_to_is_no_number(written: str, country: str) -> None:
    assert e164(written, country) == ""


def test_a_danish_number_may_stand_after_its_code_without_a_plus() -> None:
    assert e164("45 12 34 56 78", "DK") == e164("4512345678", "DK") == "+4512345678"
    assert e164("46701234567", "SE") == e164("+46 070 123 45 67", "DK") == "+46701234567"


@pytest.mark.parametrize("written, sentence", [
    ("1234567", TOO_SHORT), ("call me", TOO_SHORT), ("12 34 56 7x", TOO_SHORT), ("12 34 56 78 (Ane)", TOO_SHORT),
    ("1" * 16, UNKNOWN), ("070-123 45 67", UNKNOWN), ("+45 12 34 56 789", UNKNOWN),
])  # fmt: skip
def test_a_wrong_number_is_answered_with_what_to_do(written: str, sentence: str) -> None:
    with translation.override("en"):
        with pytest.raises(ValidationError) as refusal:
            clean(written, "DK")
        assert refusal.value.messages == [sentence]


def test_a_field_that_knows_no_country_takes_a_number_of_either() -> None:
    assert all(clean(written) == written for written in ("12 34 56 78", "070-123 45 67"))
    assert set(COUNTRIES) == set(Partnership.Country.values)


@given(st.text(alphabet="0123456789+ ()-./;,#x\u00a0²٠", max_size=30), st.sampled_from(COUNTRIES))
def test_whatever_is_written_is_a_number_or_none(written: str, country: str) -> None:
    dialled = e164(written, country)
    assert dialled == "" or e164(dialled, "") == dialled
    assert may_get_texts(dialled) <= bool(dialled)


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("kind", [PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE])
@pytest.mark.parametrize("spelling", [PhoneNumberFormat.NATIONAL, PhoneNumberFormat.INTERNATIONAL])
def test_no_number_is_taken_for_a_cpr_number(country: str, kind: int, spelling: int) -> None:
    written = phonenumbers.format_number(phonenumbers.example_number_for_type(country, kind), spelling)
    assert clean(written, country) == written
    with translation.override({"DK": "da", "SE": "sv"}[country]):
        no_cpr_in_phone(written)


@pytest.mark.parametrize("dialled, may", [
    ("+4520123456", True), ("+4586123456", True), ("+4512345678", True), ("+46701234567", True),
    ("+46812345678", False), ("+4580123456", False), ("+4590123456", False), ("", False),
])  # fmt: skip
def test_texts_go_where_they_can_be_read_and_cost_nobody_extra(dialled: str, may: bool) -> None:
    assert may_get_texts(dialled) is may


def test_the_link_to_a_number_works_from_any_country() -> None:
    assert link("08-465 004 00", "SE")[0] == "tel:+46846500400"
    assert link("114 14", "SE")[0] == "tel:11414"


@pytest.mark.parametrize(
    ("written", "country", "shown"),
    [
        ("20304050", "DK", "20 30 40 50"),
        ("+4520304050", "DK", "20 30 40 50"),
        ("+46701234567", "DK", "+46 70 123 45 67"),
        ("0701234567", "SE", "070-123 45 67"),
        ("114 14", "SE", "114 14"),
        ("12 34 56 78", "DK", "12 34 56 78"),
        ("no number", "DK", "no number"),
    ],
)
def test_a_number_is_shown_in_groups(written: str, country: str, shown: str) -> None:
    assert link(written, country)[1] == shown


@pytest.mark.parametrize("written", ["070-174 06 16 (hem)", "070-174 06 16 (mob.)", "(jobb) 070-174 06 16"])
def test_a_word_that_says_which_telephone_it_is_is_not_dialled(written: str) -> None:
    assert PhoneField().clean(written) == written
    assert e164(written, "SE") == "+46701740616"
    assert e164("070-174 06 16 (hem) x", "SE") == ""
