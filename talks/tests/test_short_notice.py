"""The notice of seven days binds strangers, and chairs who book by themselves; staff pass it. A refusal says why."""

import datetime as dt
import uuid

import pytest
from django.utils.translation import override

from partnership import clock
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, person, slot, speaker, visit
from talks.actions import bookings, for_callers, offers, patterns, slots, wishes
from talks.actions.free_evenings import refusal_of
from talks.models import Booking, Slot
from talks.tests.bookings import confirmed, requested, talk_request, unverified
from talks.tests.test_access import at
from talks.tests.test_offers import offered, path
from talks.tests.test_wishes import wished

S = Booking.State
HOUR = dt.timedelta(hours=1)
SOON = (6, 2)


@pytest.mark.parametrize("days", SOON)
def test_a_substitute_with_a_free_evening_takes_over_in_the_last_seven_days(cast: Cast, days: int) -> None:
    booking = confirmed(cast, slot(cast.speaker, days=days), now=NOW - dt.timedelta(days=10))
    signe = speaker(person("Signe", cast.randers))
    same_day = slot(signe, days=days)
    cast.speaker.substitutes.add(signe)
    assert offers.slots_instead(booking, NOW) == [same_day]
    answer = visit(cast.karen).post(at("move", booking.pk), {"slot": same_day.pk}, follow=True)
    booking.refresh_from_db()
    assert (answer.status_code, booking.speaker) == (200, signe)


@pytest.mark.parametrize("days", SOON)
def test_a_speaker_who_cannot_come_offers_a_substitutes_evening_and_the_chair_chooses_it(cast: Cast, days: int) -> None:
    booking = confirmed(cast, slot(cast.speaker, days=days), now=NOW - dt.timedelta(days=10))
    signe = speaker(person("Signe", cast.randers))
    same_day = slot(signe, days=days, hour=19)
    cast.speaker.substitutes.add(signe)
    visit(cast.sven).post(at("call_off", booking.pk), {"slots": [same_day.pk]})
    booking = offers.accept(hold=booking.holds.get(), by=cast.ruth, now=NOW)
    assert (booking.state, booking.starts_at) == (S.CONFIRMED, same_day.starts_at)


def test_an_evening_that_is_offered_for_today_is_kept_until_it_begins(cast: Cast) -> None:
    booking = confirmed(cast, slot(cast.speaker, days=0, hour=16), now=NOW - dt.timedelta(days=10))
    tonight = slot(speaker(person("Signe", cast.randers)), days=0)
    booking = offers.call_off(booking=booking, slots=[tonight], by=cast.karen, now=NOW)
    assert (booking.held_until, booking.choose_by) == (tonight.starts_at, clock.local(NOW).date())
    assert offers.accept(hold=booking.holds.get(), by=cast.ruth, now=NOW + HOUR).state == S.CONFIRMED


@pytest.mark.parametrize("later", range(0, 15, 2))
def test_a_wish_is_met_on_each_of_its_days_until_the_day_itself(cast: Cast, later: int) -> None:
    made = wished(cast)
    day = made.wished_days[0]
    now = clock.at(day, dt.time(12), cast.randers.zone) - dt.timedelta(days=later)
    assert wishes.accept(wish=made, speaker=cast.speaker, day=day, by=cast.karen, now=now).state == S.CONFIRMED
    assert Booking.objects.get().starts_at == clock.at(day, made.from_hour, cast.randers.zone)


def test_a_wish_is_not_met_on_a_day_that_has_passed(cast: Cast) -> None:
    made = wished(cast)
    now = clock.at(made.wished_days[0], dt.time(19), cast.randers.zone)
    with pytest.raises(Refused) as refused:
        wishes.accept(wish=made, speaker=cast.speaker, day=made.wished_days[0], by=cast.karen, now=now)
    assert refused.value.reason == "past"


@pytest.mark.parametrize("days", [10, 7.5, *SOON])
def test_an_offer_is_withdrawn_and_the_evening_kept_however_near_it_is(cast: Cast, days: float) -> None:
    booking = confirmed(cast)
    now = booking.starts_at - dt.timedelta(days=days)
    booking = offers.offer(booking=booking, slots=[slot(cast.speaker, days=40)], by=cast.karen, now=now)
    assert offers.withdraw_offer(booking=booking, by=cast.karen, now=now + HOUR).state == S.CONFIRMED


def test_staff_offer_evenings_in_place_of_wished_days_at_short_notice(cast: Cast) -> None:
    made, near = wished(cast), slot(cast.speaker, days=3)
    visit(cast.karen).post(at("offer_instead", made.pk), {"slots": [near.pk]})
    booking = Booking.objects.get()
    assert offers.accept(hold=booking.holds.get(), by=cast.ruth, now=NOW).starts_at == near.starts_at


