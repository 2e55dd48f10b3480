"""How many may join from one IP address; the forms of `talks` are limited in the same way."""

import pytest
from django.test import Client

from neighbours.models import Helper
from neighbours.tests import builders as make
from partnership.fields.unbroken import unbroken
from partnership.tests.cast import Cast, visit
from partnership.web import timing

JOIN = "/en/neighbours/join/"
WAIT = "Many have used this form from where you are"


@pytest.fixture(autouse=True)
def two_an_hour(settings, cast: Cast) -> None:
    settings.FORMS_AN_HOUR = 2
    make.home(cast.vorup)


def asks(number: int, browser: Client | None = None, **headers: str):
    form = make.typed(email=f"vera{number}@randers.example")
    return (browser or visit(None)).post(JOIN, form, headers=headers)


def test_the_third_is_told_to_wait_and_keeps_what_was_typed() -> None:
    assert [asks(number).status_code for number in (1, 2)] == [302, 302]
    answer = asks(3)
    page = answer.content.decode()
    assert answer.status_code == 429
    assert WAIT in page
    assert unbroken("12 34 56 78") in page
    for typed in ("Vera Vestergaard", "vera3@randers.example", "Eksempelvej 12", "8900"):
        assert f'value="{typed}"' in page
    assert Helper.objects.count() == 2


def test_a_form_with_something_to_put_right_does_not_count() -> None:
    for _time in range(3):
        assert visit(None).post(JOIN, make.typed(postcode="")).status_code == 200
    assert asks(1).status_code == 302
    assert Helper.objects.count() == 1


def test_faulty_forms_have_a_limit_of_their_own_that_is_wider() -> None:
    faulty = [visit(None).post(JOIN, make.typed(postcode="")) for _time in range(11)]
    assert [answer.status_code for answer in faulty] == [200] * 10 + [429]
    assert WAIT in faulty[-1].content.decode()
    assert asks(1).status_code == 302


def test_only_what_looks_somebody_up_takes_its_time(settings, monkeypatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(timing.time, "sleep", waited.append)
    settings.FORMS_TAKE_SECONDS = 1000
    visit(None).post(JOIN, make.typed(postcode=""))
    assert waited == []
    asks(1)
    assert waited.pop() > 900


def test_looking_at_the_form_does_not_count() -> None:
    for _time in range(3):
        assert visit(None).get(JOIN).status_code == 200
    assert asks(1).status_code == 302


def test_behind_a_proxy_visitors_are_counted_separately(settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(4):
        assert asks(number, **{"x-forwarded-for": f"192.0.2.{number}"}).status_code == 302


def test_ipv4_addresses_that_a_proxy_writes_as_ipv6_are_counted_separately(settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(4):
        assert asks(number, **{"x-forwarded-for": f"::ffff:192.0.2.{number}"}).status_code == 302
    answers = [asks(number, **{"x-forwarded-for": "192.0.2.1"}) for number in range(5, 7)]
    assert [answer.status_code for answer in answers] == [302, 429]


def test_what_a_visitor_claims_before_the_proxy_does_not_count(settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    answers = [asks(number, **{"x-forwarded-for": f"198.51.100.{number}, 192.0.2.1"}) for number in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]


def test_without_a_proxy_the_header_is_ignored() -> None:
    answers = [asks(number, **{"x-forwarded-for": f"192.0.2.{number}"}) for number in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]


def test_without_a_limit_nobody_waits(settings) -> None:
    settings.FORMS_AN_HOUR = 0
    assert [asks(number).status_code for number in range(4)] == [302] * 4
