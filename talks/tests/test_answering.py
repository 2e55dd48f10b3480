"""The coordinator's answers and their effects."""

import datetime as dt

import icalendar
import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from partnership import clock
from partnership.outbox.kinds import kind
from partnership.outbox.models import Message
from partnership.outbox.queue.final_check import final_check
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, person, slot, speaker, visit
from talks.actions import bookings, closing
from talks.models import Booking, Slot
from talks.tests.bookings import confirmed, mail, requested, unverified
from talks.tests.test_wishes import wished

S = Booking.State


def event(message: Message) -> tuple[str, icalendar.Event]:
    """Return the method and the event of the calendar file of a waiting message."""
    calendar = final_check(message, NOW).words.calendar
    parsed = icalendar.Calendar.from_ical(calendar.body)
    assert parsed["METHOD"] == calendar.method
    return calendar.method, parsed.walk("VEVENT")[0]


def test_confirming_tells_both_and_posts_two_reminders_to_both(cast: Cast) -> None:
    booking = confirmed(cast)
    assert {message.recipient for message in mail("confirmed")} == {cast.ruth, cast.sven}
    assert {message.recipient for message in mail("reminder_7days")} == {cast.ruth, cast.sven}
    assert {message.due_at for message in mail("reminder_1day")} == {booking.starts_at - dt.timedelta(days=1)}


def test_a_reminder_comes_at_the_hour_of_the_talk_across_a_change_of_clocks(cast: Cast) -> None:
    spring = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)
    on = Slot.objects.create(
        partnership=cast.randers,
        speaker=cast.speaker,
        starts_at=clock.at(dt.date(2027, 3, 30), dt.time(19), cast.randers.zone),
        ends_at=clock.at(dt.date(2027, 3, 30), dt.time(21), cast.randers.zone),
    )
    confirmed(cast, on, now=spring)
    week_ahead = mail("reminder_7days")[0].due_at
    assert clock.local(week_ahead, cast.randers.zone).time() == dt.time(19)
    assert on.starts_at - week_ahead == dt.timedelta(days=7) - dt.timedelta(hours=1)


def test_a_reminder_whose_day_has_passed_is_not_posted(cast: Cast) -> None:
    booking = requested(cast, slot(cast.speaker, days=8))
    bookings.confirm(booking=booking, place_seen=booking.place, by=cast.karen, now=NOW + dt.timedelta(days=4))
    assert not mail("reminder_7days")
    assert len(mail("reminder_1day")) == 2


def test_declining_says_why_and_frees_the_slot(cast: Cast) -> None:
    on = slot(cast.speaker)
    booking = bookings.decline(booking=requested(cast, on), by=cast.karen, why="Sven is ill.", now=NOW)
    said = final_check(mail("declined", cast.ruth)[0], NOW).words
    assert ("Begrundelse", "Sven is ill.") in said.facts
    assert Slot.objects.bookable(NOW).get() == on
    assert booking.state == S.DECLINED


def test_a_declined_request_cannot_become_a_confirmed_talk(cast: Cast) -> None:
    booking = bookings.decline(booking=requested(cast), by=cast.karen, why="No.", now=NOW)
    with pytest.raises(Refused) as refusal:
        bookings.confirm(booking=booking, place_seen=booking.place, by=cast.karen, now=NOW)
    assert refusal.value.reason == "not_allowed_now"
    assert not mail("confirmed")


def test_one_event_follows_the_talk_through_confirming_moving_and_cancelling(cast: Cast) -> None:
    booking = confirmed(cast)
    asked = event(mail("confirmed", cast.ruth)[0])
    on = slot(cast.speaker, days=30)
    bookings.move(booking=booking, slot=on, by=cast.karen, now=NOW)
    moved = event(mail("moved", cast.ruth)[0])
    bookings.cancel(booking=booking, by=cast.ruth, now=NOW)
    cancelled = event(mail("cancelled", cast.ruth)[0])
    story = [asked, moved, cancelled]
    assert [method for method, _event in story] == ["REQUEST", "REQUEST", "CANCEL"]
    assert len({str(one["UID"]) for _method, one in story}) == 1
    assert [int(one["SEQUENCE"]) for _method, one in story] == [0, 1, 2]
    assert moved[1]["DTSTART"].dt == on.starts_at


def test_moving_takes_the_old_reminders_back_and_posts_new_ones(cast: Cast) -> None:
    booking = confirmed(cast)
    on = slot(cast.speaker, days=30)
    bookings.move(booking=booking, slot=on, by=cast.karen, now=NOW)
    reminders = Message.objects.filter(kind="talks.reminder_1day", recipient=cast.ruth).order_by("pk")
    assert [one.state for one in reminders] == ["withdrawn", "queued"]
    assert reminders[1].due_at == on.starts_at - dt.timedelta(days=1)


def test_a_moved_talk_frees_its_old_slot(cast: Cast) -> None:
    old, new = slot(cast.speaker), slot(cast.speaker, days=30)
    bookings.move(booking=confirmed(cast, old), slot=new, by=cast.karen, now=NOW)
    assert list(Slot.objects.bookable(NOW)) == [old]


