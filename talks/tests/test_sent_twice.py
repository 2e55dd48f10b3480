"""One form that is sent several times, also at the same moment, is one request."""

import datetime as dt
import uuid

import pytest

from partnership.tests.cast import NOW, Cast, assemble, slot, visit
from partnership.tests.crowd import all_at_once
from talks.actions import bookings, wishes
from talks.models import Booking, TalkWish
from talks.tests.bookings import talk_request
from talks.tests.test_pages import typed

CROWD = 12
FORM = uuid.UUID("5b0c1c4e-0000-4000-8000-00000000000a")


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return assemble()


def wish(cast: Cast, number: int = 0) -> TalkWish | None:
    return wishes.wish_for_days(
        partnership=cast.randers,
        asked=talk_request(cast, email="new@randers.example"),
        days=[dt.date(2027, 2, 9), dt.date(2027, 2, 10)],
        from_hour=dt.time(19),
        submission=FORM,
        language="da",
        now=NOW,
    )


def test_a_wish_that_is_sent_many_times_at_once_is_one_wish(cast: Cast) -> None:
    for _turn in range(3):
        TalkWish.objects.all().delete()
        outcomes = all_at_once(CROWD, lambda number: wish(cast))
        assert {getattr(one, "pk", one) for one in outcomes} == {TalkWish.objects.get().pk}


def test_a_request_that_is_sent_many_times_at_once_is_one_request(cast: Cast) -> None:
    on = slot(cast.speaker)
    asked = {
        "partnership": cast.randers,
        "slot": on,
        "asked": talk_request(cast, email="new@randers.example"),
        "submission": FORM,
        "language": "da",
        "now": NOW,
    }
    outcomes = all_at_once(CROWD, lambda number: bookings.request_talk(**asked))
    assert {getattr(one, "pk", one) for one in outcomes} == {Booking.objects.get().pk}


def test_a_form_is_still_valid_while_the_evening_is_held_by_itself(cast: Cast) -> None:
    """Without the cookie of its receipt, which the browser does not have before the first answer."""
    form = typed(cast)
    assert [visit(None).post("/da/talks/book/", form).status_code for _time in range(3)] == [302] * 3
    assert Booking.objects.count() == 1
    other = visit(None).post("/da/talks/book/", form | {"submission": str(uuid.uuid4())})
    assert other.status_code == 400
