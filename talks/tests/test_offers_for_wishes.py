"""Free evenings offered in place of wished days; the chair chooses among them as among those for a request."""

import pytest

from partnership.outbox.queue.final_check import final_check
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, person, slot, speaker, visit
from talks.actions import bookings, wishes
from talks.models import Booking, Slot, TalkWish
from talks.tests.bookings import mail
from talks.tests.sent_links import path_of
from talks.tests.test_access import ANSWERS, at, those_whom_it_lets
from talks.tests.test_wishes import wished
from talks.tests.test_words import said

S = Booking.State


def offered_for_a_wish(cast: Cast) -> tuple[TalkWish, Booking, list[Slot]]:
    two = [slot(cast.speaker, days=days) for days in (40, 41)]
    wish = wished(cast)
    booking = wishes.offer(wish=wish, slots=two, by=cast.karen, now=NOW, why="Sven er optaget.")
    wish.refresh_from_db()
    return wish, booking, two


def test_staff_offer_free_evenings_on_the_page_of_a_wish(cast: Cast) -> None:
    free, wish = slot(cast.speaker, days=40), wished(cast)
    slot(speaker(person("Per", cast.randers), "flats"), days=45)
    page = visit(cast.karen).get(at("answer_wish", wish.pk)).content.decode()
    assert (page.count('name="slots"'), f'value="{free.pk}"' in page) == (1, True)
    answer = visit(cast.karen).post(at("offer_instead", wish.pk), {"slots": [free.pk]})
    booking = Booking.objects.get()
    assert answer.url == at("answer", booking.pk)
    assert (booking.state, booking.holds.get().starts_at) == (S.OFFERED, free.starts_at)


def test_the_wished_days_stand_on_both_pages_while_others_are_offered(cast: Cast) -> None:
    _wish, booking, _two = offered_for_a_wish(cast)
    for who, page in ((cast.ruth, "booking"), (cast.ruth, "choose"), (cast.karen, "answer")):
        text = visit(who).get(at(page, booking.pk)).content.decode()
        assert "15. december 2026" in text, page
        assert "17. december 2026" in text, page


def test_the_chair_reads_that_no_speaker_can_come_and_chooses(cast: Cast) -> None:
    _wish, booking, two = offered_for_a_wish(cast)
    assert not TalkWish.objects.waiting().exists()
    words = said("offered", cast.ruth)
    assert "de dage, I ønskede" in words.paragraphs[0]
    assert "12. januar" not in " ".join(words.paragraphs[:1])
    link = "/da/" + words.button[1].partition("/da/")[2]
    hold = booking.holds.get(starts_at=two[1].starts_at)
    assert visit(None).post(link, {"hold": hold.pk}).status_code == 200
    booking.refresh_from_db()
    assert (booking.state, booking.starts_at) == (S.CONFIRMED, two[1].starts_at)
    assert {one.recipient for one in mail("confirmed")} == {cast.ruth, cast.sven}


def test_the_evening_of_the_first_offer_is_never_called_the_talks_own(cast: Cast) -> None:
    _wish, booking, two = offered_for_a_wish(cast)
    link = path_of(booking, "accept", version=booking.sequence)
    for reader, page in ((None, link), (cast.karen, at("answer", booking.pk)), (cast.ruth, at("booking", booking.pk))):
        read = visit(reader).get(page).content.decode()
        assert "<dt>Hvornår</dt>" not in read
        assert "januar" not in read.partition("<title>")[2].partition("</title>")[0]
    visit(None).post(link, {"none": "1"})
    assert "Hvornår" not in dict(said("none_suits", cast.karen).facts)
    assert "<dt>Hvornår</dt>" not in visit(cast.ruth).get(at("booking", booking.pk)).content.decode()
    assert set(Slot.objects.bookable(NOW)) == set(two)


def test_who_may_offer_evenings_for_a_wish(cast: Cast) -> None:
    wish, on = wished(cast), slot(cast.speaker, days=40)
    assert those_whom_it_lets(cast, lambda by: wishes.offer(wish=wish, slots=[on], by=by, now=NOW)) == ANSWERS


def test_a_wish_that_was_answered_is_offered_nothing(cast: Cast) -> None:
    wish, _booking, _two = offered_for_a_wish(cast)
    with pytest.raises(Refused) as refused:
        wishes.offer(wish=wish, slots=[slot(cast.speaker, days=50)], by=cast.karen, now=NOW)
    assert refused.value.reason == "answered"


@pytest.mark.parametrize("number", [0, 4])
def test_no_evening_and_four_evenings_are_refused_and_the_wish_still_waits(cast: Cast, number: int) -> None:
    slots = [slot(cast.speaker, days=40 + more) for more in range(number)]
    with pytest.raises(Refused):
        wishes.offer(wish=wished(cast), slots=slots, by=cast.karen, now=NOW)
    assert TalkWish.objects.waiting().exists()
    assert not Booking.objects.exists()


def test_an_offer_for_a_wish_that_lapses_frees_its_evenings(cast: Cast) -> None:
    _wish, booking, two = offered_for_a_wish(cast)
    bookings.lapse(booking=booking, now=booking.held_until)
    assert set(Slot.objects.bookable(booking.held_until)) == set(two)
    assert final_check(mail("offer_lapsed", cast.ruth)[0], booking.held_until).words


def test_a_wished_evening_that_is_free_is_confirmed_and_is_not_among_the_others(cast: Cast) -> None:
    """15 December from 19:00 is wished for; in the afternoon of that day is another matter."""
    wished_for, earlier, other = (
        slot(cast.speaker, days=21),
        slot(cast.speaker, days=21, hour=13),
        slot(cast.speaker, days=40),
    )
    wish = wished(cast)
    page = visit(cast.karen).get(at("answer_wish", wish.pk)).content.decode()
    offered = page.partition('name="slots"')[0] + page
    assert "Sven er ledig: " in page
    assert [f'name="slots" value="{one.pk}"' in " ".join(offered.split()) for one in (wished_for, earlier, other)] == [
        False,
        True,
        True,
    ]
    with pytest.raises(Refused) as refused:
        wishes.offer(wish=wish, slots=[wished_for, other], by=cast.karen, now=NOW)
    assert refused.value.reason == "wished_for"


def test_no_speaker_is_said_to_be_away_on_a_wished_day_on_which_one_is_offered(cast: Cast) -> None:
    earlier = slot(cast.speaker, days=21, hour=13)
    wishes.offer(wish=wished(cast), slots=[earlier], by=cast.karen, now=NOW)
    first = said("offered", cast.ruth).paragraphs[0]
    assert "de dage" not in first
    assert "det tidspunkt, I ønskede" in first


def test_a_wished_evening_is_confirmed_at_the_hour_that_its_speaker_has_offered(cast: Cast) -> None:
    free = slot(cast.speaker, days=21, hour=19)
    wish = wished(cast)
    booking = wishes.accept(wish=wish, speaker=cast.speaker, day=wish.wished_days[0], by=cast.karen, now=NOW)
    assert booking.starts_at == free.starts_at
    assert Slot.objects.count() == 1
