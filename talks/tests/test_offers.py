"""Other slots: offered by staff and chosen by the chair; and moves by the chair without a telephone call."""

import datetime as dt
import re

import pytest
from django.utils import translation

from partnership import clock
from partnership.outbox.models import Message
from partnership.outbox.queue.final_check import final_check
from partnership.people.actions.erasing import erase
from partnership.people.models import User
from partnership.people.tests.test_organisations import deputise
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, person, slot, speaker, visit
from talks.actions import bookings, offers
from talks.models import Booking, Slot, SlotHold
from talks.tests.bookings import confirmed, mail, requested, unverified
from talks.tests.sent_links import path_of
from talks.tests.test_access import EVERYONE, at

S = Booking.State


def path(case: object, purpose: str, version: int = 0) -> str:
    return path_of(case, purpose, version=version)


def offered(cast: Cast, booking: Booking | None = None, now: dt.datetime = NOW) -> tuple[Booking, list[Slot]]:
    three = [slot(cast.speaker, days=days) for days in (40, 41, 42)]
    booking = offers.offer(booking=booking or requested(cast), slots=three, by=cast.karen, now=now, why="Syg.")
    return booking, three


def test_offered_slots_are_kept_and_the_old_one_is_free(cast: Cast) -> None:
    old = slot(cast.speaker)
    offered(cast, requested(cast, old))
    assert list(Slot.objects.bookable(NOW)) == [old]


def test_the_chair_chooses_by_the_link_in_the_email_and_the_talk_is_confirmed(cast: Cast) -> None:
    booking, three = offered(cast)
    words = final_check(mail("offered", cast.ruth)[0], NOW).words
    link = "/da/" + words.button[1].partition("/da/")[2]
    hold = SlotHold.objects.get(starts_at=three[1].starts_at)
    assert visit(None).get(link).status_code == 200
    assert visit(None).post(link, {"hold": hold.pk}).status_code == 200
    booking.refresh_from_db()
    assert (booking.state, booking.starts_at) == (S.CONFIRMED, three[1].starts_at)
    assert {message.recipient for message in mail("confirmed")} == {cast.ruth, cast.sven}
    assert set(Slot.objects.bookable(NOW)) >= {three[0], three[2]}


def test_the_link_of_an_offer_that_has_been_answered_chooses_nothing(cast: Cast) -> None:
    booking, three = offered(cast)
    stale = path(booking, "accept", booking.sequence)
    offers.accept(hold=booking.holds.first(), by=cast.ruth, now=NOW)
    other = SlotHold.objects.get(starts_at=three[2].starts_at)
    assert visit(None).post(stale, {"hold": other.pk}).status_code in (200, 400)
    booking.refresh_from_db()
    assert booking.starts_at == three[0].starts_at


@pytest.mark.parametrize("name", [name for name in EVERYONE if name != "ruth"])
def test_nobody_except_the_association_chooses(cast: Cast, name: str) -> None:
    booking, _three = offered(cast)
    with pytest.raises(Refused):
        offers.accept(hold=booking.holds.first(), by=getattr(cast, name), now=NOW)


def test_staff_cannot_confirm_what_the_chair_is_to_choose(cast: Cast) -> None:
    booking, _three = offered(cast)
    with pytest.raises(Refused) as refusal:
        bookings.confirm(booking=booking, place_seen=booking.place, by=cast.karen, now=NOW)
    assert refusal.value.reason == "chair_chooses"


def test_the_booker_cannot_confirm_without_an_offer(cast: Cast) -> None:
    booking = requested(cast)
    with pytest.raises(Refused):
        bookings.confirm(booking=booking, place_seen=booking.place, by=cast.ruth, now=NOW)
    assert Booking.objects.get().state == S.REQUESTED


def test_an_offer_that_nobody_answers_lapses_and_the_coordinator_hears_it(cast: Cast) -> None:
    booking, three = offered(cast)
    late = booking.held_until + dt.timedelta(minutes=1)
    assert set(Slot.objects.bookable(late)) >= set(three)
    assert bookings.lapse(booking=booking, now=late)
    assert [one.recipient for one in mail("offer_lapsed")] == [cast.ruth]
    assert [one.recipient for one in mail("offer_unanswered")] == [cast.karen]
    with pytest.raises(Refused):
        offers.accept(hold=booking.holds.first(), by=cast.ruth, now=late)


