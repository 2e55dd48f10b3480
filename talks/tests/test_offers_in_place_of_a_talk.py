"""A confirmed talk for which other evenings are offered: what its earlier links lead to, and what the speaker reads."""

from partnership.outbox.queue.final_check import final_check
from partnership.tests.cast import NOW, Cast, visit
from talks.models import SlotHold
from talks.tests.bookings import confirmed, mail
from talks.tests.test_offers import S, offered, path


def test_the_links_of_the_talk_before_lead_to_the_evenings_that_are_offered(cast: Cast) -> None:
    booking, three = offered(cast, confirmed(cast))
    change, cancel = path(booking, "change"), path(booking, "cancel")
    assert visit(None).get(change).content.decode().count('type="radio"') == 3
    page = visit(None).get(cancel).content.decode()
    assert "de aftener, vi holder til jer" in page
    assert "Vælg en af de aftener" in page
    assert "luk bare siden" not in page
    chosen = {"hold": SlotHold.objects.get(starts_at=three[1].starts_at).pk}
    twice = [visit(None).post(change, chosen).content.decode() for _press in range(2)]
    assert "Flyt foredraget" not in "".join(twice)
    booking.refresh_from_db()
    assert (booking.state, booking.starts_at) == (S.CONFIRMED, three[1].starts_at)


def test_a_speaker_who_is_called_off_reads_which_of_their_evenings_are_kept(cast: Cast) -> None:
    offered(cast, confirmed(cast))
    words = final_check(mail("called_off", cast.sven)[0], NOW).words
    assert "Vi reserverer disse af dine aftener til dem til og med" in words.paragraphs[-1]
