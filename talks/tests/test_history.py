"""The steps of a talk say what was done, and from what to what."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import translation

from partnership.people.actions.erasing import erase
from partnership.tests.cast import NOW, Cast, person, slot, speaker, visit
from talks.actions import bookings, closing, offers, place_facts
from talks.history import standing
from talks.models import Booking, BookingStep
from talks.tests.bookings import confirmed, requested, unverified
from talks.tests.test_access import at
from talks.tests.test_offers import offered

WAS, NEW = (
    "mandag den 14. december 2026 kl.\N{NO-BREAK SPACE}19.00",
    "torsdag den 24. december 2026 kl.\N{NO-BREAK SPACE}19.00",
)
DAY = dt.timedelta(days=1)


def history(cast: Cast, booking: Booking) -> str:
    page = visit(cast.karen).get(at("answer", booking.pk)).content.decode()
    return page.partition("Det er der sket")[2].partition("</ol>")[0]


def test_a_move_says_from_when_to_when(cast: Cast) -> None:
    booking = confirmed(cast)
    bookings.move(booking=booking, slot=slot(cast.speaker, days=30), by=cast.ruth, now=NOW)
    assert f"flyttet fra {WAS} til {NEW}, Ruth" in history(cast, booking)


def test_a_move_to_another_speaker_says_so(cast: Cast) -> None:
    booking = confirmed(cast)
    bookings.move(booking=booking, slot=slot(speaker(person("Signe", cast.randers)), days=30), by=cast.karen, now=NOW)
    assert f"flyttet fra {WAS} til {NEW}, med en anden foredragsholder" in history(cast, booking)


def test_the_same_evening_with_another_speaker_is_no_second_confirmation(cast: Cast) -> None:
    booking = confirmed(cast)
    bookings.move(booking=booking, slot=slot(speaker(person("Signe", cast.randers))), by=cast.karen, now=NOW)
    assert "givet videre til en anden foredragsholder" in history(cast, booking)


def test_an_evening_that_the_chair_chose_is_named(cast: Cast) -> None:
    booking, _three = offered(cast)
    offers.accept(hold=booking.holds.order_by("starts_at").first(), by=cast.ruth, now=NOW)
    assert "bekræftet: søndag den 3. januar 2027" in history(cast, booking)


def test_asking_to_move_and_the_refusal_name_the_evening(cast: Cast) -> None:
    on = slot(speaker(person("Signe", cast.randers)), days=30)
    hold = offers.ask_to_move(booking=confirmed(cast), slot=on, by=cast.ruth, now=NOW)
    offers.refuse_to_move(hold=hold, by=cast.karen, now=NOW, why="Salen er optaget.")
    said = history(cast, hold.booking)
    assert f"bad om at flytte til {NEW}, Ruth" in said
    assert f"ikke flyttet til {NEW}, Karen" in said
    assert "Salen er optaget." in said


@pytest.mark.parametrize(
    ("was", "new", "said"),
    [
        ((True, 31), (True, 32), "rettet fra »afholdt, 31 kom« til »afholdt, 32 kom«"),
        ((True, 31), (False, None), "rettet fra »afholdt, 31 kom« til »ikke afholdt«"),
        ((False, None), (True, 5), "rettet fra »ikke afholdt« til »afholdt, 5 kom«"),
    ],
)
def test_a_correction_says_what_was_corrected(cast: Cast, was: tuple, new: tuple, said: str) -> None:
    booking = confirmed(cast)
    now = booking.ends_at + DAY
    closing.close(booking=booking, took_place=was[0], attendance=was[1], by=cast.sven, now=now)
    closing.correct(booking=booking, took_place=new[0], attendance=new[1], by=cast.karen, now=now)
    assert said in history(cast, booking)


def test_steps_from_before_it_was_recorded_say_the_state(cast: Cast) -> None:
    booking = confirmed(cast)
    booking.steps.create(from_state="confirmed", to_state="confirmed", at=NOW, by=cast.karen)
    booking.steps.create(from_state="confirmed", to_state="held", at=NOW, by=cast.karen)
    booking.steps.create(from_state="held", to_state="held", at=NOW, by=cast.karen)
    Booking.objects.filter(pk=booking.pk).update(state="held")
    said = history(cast, booking)
    assert [word in said for word in ("bekræftet", "afholdt", "rettet")] == [True] * 3


def test_no_step_keeps_what_a_chair_wrote_once_they_are_erased(cast: Cast) -> None:
    booking = confirmed(cast)
    new = {"place": "Ruths stue, Hemmelig Vej 1", "note": "Ring på hos Ruth"}
    place_facts.change_place_facts(booking=booking, facts=new, by=cast.ruth, now=NOW)
    closing.close(booking=booking, took_place=True, attendance=3, by=cast.sven, now=booking.ends_at + DAY)
    erase(person=cast.ruth, by=cast.ruth, now=booking.ends_at + 2 * DAY)
    assert booking.steps.exists()
    assert not [step for step in booking.steps.all() if "Ruth" in str(step.changed) or "Hemmelig" in str(step.changed)]


def test_a_change_by_staff_is_not_said_to_be_the_associations(cast: Cast) -> None:
    booking = confirmed(cast)
    for by, said in ((cast.karen, ": ændret: "), (cast.ruth, "foreningen har ændret: ")):
        BookingStep.objects.create(
            booking=booking, from_state="confirmed", to_state="confirmed", by=by, at=NOW,
            changed={"is_accessible": [True, False]},
        )  # fmt: skip
        assert said in history(cast, booking)
        assert ("foreningen har ændret" in history(cast, booking)) == (by == cast.ruth)


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_every_state_of_a_talk_is_a_sentence(cast: Cast, language: str) -> None:
    booking, said = Booking(ends_at=NOW + dt.timedelta(days=400)), set()
    with translation.override(language):
        for state in set(Booking.State) - {Booking.State.CANCELLED, Booking.State.LAPSED}:
            booking.state = state
            said.add(standing(booking))
    assert len(said) == len(Booking.State) - 2
    assert {(sentence[0].isupper(), sentence[-1]) for sentence in said} == {(True, ".")}


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (unverified, "Linket i vores e-mail blev ikke brugt i tide."),
        (requested, "Anmodningen blev ikke besvaret i tide."),
        (lambda cast: offered(cast)[0], "Der blev ikke valgt en aften i tide."),
    ],
    ids=["never verified", "not answered", "nothing chosen"],
)
def test_a_lapsed_talk_says_whose_time_ran_out(cast: Cast, make: Callable[[Cast], Booking], says: str) -> None:
    booking = make(cast)
    bookings.lapse(booking=booking, now=booking.held_until)
    assert standing(Booking.objects.get(pk=booking.pk)) == says


def test_a_talk_that_was_cancelled_since_no_evening_suited_is_said_to_be_on_its_chairs_own_page(cast: Cast) -> None:
    booking, _three = offered(cast, confirmed(cast))
    offers.decline_offer(booking=booking, by=cast.ruth, now=NOW)
    page = visit(cast.ruth).get("/da/me/").content.decode()
    assert "ingen af de tilbudte aftener passede foreningen" in page
    page = visit(cast.ruth).get(at("booking", booking.pk)).content.decode()
    assert "Foredraget er aflyst, fordi ingen af de tilbudte aftener passede foreningen." in page