def test_of_four_slots_none_is_offered(cast: Cast) -> None:
    four = [slot(cast.speaker, days=days) for days in (40, 41, 42, 43)]
    with pytest.raises(Refused):
        offers.offer(booking=requested(cast), slots=four, by=cast.karen, now=NOW)
    assert not SlotHold.objects.exists()


def test_a_speaker_who_cannot_come_ticks_what_can_be_offered(cast: Cast) -> None:
    booking = confirmed(cast)
    others = [slot(cast.speaker, days=days) for days in (40, 41, 42)]
    page = visit(cast.sven).get(at("call_off", booking.pk))
    assert "checked" not in page.content.decode()
    ticked = {"slots": [one.pk for one in others]}
    assert visit(cast.sven).post(at("call_off", booking.pk), ticked).status_code == 302
    booking.refresh_from_db()
    assert booking.state == S.OFFERED
    assert not Message.objects.open().filter(kind__startswith="talks.reminder").exists()
    look = final_check(mail("offered", cast.ruth)[0], NOW).words
    assert (look.calendar.method, look.subject)[0] == "CANCEL"


@pytest.mark.parametrize("both", [False, True])
def test_nothing_ticked_and_everything_ticked_are_asked_again(cast: Cast, both: bool) -> None:
    booking, other = confirmed(cast), slot(cast.speaker, days=40)
    typed = {"slots": [other.pk], "cancels": "on"} if both else {}
    page = visit(cast.sven).post(at("call_off", booking.pk), typed)
    assert page.status_code == 400
    assert ("checked" in page.content.decode()) is both
    booking.refresh_from_db()
    assert booking.state == S.CONFIRMED


def test_a_talk_is_cancelled_by_its_speaker_only_when_that_is_ticked(cast: Cast) -> None:
    booking = confirmed(cast)
    slot(cast.speaker, days=40)
    asked = (
        visit(cast.sven).post(at("call_off", booking.pk).replace("/da/", "/en/"), {"cancels": "on"}).content.decode()
    )
    assert "The association is offered no other evening" in asked
    assert Booking.objects.get().state == S.CONFIRMED
    hidden = dict(re.findall(r'name="(\w+)" value="(\w+)"', asked))
    visit(cast.sven).post(at("call_off", booking.pk), hidden)
    assert Booking.objects.get().state == S.CANCELLED


def test_a_speaker_who_cannot_come_never_says_why(cast: Cast) -> None:
    """That somebody is ill would be health data, and for most it is not even true."""
    for days, slots in ((30, []), (35, [slot(cast.speaker, days=40)])):
        talk = confirmed(cast, slot(cast.speaker, days=days))
        booking = offers.call_off(booking=talk, slots=slots, by=cast.sven, now=NOW)
        assert booking.steps.latest("pk").why == ""
    for message in Message.objects.open():
        with translation.override("da"):
            words = final_check(message, NOW).words
        assert words is None or "syg" not in " ".join([words.subject, *words.paragraphs])


def test_the_coordinator_hears_that_a_speaker_cannot_come(cast: Cast) -> None:
    offers.call_off(booking=confirmed(cast), slots=[slot(cast.speaker, days=40)], by=cast.sven, now=NOW)
    assert [one.recipient for one in mail("speaker_cannot_come")] == [cast.karen]


def test_a_coordinator_is_not_told_of_what_they_did_themselves(cast: Cast) -> None:
    offers.call_off(booking=confirmed(cast), slots=[slot(cast.speaker, days=40)], by=cast.karen, now=NOW)
    assert mail("speaker_cannot_come") == []


def test_a_speaker_who_cannot_come_is_away_the_whole_day(cast: Cast) -> None:
    booking = confirmed(cast)
    afternoon = slot(cast.speaker, hour=10)
    offers.call_off(booking=booking, slots=[slot(cast.speaker, days=40)], by=cast.sven, now=NOW)
    assert not Slot.objects.bookable(NOW, at_short_notice=True).filter(pk=afternoon.pk).exists()


