"""While evenings are offered, staff can offer others in their place, or withdraw the offer and keep the evening."""

import datetime as dt

import pytest

from partnership.outbox.models import Message
from partnership.outbox.queue.final_check import final_check
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, person, slot, speaker, visit
from talks.actions import offers, wishes
from talks.models import Booking, Slot
from talks.tests.bookings import confirmed, mail, requested
from talks.tests.sent_links import path_of
from talks.tests.test_access import ANSWERS, at, those_whom_it_lets
from talks.tests.test_offers import offered
from talks.tests.test_wishes import wished

S = Booking.State


def test_other_evenings_take_the_place_of_those_that_were_offered(cast: Cast) -> None:
    booking, three = offered(cast)
    other = slot(cast.speaker, days=50)
    page = visit(cast.karen).post(at("offer", booking.pk), {"slots": [other.pk], "why": ""}, follow=True)
    assert "Aftenerne er tilbudt" in page.content.decode()
    booking.refresh_from_db()
    assert booking.state == S.OFFERED
    assert [hold.starts_at for hold in booking.holds.filter(closed_at=None)] == [other.starts_at]
    assert set(Slot.objects.bookable(NOW)) >= set(three)
    assert "andre aftener tilbudt i stedet" in page.content.decode()


def test_the_chair_chooses_among_the_new_ones_and_the_old_link_chooses_nothing(cast: Cast) -> None:
    booking, _three = offered(cast)
    old = path_of(booking, "accept", version=booking.sequence)
    booking = offers.offer(booking=booking, slots=[slot(cast.speaker, days=50)], by=cast.karen, now=NOW)
    waiting = [final_check(one, NOW).words for one in Message.objects.open().filter(kind="talks.offered")]
    assert ["i stedet for dem" in words.paragraphs[1] for words in waiting] == [True]
    assert 'name="hold"' not in visit(None).get(old).content.decode()
    new = path_of(booking, "accept", version=booking.sequence)
    assert 'name="hold"' in visit(None).get(new).content.decode()


def test_a_talk_that_was_agreed_takes_place_after_all(cast: Cast) -> None:
    on = slot(cast.speaker)
    agreed = confirmed(cast, on)
    booking, three = offered(cast, agreed)
    page = visit(cast.karen).post(at("withdraw_offer", booking.pk), follow=True).content.decode()
    booking.refresh_from_db()
    assert (booking.state, booking.starts_at, booking.speaker) == (S.CONFIRMED, agreed.starts_at, cast.speaker)
    assert set(Slot.objects.bookable(NOW)) == set(three)
    assert "tilbuddet er trukket tilbage, og foredraget bekræftet på den oprindelige aften" in page
    for somebody in (cast.ruth, cast.sven):
        (told,) = mail("on_original_evening", somebody)
        words = final_check(told, NOW).words
        assert (words.calendar.method, words.subject[:24]) == ("REQUEST", "Foredraget er bekræftet:")
    assert not Message.objects.open().filter(kind="talks.offered").exists()
    reminders = Message.objects.open().filter(kind__startswith="talks.reminder")
    assert {one.recipient for one in reminders} == {cast.ruth, cast.sven}


def test_a_request_is_confirmed_on_the_evening_that_was_asked_for(cast: Cast) -> None:
    booking, _three = offered(cast, requested(cast, slot(cast.speaker)))
    assert offers.withdraw_offer(booking=booking, by=cast.karen, now=NOW).state == S.CONFIRMED


def test_who_may_withdraw_an_offer(cast: Cast) -> None:
    booking, _three = offered(cast, requested(cast, slot(cast.speaker)))
    able = those_whom_it_lets(cast, lambda by: offers.withdraw_offer(booking=booking, by=by, now=NOW))
    assert able == ANSWERS


@pytest.mark.parametrize("is_taken", [True, False])
def test_an_evening_that_is_gone_is_not_promised_again(cast: Cast, is_taken: bool) -> None:
    on = slot(cast.speaker)
    booking, _three = offered(cast, requested(cast, on))
    if is_taken:
        requested(cast, on, email="other@randers.example")
    else:
        on.withdrawn_at = NOW
        on.save()
    with pytest.raises(Refused) as refusal:
        offers.withdraw_offer(booking=booking, by=cast.karen, now=NOW)
    assert refusal.value.reason == "no_evening"
    page = visit(cast.karen).post(at("withdraw_offer", booking.pk), follow=True).content.decode()
    why = "er ikke længere ledig" if is_taken else "tilbyder ikke længere den aften"
    assert why in page
    booking.refresh_from_db()
    assert booking.state == S.OFFERED


def test_what_was_offered_for_wished_days_has_no_evening_to_keep(cast: Cast) -> None:
    wish, free = wished(cast), slot(speaker(person("Signe", cast.randers)), days=60)
    booking = wishes.offer(wish=wish, slots=[free], by=cast.karen, now=NOW)
    assert at("withdraw_offer", booking.pk) not in visit(cast.karen).get(at("answer", booking.pk)).content.decode()
    with pytest.raises(Refused) as refusal:
        offers.withdraw_offer(booking=booking, by=cast.karen, now=NOW)
    assert refusal.value.reason == "no_evening"


def test_an_offer_that_was_chosen_cannot_be_withdrawn(cast: Cast) -> None:
    booking, _three = offered(cast)
    offers.accept(hold=booking.holds.first(), by=cast.ruth, now=NOW + dt.timedelta(hours=1))
    with pytest.raises(Refused):
        offers.withdraw_offer(booking=booking, by=cast.karen, now=NOW + dt.timedelta(hours=1))