def test_a_reminder_that_slipped_past_the_move_does_not_name_the_wrong_day(cast: Cast) -> None:
    booking = confirmed(cast)
    slipped = mail("reminder_1day", cast.ruth)[0]
    bookings.move(booking=booking, slot=slot(cast.speaker, days=30), by=cast.karen, now=NOW)
    assert final_check(slipped, NOW).words is None


def test_a_talk_moved_to_another_speaker_leaves_the_first_ones_calendar(cast: Cast) -> None:
    other = speaker(person("Signe", cast.randers))
    booking = confirmed(cast)
    bookings.move(booking=booking, slot=slot(other, days=30), by=cast.karen, now=NOW)
    method, one = event(mail("relieved", cast.sven)[0])
    assert (method, int(one["SEQUENCE"])) == ("CANCEL", 1)
    assert [message.recipient.name for message in mail("moved")] == ["Ruth"]
    assert [message.recipient.name for message in mail("confirmed")] == ["Ruth", "Sven", "Signe"]  # new to Signe


def test_cancelling_takes_back_the_reminders_and_frees_the_slot(cast: Cast) -> None:
    on = slot(cast.speaker)
    bookings.cancel(booking=confirmed(cast, on), by=cast.ruth, now=NOW)
    assert not Message.objects.open().filter(kind__startswith="talks.reminder").exists()
    assert Slot.objects.bookable(NOW).get() == on
    assert {message.recipient for message in mail("cancelled")} == {cast.ruth, cast.sven}


def test_cancelling_a_request_sends_no_calendar_and_nothing_to_the_speaker(cast: Cast) -> None:
    bookings.cancel(booking=requested(cast), by=cast.ruth, now=NOW)
    (message,) = mail("cancelled")
    assert final_check(message, NOW).words.calendar is None


def test_attendance_is_written_once_the_talk_is_over(cast: Cast) -> None:
    booking = confirmed(cast)
    with pytest.raises(Refused) as refusal:
        closing.close(booking=booking, took_place=True, attendance=40, by=cast.karen, now=NOW)
    assert refusal.value.reason == "not_over"
    over = booking.ends_at + dt.timedelta(hours=1)
    closed = closing.close(booking=booking, took_place=True, attendance=40, by=cast.karen, now=over)
    assert (closed.state, closed.attendance) == (S.TOOK_PLACE, 40)
    assert Booking.objects.took_place_between(NOW, over).get() == closed


def test_two_overlapping_bookings_of_a_speaker_are_refused_by_the_database_itself(cast: Cast) -> None:
    booking = unverified(cast)
    with pytest.raises(IntegrityError, match="booking_speaker_in_one_place"), transaction.atomic():
        Booking.objects.create(
            partnership=cast.randers,
            association=cast.association,
            speaker=cast.speaker,
            format="online",
            starts_at=booking.starts_at + dt.timedelta(minutes=30),
            ends_at=booking.ends_at + dt.timedelta(minutes=30),
            held_until=NOW,
        )


def test_the_constraint_does_not_refuse_a_free_speaker_in_a_form(cast: Cast) -> None:
    booking = unverified(cast)
    booking.full_clean()


def test_the_chair_reads_who_comes_and_where_the_poster_is_and_the_speaker_does_not(cast: Cast) -> None:
    confirmed(cast)
    with translation.override("en"):
        [for_chair] = [kind(one.kind).write(one) for one in mail("confirmed", cast.ruth)]
        [for_speaker] = [kind(one.kind).write(one) for one in mail("confirmed", cast.sven)]
    assert ("Speaker", cast.sven.name) in for_chair.facts
    assert any("poster" in words for words in for_chair.paragraphs)
    assert not any("poster" in words for words in for_speaker.paragraphs)


def test_a_request_that_was_not_answered_in_time_stays_in_the_queue_for_two_weeks(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    late, never = requested(cast), unverified(cast, slot(cast.speaker, days=30))
    for one in (late, never):
        bookings.lapse(booking=one, now=one.held_until)
    shown = []
    for days in (0, 13, 15):
        monkeypatch.setattr(clock, "now", lambda days=days: late.held_until + dt.timedelta(days=days))
        shown.append(visit(cast.karen).get("/da/staff/talks/").content.decode())
    assert ["Fik ikke svar i tide" in page for page in shown] == [True, True, False]
    assert ["Godt gået" in page for page in shown] == [False, False, True]
    assert [page.count(f"/{late.pk}/") for page in shown] == [1, 1, 0]
    assert not any(f"/{never.pk}/" in page for page in shown)


def test_a_wish_whose_answer_is_late_does_not_promise_it_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    wish = wished(cast)
    said = []
    for days in (0, 1):
        day = wish.answer_by + dt.timedelta(days=days)
        monkeypatch.setattr(clock, "now", lambda day=day: clock.at(day, dt.time(12), cast.randers.zone))
        page = visit(cast.ruth).get("/da/me/").content.decode()
        said.append(("du får svar senest" in page, "Det beklager vi. Ring til os" in page))
    assert said == [(True, False), (False, True)]
