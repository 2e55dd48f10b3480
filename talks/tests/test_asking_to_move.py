"""A chair who asks to move a talk gets a deadline a receipt, and reads the reason if it is no."""

import datetime as dt

import pytest

from partnership import clock
from partnership.outbox.queue.final_check import final_check
from partnership.tests.cast import NOW, Cast, person, slot, speaker, visit
from talks.actions import offers
from talks.models import Booking, SlotHold
from talks.tests.bookings import confirmed, mail
from talks.tests.test_access import at

A_WEEK_LATER, WHY = "1. december 2026", "Salen er optaget den aften."
DAY = dt.timedelta(days=1)


def asked(cast: Cast, now: dt.datetime = NOW) -> SlotHold:
    signe = speaker(person("Signe", cast.randers))
    return offers.ask_to_move(booking=confirmed(cast), slot=slot(signe, days=30), by=cast.ruth, now=now)


def test_the_pages_of_chair_and_staff_say_by_which_day_we_answer(cast: Cast) -> None:
    booking, on = confirmed(cast), slot(speaker(person("Signe", cast.randers)), days=30)
    pages = [
        visit(cast.ruth).post(at("move_own", booking.pk), {"slot": on.pk}),
        visit(cast.ruth).get(at("booking", booking.pk)),
    ]
    pages += [visit(cast.karen).get(at("answer", booking.pk)), visit(cast.karen).get(at("queue"))]
    for page in pages:
        assert A_WEEK_LATER in page.content.decode()


def test_the_chair_gets_a_receipt_with_the_deadline_and_staff_are_warned_in_time(cast: Cast) -> None:
    asked(cast)
    (receipt,) = mail("move_received", cast.ruth)
    said = final_check(receipt, NOW).words.paragraphs[0]
    assert A_WEEK_LATER in said
    assert "24. december 2026" in said
    assert {one.recipient for one in mail("move_due")} == {cast.karen, cast.anne}
    for warning in mail("move_due"):
        assert clock.local(warning.due_at, cast.randers.zone).date() == dt.date(2026, 11, 30)
        assert A_WEEK_LATER in final_check(warning, warning.due_at).words.subject


def test_staff_are_told_to_ask_the_other_speaker_first_and_how_to_reach_them(cast: Cast) -> None:
    hold = asked(cast)
    signe = hold.speaker.person
    signe.phone = "+4520000077"
    signe.save(update_fields=["phone"])
    ask, reach = "Den aften er en anden foredragsholders", [signe.email, "20\N{NO-BREAK SPACE}00\N{NO-BREAK SPACE}00"]
    for message in [*mail("asked_to_move"), *mail("move_due")]:
        words = final_check(message, message.due_at).words
        (said,) = [one for one in words.paragraphs if ask in one]
        assert all(one in said for one in ["Signe", *reach])
    page = visit(cast.karen).get(f"/da/staff/talks/{hold.booking_id}/").content.decode()
    assert ask in page
    assert "tel:+4520000077" in page
    # A list is printed and left lying about: it says who, and not how to reach them.
    listed = visit(cast.karen).get("/da/staff/talks/").content.decode()
    assert ask in listed
    assert "tel:+4520000077" not in listed


def test_before_a_late_move_staff_are_told_to_ask_the_speaker_themselves(cast: Cast) -> None:
    booking, on = confirmed(cast), slot(cast.speaker, days=40)
    offers.ask_to_move(booking=booking, slot=on, by=cast.ruth, now=booking.starts_at - DAY)
    (message,) = mail("asked_to_move")
    said = " ".join(final_check(message, booking.starts_at - DAY).words.paragraphs)
    assert "Spørg foredragsholderen, før du flytter det" in said
    assert cast.sven.email in said


def test_a_missed_deadline_is_told_to_the_chair_with_an_apology(cast: Cast) -> None:
    asked(cast)
    (late,) = mail("move_unanswered", cast.ruth)
    assert late.due_at == clock.at(dt.date(2026, 12, 2), dt.time(0), cast.randers.zone)
    words = final_check(late, late.due_at).words
    assert cast.randers.contact_phone.replace(" ", "\N{NO-BREAK SPACE}") in words.paragraphs[-1]


@pytest.mark.parametrize("answer", [offers.agree_to_move, offers.refuse_to_move])
def test_once_it_is_answered_nobody_is_warned_nor_apologised_to(cast: Cast, answer) -> None:
    answer(hold=asked(cast), by=cast.karen, now=NOW)
    for message in [*mail("move_received"), *mail("move_due"), *mail("move_unanswered")]:
        assert final_check(message, message.due_at).words is None


def test_a_second_question_does_not_send_the_warnings_of_the_first(cast: Cast) -> None:
    first = asked(cast)
    booking = Booking.objects.with_names().get(pk=first.booking_id)
    offers.ask_to_move(booking=booking, slot=slot(first.speaker, days=35), by=cast.ruth, now=NOW + DAY)
    told = [final_check(message, message.due_at).words for message in mail("move_received")]
    assert [words is None for words in told] == [True, False]


def test_the_day_before_the_talk_the_deadline_is_before_it(cast: Cast) -> None:
    booking, on = confirmed(cast), slot(cast.speaker, days=40)
    late = booking.starts_at - DAY
    hold = offers.ask_to_move(booking=booking, slot=on, by=cast.ruth, now=late)
    assert hold.answer_by == clock.local(booking.starts_at, cast.randers.zone).date()
    assert not [*mail("move_due"), *mail("move_unanswered")]


def test_staff_can_say_why_it_cannot_be_moved_and_the_chair_reads_it(cast: Cast) -> None:
    hold = asked(cast)
    visit(cast.karen).post(at("refuse_to_move", hold.pk), {"why": WHY})
    (told,) = mail("stays", cast.ruth)
    assert ("Begrundelse", WHY) in final_check(told, NOW).words.facts
    assert WHY not in str(told.about)
    assert WHY in visit(cast.karen).get(at("answer", hold.booking_id)).content.decode()


def test_a_reason_need_not_be_given(cast: Cast) -> None:
    hold = asked(cast)
    visit(cast.karen).post(at("refuse_to_move", hold.pk), {"why": ""})
    (told,) = mail("stays", cast.ruth)
    assert len(final_check(told, NOW).words.paragraphs) == 2


def test_a_reason_that_must_not_be_stored_comes_back(cast: Cast) -> None:
    hold = asked(cast)
    page = visit(cast.karen).post(at("refuse_to_move", hold.pk), {"why": "010190-1234"})
    assert page.status_code == 400
    assert not mail("stays")
