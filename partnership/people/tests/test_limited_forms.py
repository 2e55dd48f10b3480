"""How often a form may be sent: its share of the setting, rounded up."""

from fractions import Fraction

import pytest
from django import forms
from django.test import RequestFactory

from partnership.people.limits import LimitedForm, limited_forms, within_limit


@pytest.mark.parametrize(
    ("an_hour", "share", "rate"),
    [
        (60, Fraction(1), "60/h/ip"),
        (60, Fraction(1, 5), "12/h/ip"),
        (61, Fraction(1, 5), "13/h/ip"),
        (1, Fraction(1, 5), "1/h/ip"),
        (0, Fraction(1), ""),
    ],
)
def test_the_rate_is_a_share_of_the_setting(settings, an_hour: int, share: Fraction, rate: str) -> None:
    settings.FORMS_AN_HOUR = an_hour
    assert LimitedForm("test.form", share).rate == rate


def test_asking_for_a_talk_has_a_fifth_and_the_others_all_of_it(settings) -> None:
    settings.FORMS_AN_HOUR = 60
    assert limited_forms["talks.book"].rate == "12/h/ip"
    others = ("neighbours.join", "outbox.number_code", "talks.wish")
    assert {limited_forms[name].rate for name in others} == {"60/h/ip"}


def test_a_limit_that_no_room_has_added_is_an_error() -> None:
    with pytest.raises(KeyError):
        within_limit(RequestFactory().post("/"), forms.Form({}), "test.unknown")
