import pytest
from django import forms
from django.core.exceptions import ValidationError

from partnership.fields.estimates import EstimateField


class OneForm(forms.Form):
    homes = EstimateField(min_value=1)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("25", 25),
        ("Ca. 25", 25),
        ("ca 25", 25),
        ("cirka 1.200", 1200),
        ("about 1,200", 1200),
        ("ungefär 25", 25),
        ("48 st", 48),
        ("48st", 48),
        ("omkring 48 bostäder", 48),
        ("48 boliger", 48),
        ("about 48 homes", 48),
        ("40-50", 45),
        ("ca 40–50 st.", 45),
    ],
)
def test_a_word_that_says_that_a_number_is_a_guess_is_left_out(typed: str, meant: int) -> None:
    assert OneForm({"homes": typed}).is_valid()
    assert OneForm({"homes": typed})["homes"].field.clean(OneForm({"homes": typed})["homes"].data) == meant


@pytest.mark.parametrize("typed", ["", "ca.", "many", "25 or 30", "-25", "ca. -25", "1.5", "ca. 0"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        OneForm({"homes": typed})["homes"].field.clean(OneForm({"homes": typed})["homes"].data)
