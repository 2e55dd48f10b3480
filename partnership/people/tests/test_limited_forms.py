"""How often a form may be sent: its share of the setting, rounded up."""

from collections.abc import Iterable
from fractions import Fraction

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import translation

from partnership.fields.unbroken import unbroken
from partnership.people.limits import LimitedForm, count_mail_of_staff, is_valid_within_limit, limited_forms
from partnership.people.models import User
from partnership.tests.cast import Cast


@pytest.mark.parametrize(
    ("an_hour", "share", "rate"),
    [
        (60, Fraction(1), "60/1h/ip"),
        (60, Fraction(1, 5), "12/1h/ip"),
        (61, Fraction(1, 5), "13/1h/ip"),
        (1, Fraction(1, 5), "1/1h/ip"),
        (0, Fraction(1), ""),
    ],
)
def test_the_rate_is_a_share_of_the_setting(settings, an_hour: int, share: Fraction, rate: str) -> None:
    settings.FORMS_AN_HOUR = an_hour
    assert LimitedForm("test.form", share).rates["test.form"] == rate


def test_asking_for_a_talk_has_a_tenth_in_two_hours_and_the_others_all_of_it(settings) -> None:
    settings.FORMS_AN_HOUR = 60
    rates = {"talks.book": "6/2h/ip", "talks.book.faulty": "30/2h/ip", "talks.book.all": "36/2h/ip"}
    assert limited_forms["talks.book"].rates == rates
    others = ("neighbours.join", "outbox.number_code", "talks.wish")
    assert {limited_forms[name].rates[name] for name in others} == {"60/1h/ip"}


def test_a_limit_that_no_room_has_added_is_an_error() -> None:
    with pytest.raises(KeyError):
        is_valid_within_limit(RequestFactory().post("/"), forms.Form({}), "test.unknown")


def read_at_the_end(who: User | AnonymousUser, cast: Cast, ips: Iterable[str]) -> str:
    """Send a form again and again; return what stands above it at last."""
    for ip in ips:
        request = RequestFactory().post("/", REMOTE_ADDR=ip)
        request.user, request.partnership, form = who, cast.randers, forms.Form({})
        with translation.override("en"):
            is_valid_within_limit(request, form, "talks.wish")
    return " ".join(form.non_field_errors())


@pytest.mark.django_db
def test_who_has_sent_a_form_too_often_is_not_told_that_many_have(cast: Cast) -> None:
    own = read_at_the_end(cast.ruth, cast, (f"10.0.0.{number}" for number in range(7)))
    assert own.startswith("You have used this form many times today.")
    assert unbroken(cast.randers.contact_phone) in own


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["ruth", ""])
def test_who_shares_a_connection_with_many_is_told_so(cast: Cast, settings, name: str) -> None:
    settings.FORMS_AN_HOUR = 2
    everyones = read_at_the_end(getattr(cast, name, AnonymousUser()), cast, ["10.0.0.1"] * 3)
    assert everyones.startswith("Many have used this form from where you are")
    assert unbroken(cast.randers.contact_phone) in everyones


@pytest.mark.django_db
def test_all_of_staff_write_to_a_mailbox_forty_times_an_hour_at_most(cast: Cast) -> None:
    """Twenty each; an address with a tag is the same mailbox."""

    def writes(who: User) -> bool:
        request = RequestFactory().post("/")
        request.user = who
        return count_mail_of_staff(request, "someone@offer.example", "someone+1@offer.example")

    assert [writes(cast.karen) for _time in range(25)] == [True] * 20 + [False] * 5
    assert [writes(cast.anne) for _time in range(25)] == [True] * 20 + [False] * 5
    assert not writes(cast.palle)
