"""Once a talk has another evening than the one that was confirmed first, its chair is told of posters that hang."""

from partnership.tests.cast import NOW, Cast, slot, visit
from talks.actions import bookings, offers
from talks.tests.bookings import confirmed
from talks.tests.test_access import at
from talks.tests.test_offers import offered
from talks.tests.test_words import said

POSTER = "Har I hængt en plakat op?"


def test_an_evening_that_is_chosen_after_a_confirmed_one_calls_the_old_posters_to_mind(cast: Cast) -> None:
    booking = confirmed(cast)
    assert POSTER not in " ".join(said("confirmed", cast.ruth).paragraphs)
    offers.call_off(booking=booking, slots=[slot(cast.speaker, days=40)], by=cast.sven, now=NOW)
    hold = booking.holds.get(closed_at=None)
    page = visit(cast.ruth).post(at("choose", booking.pk), {"hold": hold.pk}).content.decode()
    assert POSTER in page
    assert POSTER in " ".join(said("confirmed", cast.ruth).paragraphs)
    assert POSTER not in " ".join(said("confirmed", cast.sven).paragraphs)


def test_an_evening_that_is_chosen_for_a_request_has_no_old_posters(cast: Cast) -> None:
    booking, _three = offered(cast)
    offers.accept(hold=booking.holds.first(), by=cast.ruth, now=NOW)
    assert POSTER not in " ".join(said("confirmed", cast.ruth).paragraphs)


def test_the_page_of_a_move_calls_them_to_mind(cast: Cast) -> None:
    booking, on = confirmed(cast), slot(cast.speaker, days=30)
    page = visit(cast.ruth).post(at("move_own", booking.pk), {"slot": on.pk}).content.decode()
    assert POSTER in page
    bookings.move(booking=booking, slot=slot(cast.speaker, days=35), by=cast.karen, now=NOW)
    assert POSTER in " ".join(said("moved", cast.ruth).paragraphs)
