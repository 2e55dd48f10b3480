"""Erasing a chair or a speaker: no personal data is left, and a talk that took place stays as a count."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from dashboard import follow_up
from devtools.mail import Sink
from partnership import clock
from partnership.outbox.models import Message
from partnership.outbox.queue.delivering import deliver
from partnership.outbox.queue.final_check import final_check
from partnership.people.actions import organisations
from partnership.people.actions.erasing import erase
from partnership.people.actions.forgetting import run
from partnership.people.models import Organisation
from partnership.people.tests.canary import everything_in_the_database
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, slot, visit
from talks.actions import afterwards, associations, closing, offers
from talks.erasing import consequences_for_talks
from talks.models import Booking, Slot, TalkWish
from talks.tests.bookings import confirmed, mail, requested
from talks.tests.sent_links import path_of
from talks.tests.test_access import at
from talks.tests.test_wishes import wished

CANARY = "Zitronella"
S = Booking.State


def took_place(cast: Cast, days_ago: int = 5, **changes: object) -> Booking:
    """Return a talk that took place some days ago, of the chair's association unless `changes` say so."""
    on = slot(cast.speaker, days=-days_ago)
    booking = confirmed(cast, on, now=on.starts_at - dt.timedelta(days=30), **changes)
    return closing.close(booking=booking, took_place=True, attendance=31, by=cast.karen, now=NOW)


def of_the_canary() -> dict[str, object]:
    return {
        "name": CANARY,
        "email": f"{CANARY}@randers.example".lower(),
        "association": f"{CANARY}s forening",
        "place": f"{CANARY}s stue",
        "note": f"Ring til {CANARY}",
    }


def test_a_speaker_whose_talks_are_over_can_be_erased_and_the_talks_stay(cast: Cast) -> None:
    booking = took_place(cast)
    erase(person=cast.sven, by=cast.sven, now=NOW)
    booking.refresh_from_db()
    assert (booking.speaker, booking.state, booking.attendance) == (None, S.TOOK_PLACE, 31)
    assert [one.talk for one in follow_up.follow_up_of(cast.randers, NOW.date())] == [booking]
    for who, page in ((cast.ruth, "booking"), (cast.karen, "booking"), (cast.karen, "answer")):
        assert visit(who).get(at(page, booking.pk)).status_code == 200
    assert visit(cast.karen).get(at("queue")).status_code == 200


@pytest.mark.parametrize("state", ["requested", "confirmed", "offered"])
def test_a_speaker_with_a_talk_ahead_is_refused_and_nothing_is_written(cast: Cast, state: str) -> None:
    took_place(cast)
    booking = (confirmed if state == "confirmed" else requested)(cast)
    if state == "offered":
        offers.offer(booking=booking, slots=[slot(cast.speaker, days=40)], by=cast.karen, now=NOW)
    before = everything_in_the_database()
    with pytest.raises(Refused) as refused:
        erase(person=cast.sven, by=cast.sven, now=NOW)
    assert refused.value.reason == "still_needed"
    assert everything_in_the_database() == before


def test_a_talk_ahead_without_a_speaker_is_refused_by_the_database_itself(cast: Cast) -> None:
    booking = confirmed(cast)
    with pytest.raises(IntegrityError, match="booking_ahead_has_a_speaker"), transaction.atomic():
        Booking.objects.filter(pk=booking.pk).update(speaker=None)


def test_a_talk_that_took_place_stays_as_a_count_without_the_chairs_name(cast: Cast) -> None:
    booking = took_place(cast, **of_the_canary())
    afterwards.answer(booking=booking, useful="yes", will_act="no", words=f"Hilsen {CANARY}", now=NOW)
    wished(cast, **of_the_canary())
    chair = booking.association.chair
    assert everything_in_the_database().count(CANARY) > 4
    erase(person=chair, by=chair, now=NOW)
    assert CANARY.lower() not in everything_in_the_database().lower()
    (one,) = follow_up.follow_up_of(cast.randers, NOW.date())
    assert (one.talk.pk, one.talk.attendance, one.talk.association.area) == (
        booking.pk,
        31,
        cast.vorup,
    )
    assert not TalkWish.objects.exists()
    for page in (at("answer", booking.pk), at("queue"), "/da/staff/talks/afterwards/"):
        assert visit(cast.karen).get(page).status_code == 200
    assert visit(cast.sven).get("/da/me/").status_code == 200


