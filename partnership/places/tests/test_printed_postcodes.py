"""A postcode is printed as its country writes it."""

import pytest

from partnership.fields.postcode import PostcodeField
from partnership.places.tests.builders import a_partnership, an_address, an_area

pytestmark = pytest.mark.django_db


def test_a_swedish_postcode_has_its_space() -> None:
    home = an_address(an_area(a_partnership("kalmar")), "Exempelvägen", "12", postcode="39232")
    home.town = "Kalmar"
    assert home.label == "Exempelvägen 12, 392\xa032 Kalmar"
    assert home.town_line == "392\xa032 Kalmar"  # as in a letter


def test_a_danish_postcode_has_none() -> None:
    home = an_address(an_area(a_partnership()), "Eksempelvej", "12")
    assert home.label == "Eksempelvej 12, 8900 Randers C"


def test_a_swedish_postcode_is_shown_again_with_its_space_however_it_was_typed() -> None:
    shown = PostcodeField().prepare_value
    assert {shown(typed) for typed in ("39232", "392 32", "SE-392 32", "392 32 Kalmar")} == {"392 32"}
    assert shown("8900 Randers") == "8900"
    assert shown("abcde") == "abcde"
