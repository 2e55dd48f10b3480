"""What is held for a chair takes as much of the speaker's time as a talk: with the way there and back."""

import datetime as dt
import uuid

import pytest

from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, person, slot, speaker, visit
from talks.actions import bookings, offers, slots, wishes
from talks.actions.holding import take_evening_off
from talks.models import Booking, Slot, SlotHold
from talks.tests.bookings import confirmed, requested, unverified
from talks.tests.sent_links import path_of
from talks.tests.test_access import at
from talks.tests.test_wishes import wished

OTHER = {"email": "other@randers.example", "association": "Enghaven"}


def two_close(cast: Cast) -> tuple[Slot, Slot]:
    """Return 16-18 and 18-20 of one speaker: after a talk on the first they are not back for one on the second."""
    return slot(cast.speaker, hour=16), slot(cast.speaker, hour=18)


def offered(cast: Cast, on: Slot) -> SlotHold:
    booking = offers.offer(booking=requested(cast, slot(cast.speaker, days=40)), slots=[on], by=cast.karen, now=NOW)
    return booking.holds.get()


def asked_for(cast: Cast, on: Slot) -> SlotHold:
    signe = speaker(person("Signe", cast.randers))
    return offers.ask_to_move(booking=confirmed(cast, slot(signe, days=40)), slot=on, by=cast.ruth, now=NOW)


def for_nobody(cast: Cast, on: Slot) -> SlotHold:
    """Return the hold of a request that was not taken: its mailbox belongs to another partnership."""
    submission = uuid.uuid4()
    assert unverified(cast, on, email=cast.gunnar.email, association="BRF", submission=submission) is None
    return SlotHold.objects.get(submission=submission)


HELD = pytest.mark.parametrize("held", [offered, asked_for, for_nobody])


@HELD
@pytest.mark.parametrize("is_earlier", [True, False])
def test_no_talk_is_booked_too_close_to_a_held_evening(cast: Cast, held, is_earlier: bool) -> None:
    pair = two_close(cast)
    kept, other = (pair[1], pair[0]) if is_earlier else pair
    held(cast, kept)
    with pytest.raises(Refused) as refused:
        unverified(cast, other, **OTHER)
    assert refused.value.reason == "too_close"


@pytest.mark.parametrize(("held", "take"), [(offered, offers.accept), (asked_for, offers.agree_to_move)])
def test_the_held_evening_can_still_be_had(cast: Cast, held, take) -> None:
    earlier, later = two_close(cast)
    hold = held(cast, later)
    with pytest.raises(Refused):
        requested(cast, earlier, **OTHER)
    by = cast.ruth if take is offers.accept else cast.karen
    assert take(hold=hold, by=by, now=NOW).starts_at == later.starts_at


def test_an_evening_too_close_to_a_talk_is_neither_offered_nor_asked_for(cast: Cast) -> None:
    earlier, later = two_close(cast)
    requested(cast, earlier, **OTHER)
    for held in (offered, asked_for):
        with pytest.raises(Refused) as refused:
            held(cast, later)
        assert refused.value.reason == "too_close"


def test_an_evening_too_close_to_a_held_one_is_not_offered_to_others_but_to_the_same_chair(cast: Cast) -> None:
    earlier, later = two_close(cast)
    booking = offered(cast, later).booking
    other = requested(cast, slot(cast.speaker, days=41), **OTHER)
    with pytest.raises(Refused) as refused:
        offers.offer(booking=other, slots=[earlier], by=cast.karen, now=NOW)
    assert refused.value.reason == "too_close"
    offers.offer(booking=booking, slots=[earlier, later], by=cast.karen, now=NOW)
    assert booking.holds.standing(NOW).count() == 2


def test_no_wish_is_met_too_close_to_a_held_evening(cast: Cast) -> None:
    made = wished(cast)
    offered(cast, slot(cast.speaker, days=21, hour=16))
    with pytest.raises(Refused) as refused:
        wishes.accept(wish=made, speaker=cast.speaker, day=made.wished_days[0], by=cast.karen, now=NOW)
    assert refused.value.reason == "too_close"


@pytest.mark.parametrize(("apart", "is_taken"), [(0, True), (29, True), (30, False)])
def test_a_slot_within_the_way_home_from_a_held_evening_is_taken(cast: Cast, apart: int, is_taken: bool) -> None:
    hold = offered(cast, slot(cast.speaker, days=30))
    assert hold.travel_minutes == 30
    begins = hold.ends_at + dt.timedelta(minutes=apart)
    later = Slot.objects.create(
        partnership=cast.randers, speaker=cast.speaker, starts_at=begins, ends_at=begins + dt.timedelta(hours=1)
    )
    assert Slot.objects.bookable(NOW).filter(pk=later.pk).exists() is not is_taken


@HELD
def test_an_evening_that_is_kept_for_somebody_is_not_removed_from_an_older_page(cast: Cast, held) -> None:
    on = slot(cast.speaker)
    held(cast, on)
    page = visit(cast.sven).post(at("withdraw_slot", on.pk), follow=True).content.decode()
    assert "Aftenen er reserveret til en forening" in page
    on.refresh_from_db()
    assert on.withdrawn_at is None


@pytest.mark.parametrize(
    ("make", "reason"), [(unverified, "is_kept"), (requested, "is_kept"), (confirmed, "has_a_talk")]
)
def test_a_request_is_not_called_a_talk_when_its_evening_is_to_be_removed(cast: Cast, make, reason: str) -> None:
    on = slot(cast.speaker)
    make(cast, on)
    with pytest.raises(Refused) as refused:
        slots.withdraw_slot(slot=on, by=cast.sven, now=NOW)
    assert refused.value.reason == reason


def test_a_withdrawn_evening_is_not_chosen(cast: Cast) -> None:
    on = slot(cast.speaker)
    hold = offered(cast, on)
    Slot.objects.filter(pk=on.pk).update(withdrawn_at=NOW)
    booking = hold.booking
    page = visit(None).post(path_of(booking, "accept", version=booking.sequence), {"hold": hold.pk})
    assert page.status_code == 400
    assert "tilbyder ikke længere aftenen" in page.content.decode()
    booking.refresh_from_db()
    assert booking.state == Booking.State.OFFERED


def test_an_evening_that_its_speaker_never_offered_is_noted_as_gone_once(cast: Cast) -> None:
    booking = requested(cast)
    Slot.objects.all().delete()
    take_evening_off(booking, NOW)
    take_evening_off(booking, NOW)
    assert Slot.objects.get().withdrawn_at == NOW
    bookings.cancel(booking=booking, by=cast.karen, now=NOW)
    assert not Slot.objects.bookable(NOW).exists()