def test_without_another_slot_the_talk_is_cancelled_and_all_three_are_told(cast: Cast) -> None:
    booking = offers.call_off(booking=confirmed(cast), slots=[], by=cast.sven, now=NOW)
    assert booking.state == S.CANCELLED
    assert {one.recipient for one in mail("cancelled")} == {cast.ruth, cast.sven}
    assert [one.recipient for one in mail("ill_without_offer")] == [cast.karen]


def test_evenings_instead_are_sensible_and_the_nearest(cast: Cast) -> None:
    """The talk is on 14 December. Not earlier with the same speaker, not on Christmas Eve, not too short, and not with
    a speaker who gives another talk; but earlier with another speaker.
    """
    booking = confirmed(cast)
    signe, flats = speaker(person("Signe", cast.randers)), speaker(person("Per", cast.randers), "flats")
    slot(cast.speaker, days=10), slot(cast.speaker, hour=10)
    slot(signe, days=30), slot(cast.speaker, days=28, hours=1), slot(flats, days=25)
    fitting = [slot(signe, days=12), slot(cast.speaker, days=26), slot(signe, days=27)]
    assert offers.slots_instead(booking, NOW) == fitting


def test_only_evenings_that_suit_the_talk_are_shown_and_with_its_own_hours(cast: Cast) -> None:
    """The speaker offers two hours; the talk takes one and a half."""
    booking = requested(cast)
    slot(cast.speaker, days=30), slot(cast.speaker, days=31, hours=1)
    page = visit(cast.karen).get(at("answer", booking.pk)).content.decode()
    assert 'kl.\xa0<span class="nowrap">19.00–20.30</span>, Sven' in page
    assert "kl.\xa019.00–21.00" not in page
    assert "kl.\xa019.00–20.00" not in page


def test_the_chair_moves_to_another_slot_of_the_same_speaker_at_once(cast: Cast) -> None:
    booking, on = confirmed(cast), slot(cast.speaker, days=30)
    response = visit(None).post(path(booking, "change"), {"slot": on.pk})
    booking.refresh_from_db()
    assert (response.status_code, booking.state, booking.starts_at) == (200, S.CONFIRMED, on.starts_at)
    assert {message.recipient for message in mail("moved")} == {cast.ruth, cast.sven}


def test_another_speakers_slot_is_asked_for_and_both_are_kept(cast: Cast) -> None:
    booking = confirmed(cast)
    other_slot = slot(speaker(person("Signe", cast.randers)), days=30)
    visit(cast.ruth).post(at("move_own", booking.pk), {"slot": other_slot.pk})
    booking.refresh_from_db()
    assert booking.starts_at != other_slot.starts_at
    assert not Slot.objects.bookable(NOW).exists()
    assert [one.recipient for one in mail("asked_to_move")] == [cast.karen]


def test_staff_agree_to_a_move_with_one_press(cast: Cast) -> None:
    booking = confirmed(cast)
    other_slot = slot(speaker(person("Signe", cast.randers)), days=30)
    hold = offers.ask_to_move(booking=booking, slot=other_slot, by=cast.ruth, now=NOW)
    visit(cast.karen).post(at("agree_to_move", hold.pk))
    booking.refresh_from_db()
    assert (booking.starts_at, booking.speaker) == (other_slot.starts_at, other_slot.speaker)
    assert [one.recipient for one in mail("relieved")] == [cast.sven]


def test_a_move_that_is_refused_leaves_the_talk_and_tells_the_chair(cast: Cast) -> None:
    booking = confirmed(cast)
    other_slot = slot(speaker(person("Signe", cast.randers)), days=30)
    hold = offers.ask_to_move(booking=booking, slot=other_slot, by=cast.ruth, now=NOW)
    offers.refuse_to_move(hold=hold, by=cast.karen, now=NOW)
    (told,) = mail("stays", cast.ruth)
    words = final_check(told, NOW).words
    assert "torsdag den 24. december 2026" in words.paragraphs[0]
    assert [address.split("/")[5] for _what, address in words.links] == ["change", "cancel"]
    assert Slot.objects.bookable(NOW).get() == other_slot
    with pytest.raises(Refused):
        offers.agree_to_move(hold=hold, by=cast.karen, now=NOW)


