"""A letter takes days: it is put in the tray early enough to arrive, or staff are told to call."""

import datetime as dt

import pytest

from partnership.outbox.channels.letters import sheet_for
from partnership.outbox.channels.postal_timing import DELIVERY, DESK, LEAD
from partnership.outbox.kinds import Words
from partnership.outbox.models import Message
from partnership.outbox.preferences.reaching import set_channel, stop_texts
from partnership.outbox.queue.delivering import deliver
from partnership.outbox.staff import actions, letter_batches
from partnership.outbox.tests.posted import post_one
from partnership.outbox.tests.readers import on_paper, prefers
from partnership.people.models import User
from partnership.places.models import Address
from partnership.tests.cast import NOW, Cast, visit

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
TALK = NOW + 20 * DAY
# A reminder on the day before a talk, which expires an hour before the talk.
REMINDER = {"due_at": TALK - DAY, "expires_at": TALK - HOUR}


def reminder(cast: Cast, to: User, **more) -> Message:
    return post_one(cast.randers, to, **(REMINDER | more))


def now_of(message: Message, at: dt.datetime) -> str:
    deliver(urgent=False, now=at)
    message.refresh_from_db()
    return message.state


def test_a_reminder_by_letter_lies_in_the_tray_days_before_the_talk(cast: Cast) -> None:
    message = reminder(cast, on_paper(cast))
    early = TALK - HOUR - LEAD
    assert (now_of(message, early - HOUR), now_of(message, early)) == ("queued", "paper")
    assert dt.timedelta(days=3) <= DELIVERY < LEAD
    batch = letter_batches.make_batch(partnership=cast.randers, by=cast.karen, now=early + DESK + DAY)
    assert batch.letters.count() == 1


def test_by_email_it_leaves_when_it_is_due(cast: Cast, sink) -> None:
    message = reminder(cast, cast.helle)
    assert (now_of(message, TALK - DAY - HOUR), now_of(message, TALK - DAY)) == ("queued", "sent")


def test_what_is_of_use_long_after_it_is_due_is_not_early(cast: Cast) -> None:
    """A thank-you for a talk must not be printed before the talk."""
    message = reminder(cast, on_paper(cast), due_at=TALK + DAY, expires_at=TALK + 31 * DAY)
    assert (now_of(message, TALK), now_of(message, TALK + DAY)) == ("queued", "paper")


@pytest.mark.parametrize("left, state", [(DELIVERY - HOUR, "failed"), (DELIVERY + HOUR, "paper")])
def test_a_letter_that_cannot_arrive_fails_and_staff_are_told_to_call(cast: Cast, left, state) -> None:
    message = reminder(cast, on_paper(cast), due_at=NOW, expires_at=NOW + left)
    assert now_of(message, NOW) == state
    page = visit(cast.karen).get(f"/en/staff/messages/{message.pk}/").content.decode()
    assert ("A letter would not arrive in time. Call the reader." in page) is (state == "failed")


def test_one_without_an_end_is_never_too_late(cast: Cast) -> None:
    assert now_of(post_one(cast.randers, on_paper(cast)), NOW + 40 * DAY) == "paper"


def test_a_change_of_channel_moves_the_sending_time(cast: Cast, sink) -> None:
    oda = on_paper(cast)
    User.objects.filter(pk=oda.pk).update(email="oda@randers.example")
    oda.refresh_from_db()
    message = reminder(cast, oda)
    for channel, turn in (("letter", TALK - HOUR - LEAD), ("mail", TALK - DAY), ("letter", TALK - HOUR - LEAD)):
        set_channel(person=oda, channel=channel, phone="", language="da", now=NOW)
        message.refresh_from_db()
        assert message.try_at == turn


def test_who_answers_stop_and_has_no_email_gets_it_in_time_by_letter(cast: Cast, settings) -> None:
    settings.SMS_URL = "http://127.0.0.1:1/"
    message = reminder(cast, prefers(on_paper(cast), "sms", "87 65 43 21"))
    assert message.try_at == TALK - DAY
    stop_texts(number="+4587654321", now=NOW)
    message.refresh_from_db()
    assert message.try_at == TALK - HOUR - LEAD


def test_what_was_early_for_the_post_waits_until_it_is_due_when_it_goes_by_email(cast: Cast, sink) -> None:
    message = reminder(cast, oda := on_paper(cast))
    early = TALK - HOUR - LEAD
    User.objects.filter(pk=oda.pk).update(email="oda@randers.example")
    assert (now_of(message, early), message.try_at) == ("queued", TALK - DAY)
    assert (now_of(message, TALK - DAY), len(sink.messages)) == ("sent", 1)


def test_it_waits_also_when_it_lay_in_the_tray_already(cast: Cast, sink) -> None:
    message = reminder(cast, oda := on_paper(cast))
    early = TALK - HOUR - LEAD
    assert now_of(message, early) == "paper"
    User.objects.filter(pk=oda.pk).update(email="oda@randers.example")
    oda.refresh_from_db()
    set_channel(person=oda, channel="mail", phone="", language="da", now=early + HOUR)
    assert (now_of(message, early + HOUR), message.try_at) == ("queued", TALK - DAY)


def test_send_now_does_not_wait_for_the_day(cast: Cast, sink) -> None:
    message = reminder(cast, cast.helle)
    actions.send_now(message=message, by=cast.karen, now=NOW)
    assert now_of(message, NOW) == "sent"


def test_a_letter_is_not_called_tomorrow(cast: Cast) -> None:
    message = post_one(cast.randers, on_paper(cast))
    words = Words(subject="Tomorrow: a talk", paragraphs=[], letter_subject="A reminder of the talk")
    home = Address.objects.first()
    assert sheet_for(message, words, home, position=1, number=1, now=NOW)["subject"] == "A reminder of the talk"


@pytest.mark.parametrize("waited, rings", [(DESK - HOUR, False), (DESK + HOUR, True)])
def test_the_alarm_for_the_tray(cast: Cast, monkeypatch: pytest.MonkeyPatch, waited, rings) -> None:
    assert now_of(post_one(cast.randers, on_paper(cast)), NOW) == "paper"
    monkeypatch.setattr("partnership.clock.now", lambda: NOW + waited)
    page = visit(cast.karen).get("/en/staff/messages/").content.decode()
    ready = visit(None).get("/readyz")
    assert ("waited for more than two days" in page) is rings
    assert (ready.status_code, "2 days" in ready.json()["letters"], ready.json()["letters"] == "ok") == (
        200,
        rings,
        not rings,
    )


def test_the_alarm_ends_when_the_letters_are_posted_not_when_they_are_printed(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    now_of(post_one(cast.randers, on_paper(cast)), NOW)
    batch = letter_batches.make_batch(partnership=cast.randers, by=cast.karen, now=NOW)
    monkeypatch.setattr("partnership.clock.now", lambda: NOW + 3 * DAY)
    assert visit(cast.karen).get("/en/staff/messages/").context["letters_waiting"] == 1
    assert visit(cast.kerstin).get("/en/staff/messages/").context["letters_waiting"] == 0
    letter_batches.hand_over_batch(batch=batch, by=cast.karen, now=NOW + 3 * DAY)
    assert visit(None).get("/readyz").json()["letters"] == "ok"
