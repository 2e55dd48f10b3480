"""An association asks for a free slot."""

import datetime as dt
import uuid

import pytest

from partnership.outbox.queue.final_check import final_check
from partnership.people.models import User
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, person, slot, visit
from partnership.tests.past_limits import past_limit
from talks.actions import bookings
from talks.models import Booking, Slot
from talks.tests.bookings import mail, requested, talk_request, unverified
from talks.tests.test_access import at

LATER = NOW + dt.timedelta(hours=3)


def test_a_request_holds_its_slot_at_once(cast: Cast) -> None:
    on = slot(cast.speaker)
    unverified(cast, on)
    assert not Slot.objects.bookable(NOW).exists()


def test_the_chair_is_mailed_a_link_and_nobody_else_hears_of_it_yet(cast: Cast) -> None:
    unverified(cast)
    assert [message.recipient for message in mail("verify")] == [cast.ruth]
    assert not mail("to_answer")


def test_pressing_the_link_sets_a_deadline_within_a_week(cast: Cast) -> None:
    booking = requested(cast)
    assert booking.state == Booking.State.REQUESTED
    assert booking.answer_by == dt.date(2026, 12, 1)
    assert [message.recipient for message in mail("to_answer")] == [cast.karen]


def test_pressing_the_link_twice_is_one_request(cast: Cast) -> None:
    booking = requested(cast)
    assert bookings.verify(booking=booking, now=NOW) == booking
    assert len(mail("requested")) == 1
    assert booking.steps.count() == 2


def test_an_unpressed_link_frees_the_slot_after_two_hours_without_any_job(cast: Cast) -> None:
    on = slot(cast.speaker)
    unverified(cast, on)
    assert Slot.objects.bookable(LATER).get() == on


def test_the_next_association_gets_a_slot_whose_hold_has_run_out(cast: Cast) -> None:
    on = slot(cast.speaker)
    first = unverified(cast, on)
    second = unverified(cast, on, now=LATER, email="else@randers.example", name="Else", association="Enghaven")
    first.refresh_from_db()
    assert (first.state, second.state) == ("lapsed", "unverified")


def test_a_link_pressed_too_late_says_to_pick_again(cast: Cast) -> None:
    booking = unverified(cast)
    with pytest.raises(Refused) as refusal:
        bookings.verify(booking=booking, now=LATER)
    assert refusal.value.reason == "ran_out"


def test_two_cannot_ask_for_one_slot(cast: Cast) -> None:
    on = slot(cast.speaker)
    requested(cast, on)
    with pytest.raises(Refused) as refusal:
        unverified(cast, on, email="else@randers.example", name="Else", association="Enghaven")
    assert refusal.value.reason == "slot_taken"


def test_the_same_form_sent_twice_is_one_request_and_one_email(cast: Cast) -> None:
    on, submission = slot(cast.speaker), uuid.uuid4()
    both = [
        bookings.request_talk(
            partnership=cast.randers, slot=on, asked=talk_request(cast), submission=submission, language="da", now=NOW
        )
        for _click in range(2)
    ]
    assert both[0] == both[1]
    assert len(mail("verify")) == 1


def test_a_slot_within_a_week_can_no_longer_be_asked_for(cast: Cast) -> None:
    with pytest.raises(Refused):
        unverified(cast, slot(cast.speaker, days=5))


def test_a_talk_that_the_speaker_does_not_give_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        unverified(cast, format="investigator")
    assert refusal.value.reason == "not_given"


def test_a_name_on_record_is_not_changed_by_someone_who_knows_the_address(cast: Cast) -> None:
    unverified(cast, name="Somebody Else")
    cast.ruth.refresh_from_db()
    assert cast.ruth.name == "Ruth"


def test_an_address_at_home_in_another_partnership_learns_of_it_by_email_only(cast: Cast) -> None:
    assert unverified(cast, email=cast.gunnar.email, name="Gunnar") is None
    assert not Booking.objects.exists()
    assert [message.recipient for message in mail("elsewhere")] == [cast.gunnar]


def test_an_address_that_opens_nothing_yet_is_told_so_and_no_letter_goes_to_the_home(cast: Cast) -> None:
    User.objects.filter(pk=cast.ruth.pk).update(mailbox_opens_at=NOW + dt.timedelta(days=9))
    assert unverified(cast) is None
    assert not Booking.objects.exists()
    (told,) = mail("held_back")
    decision = final_check(told, NOW)
    assert decision.words is not None
    assert (told.recipient, decision.channel) == (cast.ruth, "mail")