def test_the_reason_of_a_step_goes_with_the_chair_and_the_step_stays(cast: Cast) -> None:
    booking = requested(cast, **of_the_canary())
    on = slot(cast.speaker, days=40)
    offers.offer(booking=booking, slots=[on], why=f"{CANARY} ringede", by=cast.karen, now=NOW)
    chair = booking.association.chair
    bookings_over = on.ends_at + dt.timedelta(hours=1)
    offers.accept(hold=booking.holds.get(), by=chair, now=NOW)
    closing.close(booking=booking, took_place=True, attendance=9, by=cast.karen, now=bookings_over)
    erase(person=chair, by=chair, now=bookings_over)
    assert CANARY.lower() not in everything_in_the_database().lower()
    steps = [(step.to_state, step.why) for step in booking.steps.all()]
    assert steps == [(state, "") for state in (S.UNVERIFIED, S.REQUESTED, S.OFFERED, S.CONFIRMED, S.TOOK_PLACE)]


def test_a_chairs_talk_ahead_is_cancelled_and_the_speaker_can_still_be_told(cast: Cast, sink: Sink) -> None:
    """They read where the talk would have been and with whom; once that is sent, it is nowhere any more."""
    on = slot(cast.speaker)
    booking = confirmed(cast, on, **of_the_canary())
    chair = booking.association.chair
    erase(person=chair, by=chair, now=NOW)
    assert Slot.objects.bookable(NOW).get() == on
    (message,) = mail("cancelled")
    words = final_check(message, NOW).words
    assert message.recipient == cast.sven
    assert words.calendar.method == "CANCEL"
    facts = dict(words.facts)
    assert (facts["Hvor"], facts["Forening"]) == (f"{CANARY}s stue", f"{CANARY}s forening")
    assert f"Ring til {CANARY}" not in str(words)
    waiting = Message.objects.open().filter(kind__startswith="talks.reminder")
    assert not waiting.exists()
    deliver(urgent=False, now=NOW)
    deliver(urgent=False, now=NOW + dt.timedelta(days=1))
    assert {one.to[0] for one in sink.messages} >= {cast.sven.email, cast.karen.email}
    assert CANARY.lower() not in everything_in_the_database().lower()


def test_the_coordinator_is_told_whose_talk_fell(cast: Cast, sink: Sink) -> None:
    booking = confirmed(cast, slot(cast.speaker), **of_the_canary())
    erase(person=(chair := booking.association.chair), by=chair, now=NOW)
    deliver(urgent=False, now=NOW + dt.timedelta(days=1))
    (told,) = [one for one in sink.messages if one.to == [cast.karen.email] and "aflyst sit foredrag" in one.subject]
    assert told.subject == f"{CANARY}s forening har aflyst sit foredrag"
    assert f"{CANARY}s stue" in told.text


def test_a_chairs_request_is_deleted(cast: Cast) -> None:
    requested(cast)
    erase(person=cast.ruth, by=cast.ruth, now=NOW)
    assert not Booking.objects.exists()
    assert not Organisation.objects.filter(partnership=cast.randers).exists()


