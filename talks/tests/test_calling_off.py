"""A speaker who cannot come: what is taken from their calendar that day, what is withdrawn, and what is recorded."""

import datetime as dt

import pytest

from partnership import clock
from partnership.outbox.models import Message
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, person, slot, speaker
from talks.actions import offers
from talks.models import Booking, DaysAway, Slot
from talks.tests.bookings import confirmed, mail, requested

S = Booking.State


def day_of(cast: Cast, booking: Booking) -> dt.date:
    return clock.local(booking.starts_at, cast.randers.zone).date()


@pytest.mark.parametrize("offered", [True, False])
def test_the_speaker_is_away_on_the_day_of_the_talk_and_on_no_other(cast: Cast, offered: bool) -> None:
    booking = confirmed(cast)
    before, after = (slot(cast.speaker, days=20 + days) for days in (-1, 1))
    others = slot(speaker(person("Signe", cast.randers)), hour=10)
    slots = [slot(cast.speaker, days=40)] if offered else []
    offers.call_off(booking=booking, slots=slots, by=cast.sven, now=NOW)
    away = DaysAway.objects.get()
    assert (away.speaker, away.first_on, away.last_on) == (cast.speaker, day_of(cast, booking), day_of(cast, booking))
    for kept in (before, after, others, *slots):
        kept.refresh_from_db()
        assert kept.withdrawn_at is None, kept


def test_a_day_that_was_marked_before_is_marked_once(cast: Cast) -> None:
    booking = confirmed(cast)
    day = day_of(cast, booking)
    DaysAway.objects.create(speaker=cast.speaker, first_on=day, last_on=day)
    offers.call_off(booking=booking, slots=[], by=cast.sven, now=NOW)
    assert DaysAway.objects.count() == 1


def test_a_talk_without_another_evening_takes_its_reminders_along_and_says_why_to_nobody(cast: Cast) -> None:
    booking = confirmed(cast)
    sequence = booking.sequence
    waiting = Message.objects.open().filter(key__contains=".reminder_")
    assert waiting.exists()
    booking = offers.call_off(booking=booking, slots=[], by=cast.sven, now=NOW)
    assert not waiting.exists()
    reasons = set(Message.objects.filter(key__contains=".reminder_").values_list("reason", flat=True))
    assert reasons == {"the speaker cannot come"}
    step = booking.steps.latest("pk")
    assert (step.to_state, step.by, step.changed) == (S.CANCELLED, cast.sven, {"speaker_cannot_come": []})
    # A calendar takes a cancelled event only with a higher number.
    assert booking.sequence == sequence + 1


def test_a_coordinator_who_calls_off_without_another_evening_is_not_told(cast: Cast) -> None:
    offers.call_off(booking=confirmed(cast), slots=[], by=cast.karen, now=NOW)
    assert mail("ill_without_offer") == []
    assert mail("cancelled")


@pytest.mark.parametrize("what", ["a request", "a talk that has begun"])
def test_only_a_talk_ahead_is_called_off(cast: Cast, what: str) -> None:
    booking = requested(cast) if what == "a request" else confirmed(cast)
    now = NOW if what == "a request" else booking.starts_at
    with pytest.raises(Refused) as refused:
        offers.call_off(booking=booking, slots=[], by=cast.karen, now=now)
    assert refused.value.reason == "not_ahead"
    assert not DaysAway.objects.exists()


def test_the_evening_that_the_chair_asked_for_is_free_again(cast: Cast) -> None:
    booking = confirmed(cast)
    wanted = slot(speaker(person("Signe", cast.randers)), days=30)
    offers.ask_to_move(booking=booking, slot=wanted, by=cast.ruth, now=NOW)
    assert not Slot.objects.bookable(NOW).filter(pk=wanted.pk).exists()
    offers.call_off(booking=booking, slots=[], by=cast.sven, now=NOW)
    assert Slot.objects.bookable(NOW).filter(pk=wanted.pk).exists()
