"""What staff answer an association when they confirm its talk stands in the confirmation, for the chair alone."""

import pytest
from django.utils import translation

from partnership.outbox.queue.final_check import final_check
from partnership.people.models import User
from partnership.people.tests.test_organisations import deputise
from partnership.tests.cast import NOW, Cast, person, slot, speaker, visit
from talks.actions import bookings, offers
from talks.models import Booking
from talks.tests.bookings import mail, requested
from talks.tests.test_wishes import wished

ANSWER = "Ja, der er plads til ti biler bag huset."


def facts(kind: str, to: User) -> str:
    with translation.override("da"):
        words = final_check(mail(kind, to)[0], NOW).words
    assert words is not None
    return " ".join(f"{label}: {fact}" for label, fact in words.facts)


def confirm(cast: Cast, booking: Booking, answer: str):
    return visit(cast.karen).post(
        f"/en/staff/talks/{booking.pk}/confirm/", {"place": booking.place, "answer": answer}, follow=True
    )


def test_the_answer_stands_in_the_confirmation_and_on_the_page_of_the_chair_alone(cast: Cast) -> None:
    dora = deputise(cast.association, person("Dora", cast.randers)) or cast.association.deputy
    talk = requested(cast, note="Er der parkering?")
    assert (
        "Your answer to what the association asked"
        in visit(cast.karen).get(f"/en/staff/talks/{talk.pk}/").content.decode()
    )
    confirm(cast, talk, ANSWER)
    assert ANSWER in facts("confirmed", cast.ruth)
    assert ANSWER not in facts("confirmed", cast.sven)
    assert not [one for one in mail("confirmed", dora) if ANSWER in facts("confirmed", dora)]
    own = f"/en/talks/bookings/{talk.pk}/"
    assert ANSWER in visit(cast.ruth).get(own).content.decode()
    assert ANSWER not in visit(cast.sven).get(own).content.decode()
    assert ANSWER in visit(cast.karen).get(f"/en/staff/talks/{talk.pk}/").content.decode()


def test_a_talk_is_confirmed_without_an_answer_as_before(cast: Cast) -> None:
    talk = requested(cast)
    confirm(cast, talk, "")
    talk.refresh_from_db()
    assert talk.state == Booking.State.CONFIRMED
    assert "Vores svar" not in facts("confirmed", cast.ruth)


def test_an_answer_that_is_too_long_is_kept_in_the_form_and_nothing_is_confirmed(cast: Cast) -> None:
    talk = requested(cast)
    page = confirm(cast, talk, "ja " * 101)
    assert page.status_code == 400
    assert "ja ja" in page.content.decode()
    talk.refresh_from_db()
    assert talk.state == Booking.State.REQUESTED


@pytest.mark.parametrize("answer", [ANSWER, ""])
def test_wished_days_are_met_with_an_answer_too(cast: Cast, answer: str) -> None:
    wish = wished(cast)
    form = {"speaker": cast.speaker.pk, "day": wish.days[0], "answer": answer}
    visit(cast.karen).post(f"/en/staff/talks/wishes/{wish.pk}/meet/", form)
    assert ("Vores svar" in facts("confirmed", cast.ruth)) is bool(answer)


def test_an_answer_from_before_another_speaker_took_the_talk_says_so(cast: Cast) -> None:
    signe, talk = speaker(person("Signe", cast.randers)), requested(cast, note="Har I en projektor med?")
    confirm(cast, talk, ANSWER)
    own, before = f"/da/talks/bookings/{talk.pk}/", "Det skrev vi, før en anden foredragsholder overtog foredraget."
    assert before not in visit(cast.ruth).get(own).content.decode()
    bookings.move(booking=talk, slot=slot(signe, days=30), by=cast.karen, now=NOW)
    page = visit(cast.ruth).get(own).content.decode()
    assert ANSWER in page
    assert before in page
    told = facts("moved", cast.ruth)
    assert ANSWER in told
    assert before in told
    assert ANSWER not in facts("confirmed", signe.person)
    staff = visit(cast.karen).get(f"/da/staff/talks/{talk.pk}/").content.decode()
    assert "Er vores svar stadig rigtigt?" in staff


def test_moved_with_the_same_speaker_an_answer_stays_as_it_is(cast: Cast) -> None:
    talk = requested(cast, note="Er der parkering?")
    confirm(cast, talk, ANSWER)
    bookings.move(booking=talk, slot=slot(cast.speaker, days=30), by=cast.karen, now=NOW)
    page = visit(cast.ruth).get(f"/da/talks/bookings/{talk.pk}/").content.decode()
    assert ANSWER in page
    assert "før en anden foredragsholder" not in page
    assert ANSWER not in facts("moved", cast.ruth)


def test_an_answer_is_not_sent_as_if_the_speaker_of_a_chosen_evening_had_given_it(cast: Cast) -> None:
    signe, talk = speaker(person("Signe", cast.randers)), requested(cast, note="Har I en projektor med?")
    confirm(cast, talk, ANSWER)
    offers.offer(booking=talk, slots=[slot(signe, days=30)], by=cast.karen, now=NOW)
    offers.accept(hold=talk.holds.get(closed_at=None), by=cast.ruth, now=NOW)
    with translation.override("da"):
        words = final_check(mail("confirmed", cast.ruth)[-1], NOW).words
    (told,) = [fact for label, fact in words.facts if label == "Vores svar"]
    assert "før en anden foredragsholder" in told