def test_a_talk_that_is_over_can_still_be_closed_when_the_chair_is_gone(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    booking = confirmed(cast)
    over = booking.ends_at + dt.timedelta(hours=14)
    monkeypatch.setattr(clock, "now", lambda: over)
    erase(person=cast.ruth, by=cast.ruth, now=over)
    assert (
        visit(cast.sven).post(at("close_own", booking.pk), {"took_place": "yes", "attendance": "17"}).status_code == 302
    )
    booking.refresh_from_db()
    assert (booking.state, booking.attendance) == (S.TOOK_PLACE, 17)


def test_a_talk_cancelled_by_erasing_is_deleted_a_month_later_and_one_that_took_place_is_not(cast: Cast) -> None:
    confirmed(cast, association="Den ene")
    that_took_place = took_place(cast, association="Den anden")
    erase(person=cast.ruth, by=cast.ruth, now=NOW)
    run(now=NOW + dt.timedelta(days=49))
    assert Booking.objects.filter(state=S.CANCELLED).exists()
    run(now=NOW + dt.timedelta(days=51))
    assert list(Booking.objects.all()) == [that_took_place]
    assert list(Organisation.objects.filter(partnership=cast.randers)) == [that_took_place.association]


def test_nobody_is_asked_whether_a_nameless_association_is_still_right(cast: Cast) -> None:
    took_place(cast)
    erase(person=cast.ruth, by=cast.ruth, now=NOW)
    assert associations.ask_for_the_year(partnership=cast.randers, now=NOW + dt.timedelta(days=60)) == 0


@pytest.mark.parametrize("purpose", ["cancel", "change", "accept"])
def test_the_links_of_a_chair_who_is_erased_open_nothing(cast: Cast, purpose: str) -> None:
    booking = confirmed(cast)
    path = path_of(booking, purpose)
    assert visit(None).get(path).status_code == 200
    erase(person=cast.ruth, by=cast.ruth, now=NOW)
    assert [visit(None).get(path).status_code, visit(None).post(path, {}).status_code] == [410, 410]


def test_a_chair_reads_beforehand_that_their_talk_falls(cast: Cast) -> None:
    confirmed(cast)
    page = visit(cast.ruth).get("/da/me/erase/").content.decode()
    assert "Foredraget mandag den 14. december 2026 kl.\xa019.00–20.30 aflyses" in page
    assert page.count("Slet alt om mig") == 2


def test_a_speaker_reads_beforehand_that_a_talk_waits_for_them_and_has_no_button(cast: Cast) -> None:
    confirmed(cast)
    page = visit(cast.sven).get("/da/me/erase/").content.decode()
    assert "Du har lovet et foredrag mandag den 14. december 2026" in page
    assert page.count("Slet alt om mig") == 1  # the title, and no button


def test_a_helper_reads_of_no_talks(cast: Cast) -> None:
    confirmed(cast)
    assert "foredrag mandag" not in visit(cast.helle).get("/da/me/erase/").content.decode()


def test_the_deputy_takes_over_and_the_talk_takes_place(cast: Cast) -> None:
    booking = confirmed(cast)
    organisations.name_deputy(organisation=cast.association, name="Dagny", email="dagny@randers.example", by=cast.ruth)
    page = visit(cast.ruth).get("/da/me/erase/").content.decode()
    assert "Dagny tager over som kontaktperson for Vorup Grundejerforening" in page
    erase(person=cast.ruth, by=cast.ruth, now=NOW)
    booking.refresh_from_db()
    dagny = booking.association.chair
    assert (booking.state, dagny.name, booking.association.deputy) == ("confirmed", "Dagny", None)
    assert [one.recipient for one in mail("chair_now")] == [dagny]
    for kind in ("confirmed", "reminder_7days", "reminder_1day", "thanks"):
        assert len(mail(kind, dagny)) == 1
    assert final_check(mail("chair_now")[0], NOW).words


def test_the_words_of_a_chair_go_with_them_also_where_the_deputy_takes_over(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    booking = confirmed(cast, note="Citronsommerfugl i noten")
    organisations.name_deputy(organisation=cast.association, name="Dagny", email="dagny@randers.example", by=cast.ruth)
    later = booking.ends_at + dt.timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    afterwards.answer(booking=booking, useful="yes", will_act="no", words="Citronsommerfugl i svaret", now=later)
    erase(person=cast.ruth, by=cast.ruth, now=later)
    assert "Citronsommerfugl" not in everything_in_the_database()
    booking.refresh_from_db()
    assert (booking.association.chair.name, booking.feedback.useful) == ("Dagny", "yes")


def test_the_chair_reads_of_no_cancelling_of_a_talk_that_has_begun(cast: Cast) -> None:
    booking = confirmed(cast)
    now = booking.starts_at + dt.timedelta(minutes=10)
    assert [str(one.sentence) for one in consequences_for_talks(cast.ruth, now)] == []
    before = consequences_for_talks(cast.ruth, booking.starts_at - dt.timedelta(minutes=10))
    assert len(list(before)) == 1
