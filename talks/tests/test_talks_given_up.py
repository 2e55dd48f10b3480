"""Who follows the link of an earlier email to a talk that is theirs no more reads so, and nobody else does."""

import pytest

from partnership.outbox.models import Message
from partnership.tests.cast import NOW, Cast, person, slot, speaker, visit
from talks.actions import bookings, offers
from talks.models import Booking
from talks.tests.bookings import confirmed, requested

SENTENCE = "This talk is no longer yours"


def page(who: object, talk: Booking) -> tuple[int, str]:
    answer = visit(who).get(f"/en/talks/bookings/{talk.pk}/")
    return answer.status_code, " ".join(answer.content.decode().split())


def test_a_speaker_who_could_not_come_reads_that_others_choose(cast: Cast) -> None:
    talk = confirmed(cast)
    offers.call_off(booking=talk, slots=[slot(cast.speaker, days=60)], by=cast.sven, now=NOW)
    status, read = page(cast.sven, talk)
    assert (status, SENTENCE in read) == (410, True)
    assert "The association chooses another." in read
    assert "Vorup" not in read


def test_a_speaker_whose_talk_another_gives_reads_so(cast: Cast) -> None:
    talk, signe = confirmed(cast), speaker(person("Signe", cast.randers))
    bookings.move(booking=talk, slot=slot(signe, days=60), by=cast.karen, now=NOW)
    status, read = page(cast.sven, talk)
    assert (status, "Somebody else has taken it over" in read) == (410, True)
    assert "Signe" not in read


def test_a_speaker_of_a_cancelled_talk_reads_that_it_is_cancelled(cast: Cast) -> None:
    talk = bookings.cancel(booking=confirmed(cast), by=cast.ruth, now=NOW)
    status, read = page(cast.sven, talk)
    assert (status, "cancelled" in read) == (410, True)
    assert visit(cast.sven).post(f"/en/talks/bookings/{talk.pk}/").status_code == 410


def test_a_chair_who_has_handed_over_reads_so(cast: Cast) -> None:
    talk, dora = confirmed(cast), person("Dora", cast.randers)
    cast.association.contacts.filter(person=cast.ruth).update(person=dora)
    assert page(cast.ruth, talk)[0] == 410


@pytest.mark.parametrize("name", ["helle", "niels", "frede", "gunnar"])
def test_who_was_never_told_of_it_finds_no_page(cast: Cast, name: str) -> None:
    assert page(getattr(cast, name), confirmed(cast))[0] == 404


def test_a_request_that_was_never_agreed_and_an_email_that_is_not_kept_show_nothing(cast: Cast) -> None:
    assert page(cast.sven, requested(cast))[0] == 404
    talk = bookings.cancel(booking=confirmed(cast, slot(cast.speaker, days=60)), by=cast.ruth, now=NOW)
    Message.objects.filter(recipient=cast.sven).delete()
    assert page(cast.sven, talk)[0] == 404
