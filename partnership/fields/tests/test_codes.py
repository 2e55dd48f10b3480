"""Codes are made, shown and typed as six digits, or as many as asked for."""

import pytest

from partnership.fields.codes import new_code, spaced, typed_code


@pytest.mark.parametrize(("more", "digits"), [({}, 6), ({"digits": 8}, 8)])
def test_codes_have_their_number_of_digits_and_differ(more: dict[str, int], digits: int) -> None:
    made = {new_code(**more) for _time in range(100)}
    assert all(len(code) == digits and code.isdecimal() for code in made)
    assert len(made) > 90


def test_a_code_is_shown_in_two_halves_and_read_however_it_is_spaced() -> None:
    assert spaced("004217") == "004 217"
    assert spaced("00421700") == "0042 1700"
    assert typed_code("0042-1700", digits=8) == "00421700"
    assert {typed_code(text) for text in ("004217", "004 217", " 00-42-17.", "0 0 4 2 1 7")} == {"004217"}


@pytest.mark.parametrize("text", ["", "4217", "0042178", "abcdef"])
def test_anything_else_is_no_code(text: str) -> None:
    assert typed_code(text) == ""
