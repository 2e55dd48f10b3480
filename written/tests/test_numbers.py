"""Numbers are read as they are written in Danish, Swedish and English."""

import pytest

from written.numbers import LONGEST, decimal, whole


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1200", "1200"),
        ("1.200", "1200"),
        ("1,200", "1200"),
        ("1 200", "1200"),
        ("1'200", "1200"),
        ("1.200.000", "1200000"),
        (" +12 ", "12"),
        ("- 12", "-12"),
        ("-1.200", "-1200"),
        # What is no whole number stays none.
        ("1.0000", "1,0000"),
        ("12.0", "12,0"),
        ("1.200,5", "1,200,5"),
        ("1.20 0", "1,20 0"),
        ("1.200,000", "1,200,000"),
        ("many", "many"),
        ("", ""),
        ("1" * (LONGEST + 1), "1" * (LONGEST + 1)),
    ],
)
def test_a_whole_number_loses_its_grouping_and_nothing_else(text: str, read: str) -> None:
    assert whole(text) == read


@pytest.mark.parametrize(
    ("text", "point", "read"),
    [
        ("12,5", ",", "12.5"),
        ("12.5", ",", "12.5"),
        ("1.200", ",", "1200"),
        ("1.200,5", ",", "1200.5"),
        ("1 200,5", ",", "1200.5"),
        ("12.5", ".", "12.5"),
        ("1,200", ".", "1200"),
        ("1,200.5", ".", "1200.5"),
        ("12,5", ".", "12,5"),
        ("+0,5", ",", "0.5"),
        ("- 0,5", ",", "-0.5"),
        ("half", ",", "half"),
        ("", ",", ""),
    ],
)
def test_a_number_has_its_decimals_after_the_reader_s_own_sign(text: str, point: str, read: str) -> None:
    assert decimal(text, point) == read
