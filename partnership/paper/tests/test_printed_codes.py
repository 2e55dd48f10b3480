"""Printed codes: hashed, used once, at least thirty days, and issued again."""

import datetime as dt
import threading

import pytest
from django.db import connection

from partnership.paper import printed_codes
from partnership.paper.models import PrintedCode
from partnership.people.tests.canary import everything_in_the_database
from partnership.places.models import Partnership
from partnership.tests.cast import NOW, Cast, assemble

DAY = dt.timedelta(days=1)


def made(here: Partnership, about: int = 7, purpose: str = "test.card") -> PrintedCode:
    return printed_codes.issue(partnership=here, purpose=purpose, about=about, now=NOW)


def used(here: Partnership, typed: str, *, purpose: str = "test.card", days: int = 1) -> PrintedCode | None:
    return printed_codes.use(typed=typed, purpose=purpose, partnership=here, now=NOW + days * DAY)


def test_a_code_is_twelve_digits_and_opens_what_it_is_about_once(cast: Cast) -> None:
    code = made(cast.randers)
    digits = printed_codes.digits_of(code)
    assert [len(part) for part in digits.split()] == [4, 4, 4]
    assert used(cast.randers, digits).about == 7
    assert used(cast.randers, digits) is None


@pytest.mark.parametrize("written", ["{0}{1}{2}", "{0}-{1}-{2}", " {0} {1}{2}. "])
def test_it_is_read_however_it_is_spaced(cast: Cast, written: str) -> None:
    parts = printed_codes.digits_of(made(cast.randers)).split()
    assert used(cast.randers, written.format(*parts))


def test_it_is_the_same_whenever_it_is_printed_and_stored_nowhere(cast: Cast) -> None:
    digits = printed_codes.digits_of(made(cast.randers))
    assert printed_codes.digits_of(PrintedCode.objects.get()) == digits
    stored = everything_in_the_database()
    assert digits not in stored
    assert digits.replace(" ", "") not in stored


def test_it_lasts_at_least_thirty_days_and_none_is_made_for_less(cast: Cast) -> None:
    digits = printed_codes.digits_of(made(cast.randers))
    with pytest.raises(ValueError, match="30 days"):
        printed_codes.issue(partnership=cast.randers, purpose="x", about=1, now=NOW, lasts=29 * DAY)
    assert used(cast.randers, digits, days=printed_codes.LASTS.days) is None
    assert used(cast.randers, digits, days=printed_codes.AT_LEAST.days)


def test_a_newer_one_ends_the_one_before_and_no_other(cast: Cast) -> None:
    before, other, of_another = made(cast.randers), made(cast.randers, 8), made(cast.randers, purpose="test.letter")
    newer = made(cast.randers)
    assert used(cast.randers, printed_codes.digits_of(before)) is None
    assert used(cast.randers, printed_codes.digits_of(newer))
    assert used(cast.randers, printed_codes.digits_of(other))
    assert used(cast.randers, printed_codes.digits_of(of_another), purpose="test.letter")


def test_it_opens_nothing_for_another_purpose_or_at_another_partnership(cast: Cast) -> None:
    digits = printed_codes.digits_of(made(cast.randers))
    assert used(cast.kalmar, digits) is None
    assert used(cast.randers, digits, purpose="test.letter") is None
    assert used(cast.randers, "") is None
    assert used(cast.randers, "0000 0000 0000") is None
    assert used(cast.randers, digits)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_type_it_at_once_one_gets_it() -> None:
    here = assemble().randers
    digits = printed_codes.digits_of(made(here))
    ready, got = threading.Barrier(2), []

    def types() -> None:
        ready.wait(5)
        try:
            got.append(used(here, digits))
        finally:
            connection.close()

    threads = [threading.Thread(target=types) for _one in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(one is not None for one in got) == [False, True]


def test_the_night_deletes_those_that_have_ended(cast: Cast) -> None:
    made(cast.randers)
    assert not printed_codes.past(NOW + (printed_codes.LASTS.days - 1) * DAY).exists()
    assert printed_codes.past(NOW + printed_codes.LASTS).exists()


def test_many_codes_at_once_are_each_another_and_open_each_its_own_row(cast: Cast) -> None:
    made(cast.randers)
    codes = printed_codes.issue_first(partnership=cast.randers, purpose="test.card", about=range(8, 60), now=NOW)
    assert set(codes) == set(range(8, 60))
    for about, code in codes.items():
        assert used(cast.randers, printed_codes.digits_of(code)).about == about
    with pytest.raises(ValueError, match="30 days"):
        printed_codes.issue_first(partnership=cast.randers, purpose="test.card", about=[1], now=NOW, lasts=29 * DAY)


def test_many_codes_at_once_are_drawn_again_until_none_is_taken(cast: Cast) -> None:
    few = {"partnership": cast.randers, "purpose": "test.card", "now": NOW, "digits": 2}
    codes = printed_codes.issue_first(about=range(60), **few)
    more = printed_codes.issue_first(about=range(60, 90), **few)
    assert len({printed_codes.digits_of(code) for code in [*codes.values(), *more.values()]}) == 90