def test_a_fourth_waiting_request_is_answered_by_email_and_makes_no_booking(cast: Cast) -> None:
    for days in (20, 21, 22):
        requested(cast, slot(cast.speaker, days=days))
    assert unverified(cast, slot(cast.speaker, days=23)) is None
    assert Booking.objects.count() == 3
    assert [message.recipient for message in mail("too_many")] == [cast.ruth]


@pytest.mark.parametrize("who", ["somebody new", "at home elsewhere", "has three waiting"])
def test_whether_a_slot_is_still_free_says_nothing_of_whose_address_it_is(cast: Cast, who: str) -> None:
    if who == "has three waiting":
        for days in (20, 21, 22):
            requested(cast, slot(cast.speaker, days=days))
    address = {"at home elsewhere": cast.gunnar.email, "has three waiting": cast.ruth.email}.get(
        who, "new@where.example"
    )
    on, form = slot(cast.speaker, days=30), uuid.uuid4()
    for _twice in range(2):
        unverified(cast, on, email=address, submission=form)
    with pytest.raises(Refused):
        unverified(cast, on, email="another@where.example")
    assert not Slot.objects.bookable(NOW + dt.timedelta(minutes=119)).exists()
    assert list(Slot.objects.bookable(NOW + dt.timedelta(minutes=120))) == [on]


def test_holds_without_a_booking_are_deleted_at_night(cast: Cast) -> None:
    unverified(cast, email=cast.gunnar.email)
    assert "talks.SlotHold" not in past_limit(NOW + dt.timedelta(minutes=119))
    assert past_limit(NOW + dt.timedelta(minutes=120))["talks.SlotHold"] == 1


def test_a_stranger_s_mailbox_hears_once_a_day_that_it_is_at_home_elsewhere(cast: Cast) -> None:
    for days in (20, 21, 22):
        unverified(cast, slot(cast.speaker, days=days), email=cast.gunnar.email)
    assert len(mail("elsewhere")) == 1


def test_an_unanswered_request_lapses_with_an_apology(cast: Cast) -> None:
    booking = requested(cast)
    after = booking.held_until + dt.timedelta(minutes=1)
    assert bookings.lapse(booking=booking, now=after)
    booking.refresh_from_db()
    assert booking.state == Booking.State.LAPSED
    assert len(mail("lapsed", cast.ruth)) == 1


def test_an_answered_request_does_not_lapse(cast: Cast) -> None:
    booking = requested(cast)
    bookings.confirm(booking=booking, place_seen=booking.place, by=cast.karen, now=NOW)
    assert not bookings.lapse(booking=booking, now=booking.held_until + dt.timedelta(days=1))


def test_a_new_chair_gets_the_language_of_the_request(cast: Cast) -> None:
    bookings.request_talk(
        partnership=cast.randers,
        slot=slot(cast.speaker),
        asked=talk_request(cast, email="New@Randers.example", name="Nora", association="Skovparken"),
        submission=uuid.uuid4(),
        language="en",
        now=NOW,
    )
    chair = Booking.objects.get().association.chair
    assert (chair.email, chair.language, chair.partnership) == ("new@randers.example", "en", cast.randers)


def test_associations_of_the_same_name_with_other_chairs_stay_apart(cast: Cast) -> None:
    other = person("Otto", cast.randers)
    unverified(cast)
    unverified(cast, slot(cast.speaker, days=25), email=other.email, name="Otto")
    assert Booking.objects.values("association").distinct().count() == 2


def test_a_hold_ends_at_its_very_moment(cast: Cast) -> None:
    unpressed = unverified(cast)
    with pytest.raises(Refused) as refusal:
        bookings.verify(booking=unpressed, now=unpressed.held_until)
    assert refusal.value.reason == "ran_out"
    assert bookings.lapse(booking=unpressed, now=unpressed.held_until)


def test_the_choice_among_evenings_has_its_months_as_headings(cast: Cast) -> None:
    slot(cast.speaker, days=20)
    slot(cast.speaker, days=50)
    page = visit(None).get(at("book")).content.decode()
    first, second = page.index(">December 2026</p>"), page.index(">Januar 2027</p>")
    assert first < page.index("14. december 2026") < second < page.index("13. januar 2027")


def test_an_option_that_is_a_label_begins_with_a_capital(cast: Cast) -> None:
    slot(cast.speaker)
    assert ">Grundejerforening</option>" in visit(None).get(at("book")).content.decode()


def test_who_asks_on_a_sunday_gets_a_deadline_before_the_weekend(cast: Cast) -> None:
    sunday = dt.datetime(2026, 11, 29, 12, tzinfo=dt.UTC)
    assert requested(cast, now=sunday).answer_by == dt.date(2026, 12, 4)
