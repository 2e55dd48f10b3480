"""Many at once on a real database: threads with their own connections."""

import threading
import uuid

import pytest
from django.db import connection

from partnership.people.actions.inviting import known_or_new
from partnership.tests.cast import NOW, Cast, assemble, association, slot
from partnership.tests.crowd import all_at_once
from talks.actions import bookings
from talks.models import Booking, BookingStep
from talks.tests.bookings import careless, confirmed, mail, requested, talk_request

CROWD = 30


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return assemble()


def test_of_thirty_who_ask_for_one_slot_exactly_one_gets_it(cast: Cast) -> None:
    on = slot(cast.speaker)
    outcomes = all_at_once(
        CROWD,
        lambda number: bookings.request_talk(
            partnership=cast.randers,
            slot=on,
            asked=talk_request(cast, email=f"chair{number}@randers.example", association=f"Forening {number}"),
            submission=uuid.uuid4(),
            language="da",
            now=NOW,
        ),
    )
    refused = [getattr(one, "reason", one) for one in outcomes if not isinstance(one, Booking)]
    assert refused == ["slot_taken"] * (CROWD - 1)
    assert len(mail("verify")) == 1


def test_without_lock_and_constraint_the_same_crowd_books_it_more_than_once(cast: Cast) -> None:
    """The control: count, then insert. If this finds one booking, the test above proves nothing."""
    on = slot(cast.speaker)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE talks_booking DROP CONSTRAINT booking_speaker_in_one_place")
    looked = threading.Barrier(CROWD, timeout=30)

    def look_then_insert(number: int) -> Booking:
        chair = known_or_new(email=f"chair{number}@randers.example", name="X", language="da", partnership=cast.randers)
        return careless(association(cast.vorup, chair), on, looked.wait)

    try:
        outcomes = all_at_once(CROWD, look_then_insert)
        assert len([one for one in outcomes if isinstance(one, Booking)]) > 1
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM talks_bookingstep; DELETE FROM talks_booking;")
            cursor.execute(
                "ALTER TABLE talks_booking ADD CONSTRAINT booking_speaker_in_one_place EXCLUDE USING gist ("
                "int8range(speaker_id, speaker_id, '[]') WITH &&, "
                "talks_busy(starts_at, ends_at, travel_minutes) WITH &&) "
                "WHERE (state IN ('unverified', 'requested', 'confirmed'))"
            )


def test_one_form_sent_twenty_times_at_once_is_one_booking_and_one_email(cast: Cast) -> None:
    on, submission = slot(cast.speaker), uuid.uuid4()
    outcomes = all_at_once(
        20,
        lambda _number: bookings.request_talk(
            partnership=cast.randers, slot=on, asked=talk_request(cast), submission=submission, language="da", now=NOW
        ),
    )
    assert len({one.pk for one in outcomes}) == 1
    assert len(mail("verify")) == 1


def test_of_confirm_and_decline_at_once_exactly_one_happens(cast: Cast) -> None:
    booking = requested(cast)

    def answer(number: int) -> Booking:
        if number % 2:
            return bookings.confirm(booking=booking, place_seen=booking.place, by=cast.karen, now=NOW)
        return bookings.decline(booking=booking, by=cast.anne, why="No.", now=NOW)

    outcomes = all_at_once(10, answer)
    assert len([one for one in outcomes if isinstance(one, Booking)]) == 1
    assert BookingStep.objects.filter(booking=booking).count() == 3


def test_talks_of_two_speakers_swapped_at_once_do_not_deadlock(cast: Cast) -> None:
    from_here, to_there = slot(cast.speaker, days=20), slot(cast.speaker, days=21)
    first, second = confirmed(cast, from_here), confirmed(cast, to_there)
    spare = [slot(cast.speaker, days=30), slot(cast.speaker, days=31)]
    outcomes = all_at_once(
        2,
        lambda number: bookings.move(booking=(first, second)[number], slot=spare[number], by=cast.karen, now=NOW),
    )
    assert all(isinstance(one, Booking) for one in outcomes)