def test_a_day_before_the_talk_the_chair_asks_and_does_not_move(cast: Cast) -> None:
    booking, on = confirmed(cast), slot(cast.speaker, days=40)
    late = booking.starts_at - dt.timedelta(days=1)
    with pytest.raises(Refused):
        bookings.move(booking=booking, slot=on, by=cast.ruth, now=late)
    assert offers.ask_to_move(booking=booking, slot=on, by=cast.ruth, now=late)


def test_a_chair_who_is_late_reads_that_the_coordinator_answers_first(cast: Cast, monkeypatch) -> None:
    booking, _on = confirmed(cast), slot(cast.speaker, days=40)
    early = visit(None).get(path(booking, "change")).content.decode()
    monkeypatch.setattr(clock, "now", lambda: booking.starts_at - dt.timedelta(days=1))
    late = visit(None).get(path(booking, "change")).content.decode()
    assert ("koordinatoren svarer" in early, "Bed om at flytte foredraget" in early) == (False, False)
    assert ("koordinatoren svarer" in late, "Bed om at flytte foredraget" in late) == (True, True)
    assert "en anden foredragsholder" not in late  # all evenings are the same speaker's


def test_a_deadline_is_told_coordinators_and_administrators_the_day_before(cast: Cast) -> None:
    booking = requested(cast)
    both = mail("promise_due")
    assert {one.recipient for one in both} == {cast.karen, cast.anne}
    message = both[0]
    assert message.due_at.date() == booking.answer_by - dt.timedelta(days=1)
    assert final_check(message, message.due_at).words
    bookings.confirm(booking=booking, place_seen=booking.place, by=cast.karen, now=NOW)
    assert final_check(message, message.due_at).words is None


def test_a_missed_deadline_is_told_the_administrators(cast: Cast) -> None:
    booking = requested(cast)
    bookings.lapse(booking=booking, now=booking.held_until + dt.timedelta(hours=1))
    assert [one.recipient for one in mail("promise_broken")] == [cast.anne]


@pytest.mark.parametrize("end", [S.LAPSED, S.DECLINED, S.CANCELLED, S.CONFIRMED])
def test_a_stale_link_to_verify_neither_confirms_nor_wakes_a_request_that_was_answered(cast: Cast, end: str) -> None:
    booking = unverified(cast)
    if end == S.LAPSED:
        bookings.lapse(booking=booking, now=NOW + dt.timedelta(hours=3))
    else:
        booking = bookings.verify(booking=booking, now=NOW)
        answer, more = {
            S.DECLINED: (bookings.decline, {"by": cast.karen, "why": "Nej."}),
            S.CANCELLED: (bookings.cancel, {"by": cast.ruth}),
            S.CONFIRMED: (bookings.confirm, {"by": cast.karen, "place_seen": booking.place}),
        }[end]
        answer(booking=booking, now=NOW, **more)
    steps, messages_before = booking.steps.count(), Message.objects.count()
    assert visit(None).post(path(booking, "verify")).status_code == 200
    assert Booking.objects.get().state == end
    assert (booking.steps.count(), Message.objects.count()) == (steps, messages_before)


@pytest.mark.parametrize("end", ["declined", "cancelled"])
def test_an_offer_that_ends_without_a_choice_frees_its_slots(cast: Cast, end: str) -> None:
    booking, three = offered(cast)
    if end == "declined":
        bookings.decline(booking=booking, why="Nej.", by=cast.karen, now=NOW)
    else:
        bookings.cancel(booking=booking, by=cast.ruth, now=NOW)
    assert set(Slot.objects.bookable(NOW)) >= set(three)
    assert not booking.holds.filter(closed_at=None).exists()


def test_a_slot_that_is_ticked_twice_is_offered_once(cast: Cast) -> None:
    talk, on = confirmed(cast), slot(cast.speaker, days=40)
    visit(cast.sven).post(at("call_off", talk.pk), {"slots": [on.pk, on.pk, on.pk, on.pk]})
    assert [hold.starts_at for hold in talk.holds.all()] == [on.starts_at]
    request = requested(cast, slot(cast.speaker, days=30), email="other@randers.example")
    offers.offer(booking=request, slots=[free := slot(cast.speaker, days=50), free], by=cast.karen, now=NOW)
    assert request.holds.count() == 1


