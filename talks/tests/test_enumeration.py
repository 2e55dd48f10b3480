"""The forms to ask for a talk do not reveal who is known: as much is written for every address."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnership.tests.cast import Cast, slot
from talks.actions import bookings
from talks.models import Booking
from talks.tests.bookings import requested, unverified
from talks.tests.test_receipt import asks, corrects
from talks.tests.test_wishes import wished

pytestmark = pytest.mark.django_db
MOVES = 8  # of about 60: a request is moved to cancelled, and a slot that was only held is released
APART = 3  # statements, of about 35; without the rehearsals they are 6 to 10 apart
DAYS = [dt.date(2026, 12, 8), dt.date(2026, 12, 9)]


def booked(cast: Cast, email: str) -> None:
    unverified(cast, slot(cast.speaker, days=20 + Booking.objects.count()), email=email)


def wished_for(cast: Cast, email: str) -> None:
    wished(cast, verified=False, days=DAYS, email=email)


def statements(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len([one for one in captured if "SAVEPOINT" not in one["sql"]])


@pytest.fixture
def known(cast: Cast) -> dict[str, str]:
    """Return addresses of people who are known in different ways."""
    for days in (30, 31, 32):
        requested(cast, slot(cast.speaker, days=days), email=cast.helle.email)
        wished(cast, email=cast.helle.email)
    return {
        "chair of that association": cast.ruth.email,
        "chair of none": cast.frede.email,
        "at another partnership": cast.gunnar.email,
        "with three that wait": cast.helle.email,
    }


@pytest.mark.parametrize("ask", [booked, wished_for])
def test_as_much_is_written_for_known_as_for_unknown(cast: Cast, known: dict, ask: Callable, monkeypatch) -> None:
    slots = iter([slot(cast.speaker, days=days) for days in range(33, 60)])
    monkeypatch.setattr("talks.tests.test_enumeration.slot", lambda *_where, **_when: next(slots))
    ask(cast, "before@where.example")
    for again in ("first", "second"):
        unknown = statements(lambda: ask(cast, "unknown@where.example"))
        counted = {who: statements(lambda email=email: ask(cast, email)) for who, email in known.items()}
        apart = {who: count - unknown for who, count in counted.items() if abs(count - unknown) > APART}
        assert not apart, (again, unknown, counted)


@pytest.mark.parametrize("ask", [booked, wished_for])
def test_the_control_without_rehearsals_is_told_apart(cast: Cast, known: dict, ask: Callable, monkeypatch) -> None:
    reason = bookings.reason_not_to_take

    class Refused(Exception):
        pass

    def at_once(*args: object) -> str:
        if reason(*args):
            raise Refused
        return ""

    monkeypatch.setattr("talks.actions.bookings.reason_not_to_take", at_once)
    monkeypatch.setattr("talks.actions.wishes.reason_not_to_take", at_once)
    unknown = statements(lambda: ask(cast, "unknown@where.example"))

    def refused() -> None:
        with pytest.raises(Refused):
            ask(cast, known["at another partnership"])

    assert unknown - statements(refused) > APART


@pytest.mark.parametrize("page", ["/da/talks/book/", "/da/talks/wish/"])
def test_a_correction_costs_as_much_whoever_has_the_wrong_address(cast: Cast, known: dict, page: str) -> None:
    def correct(wrong: str, number: int) -> int:
        on = {"slot": slot(cast.speaker, days=70 + 5 * number).pk} if page == "/da/talks/book/" else {}
        browser = asks(cast, page, wrong, **on)
        return statements(lambda: corrects(browser, f"right@{number}.example"))

    unknown = correct("unknown@where.example", 0)
    counted = {who: correct(email, number) for number, (who, email) in enumerate(known.items(), start=1)}
    assert not {who: count - unknown for who, count in counted.items() if abs(count - unknown) > MOVES}, counted