@pytest.mark.parametrize(("days", "deadline"), [(30, 7), (6, 3), (3, 2), (1, 0), (0, 0)])
def test_staff_ask_for_a_near_evening_for_a_caller_and_answer_before_it(cast: Cast, days: int, deadline: int) -> None:
    near = slot(cast.speaker, days=days)
    page = visit(cast.karen).get(at("book_for", cast.ruth.pk)).content.decode()
    assert f'value="{near.pk}"' in page
    noted = for_callers.Call(caller=cast.ruth, medium="phone", submission=uuid.uuid4(), by=cast.karen)
    given = {"partnership": cast.randers, "asked": talk_request(cast), "call": noted, "now": NOW}
    booking = for_callers.request_talk(slot=near, **given)
    assert booking.answer_by == clock.local(NOW).date() + dt.timedelta(days=deadline)
    assert booking.held_until <= booking.starts_at
    talk = bookings.confirm(booking=booking, by=cast.karen, now=NOW + HOUR, place_seen=None)
    assert talk.state == S.CONFIRMED


def test_a_chair_who_moves_a_talk_alone_keeps_the_notice_and_reads_why(cast: Cast) -> None:
    booking, near, _later = confirmed(cast), slot(cast.speaker, days=6), slot(cast.speaker, days=40)
    page = visit(None).post(path(booking, "change"), {"slot": near.pk})
    assert page.status_code == 400
    assert "Der er mindre end syv dage til aftenen." in page.content.decode()
    for asks in (bookings.move, offers.ask_to_move):
        with pytest.raises(Refused) as refused:
            asks(booking=booking, slot=near, by=cast.ruth, now=NOW)
        assert refused.value.reason == "too_soon"


def test_strangers_keep_the_notice_and_read_why(cast: Cast) -> None:
    near = slot(cast.speaker, days=6)
    assert "mindre end syv dage" in visit(None).post("/da/talks/book/", {"slot": near.pk}).content.decode()
    with pytest.raises(Refused) as refused:
        unverified(cast, near)
    assert refused.value.reason == "too_soon"


def _withdrawn(cast: Cast, on: Slot) -> None:
    slots.withdraw_slot(slot=on, by=cast.sven, now=NOW)


def _away(cast: Cast, on: Slot) -> None:
    day = clock.local(on.starts_at, cast.randers.zone).date()
    patterns.stay_away(speaker=cast.speaker, first_on=day, last_on=day, by=cast.sven, now=NOW)


def _stopped(cast: Cast, on: Slot) -> None:
    type(cast.speaker).objects.filter(pk=cast.speaker.pk).update(is_active=False)


def _taken(cast: Cast, on: Slot) -> None:
    requested(cast, on, email="other@randers.example", association="Enghaven")


def _near_another(cast: Cast, on: Slot) -> None:
    before = slot(cast.speaker, hour=16, hours=2)
    talk = requested(cast, before, email="other@randers.example", association="Enghaven")
    Booking.objects.filter(pk=talk.pk).update(travel_minutes=45)


def _deleted(cast: Cast, on: Slot) -> None:
    Slot.objects.filter(pk=on.pk).delete()


@pytest.mark.parametrize(
    ("happens", "reason", "words"),
    [
        (_withdrawn, "withdrawn", "no longer offers this evening"),
        (_deleted, "withdrawn", "no longer offers this evening"),
        (_stopped, "withdrawn", "no longer offers this evening"),
        (_away, "away", "gives no talks on that day"),
        (_taken, "slot_taken", "has just been taken"),
        (_near_another, "too_close", "cannot get here in time"),
    ],
)
def test_a_refusal_says_the_true_reason_to_strangers_and_to_staff(cast: Cast, happens, reason: str, words: str) -> None:
    on, booking = slot(cast.speaker), confirmed(cast, slot(cast.speaker, days=40))
    happens(cast, on)
    tries = [
        lambda: unverified(cast, on, email="third@randers.example", association="Skoven"),
        lambda: bookings.move(booking=booking, slot=on, by=cast.karen, now=NOW),
        lambda: offers.offer(booking=booking, slots=[on], by=cast.karen, now=NOW),
    ]
    for attempt in tries:
        with pytest.raises(Refused) as refused, override("en"):
            attempt()
        assert refused.value.reason == reason
        assert words in refused.value.message


def test_an_evening_that_has_passed_is_called_that(cast: Cast) -> None:
    on = slot(cast.speaker)
    refusal = refusal_of(on, on.starts_at, at_short_notice=True)
    assert refusal is not None
    assert refusal.reason == "past"


def test_staff_read_why_an_evening_on_their_page_cannot_be_chosen(cast: Cast) -> None:
    booking, on = confirmed(cast), slot(cast.speaker, days=40)
    _withdrawn(cast, on)
    page = visit(cast.karen).post(at("move", booking.pk), {"slot": on.pk}).content.decode()
    assert "tilbyder ikke længere aftenen" in page
    assert "lige blevet optaget" not in page


def test_staff_read_why_the_talk_cannot_be_on_its_own_evening(cast: Cast) -> None:
    on = slot(cast.speaker)
    booking, _three = offered(cast, requested(cast, on))
    _away(cast, on)
    page = visit(cast.karen).get(at("answer", booking.pk)).content.decode()
    assert at("withdraw_offer", booking.pk) not in page
    assert "holder ingen foredrag den dag" in page
    assert "ikke længere ledig" not in page


def test_speakers_see_free_evenings_until_the_day_since_staff_may_use_them(cast: Cast) -> None:
    near = slot(cast.speaker, days=3)
    page = visit(cast.sven).get("/da/talks/evenings/").content.decode()
    assert at("withdraw_slot", near.pk) in page