def link_to_wish_again(booking: Booking) -> str:
    page = visit(None).post(path(booking, "accept", booking.sequence), {"none": "1"}).content.decode()
    return re.search(r"/da/talks/wish/\?again=[^\"]+", page)[0]


def test_when_none_suits_the_evenings_are_free_and_the_coordinator_hears(cast: Cast) -> None:
    booking, three = offered(cast)
    page = visit(None).post(path(booking, "accept", booking.sequence), {"none": "1"}).content.decode()
    booking.refresh_from_db()
    assert booking.state == S.CANCELLED
    assert set(Slot.objects.bookable(NOW)) >= set(three)
    assert [one.recipient for one in mail("none_suits")] == [cast.karen]
    again = re.search(r"/da/talks/wish/\?again=[^\"]+", page)[0]
    form = visit(None).get(again).content.decode()
    for known in ("Vorup Grundejerforening", "Fælleshuset, Eksempelvej 1"):
        assert f'value="{known}"' in form
    # The link may have been forwarded.
    assert "ruth@randers.example" not in form


def test_that_none_suits_cancels_the_talk_is_said_before_and_after_and_in_writing(cast: Cast) -> None:
    booking, _three = offered(cast, confirmed(cast))
    address = path(booking, "accept", booking.sequence)
    shown = visit(None).get(address).content.decode()
    assert "Så er foredraget aflyst" in shown
    assert "Foredraget er aflyst" in visit(None).post(address, {"none": "1"}).content.decode()
    (told,) = mail("none_suited")
    words = final_check(told, NOW).words
    assert told.recipient == cast.ruth
    assert "aflyst" in words.subject
    page = visit(cast.ruth).get(at("booking", booking.pk)).content.decode()
    assert "ingen af de tilbudte aftener passede foreningen" in page
    form = visit(cast.ruth).get(re.search(r"/da/talks/wish/\?again=[^\"]+", page)[0]).content.decode()
    assert 'value="Vorup Grundejerforening"' in form


def test_a_talk_that_the_chair_cancels_leads_to_other_evenings_and_the_form_for_wished_days(cast: Cast) -> None:
    booking = bookings.cancel(booking=confirmed(cast), by=cast.ruth, now=NOW)
    page = visit(cast.ruth).get(at("booking", booking.pk)).content.decode()
    assert ("?again=" in page, f"{at('overview')}#evenings" in page) == (True, True)


def test_a_link_fills_in_the_chair_that_it_was_made_for_and_no_other(cast: Cast) -> None:
    booking, _three = offered(cast)
    again = link_to_wish_again(booking)
    deputise(cast.association, cast.frede)
    erase(person=cast.ruth, by=cast.ruth, now=NOW)
    booking.refresh_from_db()
    form = visit(None).get(again).content.decode()
    for told in (cast.association.name, cast.frede.name, cast.frede.email):
        assert f'value="{told}"' not in form


def test_a_link_fills_in_no_telephone_number(cast: Cast) -> None:
    booking, _three = offered(cast)
    User.objects.filter(pk=cast.ruth.pk).update(phone="20 30 40 50")
    form = visit(None).get(link_to_wish_again(booking)).content.decode()
    assert 'value="Vorup Grundejerforening"' in form
    assert "20 30 40 50" not in form


@pytest.mark.parametrize("again", ["", "x", "WzEsImFnYWluIiwwXQ:1:x", "%00"])
def test_a_false_link_fills_in_nothing(cast: Cast, again: str) -> None:
    requested(cast)
    form = visit(None).get(f"/da/talks/wish/?again={again}")
    assert form.status_code == 200
    assert "ruth@" not in form.content.decode()


def test_none_suits_is_for_the_association_alone(cast: Cast) -> None:
    booking, _three = offered(cast)
    with pytest.raises(Refused):
        offers.decline_offer(booking=booking, by=cast.karen, now=NOW)


def test_why_it_does_not_go_as_planned_is_asked_only_of_what_was_planned(cast: Cast) -> None:
    pages = [visit(cast.karen).get(at("answer", make(cast).pk)).content.decode() for make in (requested, _later)]
    assert ["Hvorfor ikke som planlagt?" in page for page in pages] == [False, True]
    assert "Hvorfor en anden aften?" in pages[0]


def _later(cast: Cast) -> Booking:
    return confirmed(cast, slot(cast.speaker, days=50))
