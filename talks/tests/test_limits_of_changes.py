"""A talk is changed a few times an hour only: each change is an email to speaker and chair."""

from partnership.tests.cast import Cast, slot, visit
from talks.tests.bookings import confirmed
from talks.tests.sent_links import path_of
from talks.tests.test_access import at
from talks.tests.test_place_facts import NEW


def test_the_speaker_is_not_written_to_without_end(cast: Cast) -> None:
    """What was typed stands on the page that says so."""
    booking, ruth = confirmed(cast), visit(cast.ruth)
    places = [f"Lokale A{number}" for number in range(9)]
    given = [ruth.post(at("place_facts", booking.pk), NEW | {"place": place}) for place in places]
    assert [one.status_code for one in given] == [302] * 6 + [429] * 3
    assert places[-1] in given[-1].content.decode()
    booking.refresh_from_db()
    assert booking.place == places[5]
    assert visit(cast.karen).post(at("place_facts", booking.pk), NEW).status_code == 302, "staff are not held up"


def test_a_link_does_not_move_a_talk_to_and_fro_without_end(cast: Cast) -> None:
    evenings = [slot(cast.speaker, days=days) for days in (40, 44)]
    booking = confirmed(cast, slot(cast.speaker, days=36))
    link = path_of(booking, "change")
    given = [visit(None).post(link, {"slot": evenings[number % 2].pk}).status_code for number in range(7)]
    assert given == [200] * 6 + [429]
