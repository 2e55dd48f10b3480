"""Chair and deputy read what the association told us on the form, and change it until the talk."""

import datetime as dt

import pytest

from partnership import clock
from partnership.outbox.queue.final_check import final_check
from partnership.people.tests.test_organisations import deputise
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, visit
from talks.actions import bookings, place_facts
from talks.models import Booking
from talks.tests.bookings import confirmed, mail, requested
from talks.tests.test_access import ANSWERS, at, those_whom_it_lets

# A place with steps and a screen, for members: the opposite of what the cast's chair asked for.
NEW = {
    "place": "Skolen, Skolegade 1",
    "is_accessible": "no",
    "has_projector": "yes",
    "is_public": "yes",
    "note": "Ring på",
}
SAME = {"place": "Fælleshuset, Eksempelvej 1", "is_accessible": "yes", "has_projector": "no", "is_public": "no"}


def test_the_chair_reads_what_was_answered_and_the_form_shows_it(cast: Cast) -> None:
    booking = confirmed(cast, note="Porten er låst")
    page = visit(cast.ruth).get(at("booking", booking.pk)).content.decode()
    for told in ("Porten er låst", at("place_facts", booking.pk)):
        assert told in page
    for label, answer in (
        ("Adgang uden trin", "Ja"),
        ("Skærm eller projektor", "Nej"),
        ("Hvem må komme", "Kun medlemmer"),
    ):
        assert f"<dt>{label}</dt><dd>{answer}</dd>" in page
    form = visit(cast.ruth).get(at("place_facts", booking.pk)).content.decode()
    assert 'value="Fælleshuset, Eksempelvej 1"' in form
    assert form.count("checked") == 3
    assert "Porten er låst" in form


def test_speaker_and_staff_are_shown_no_form_of_the_chairs(cast: Cast) -> None:
    booking = confirmed(cast)
    assert at("place_facts", booking.pk) not in visit(cast.sven).get(at("booking", booking.pk)).content.decode()


@pytest.mark.parametrize("make", [requested, confirmed])
def test_new_answers_are_stored_as_a_step_and_shown_to_staff(cast: Cast, make) -> None:
    booking = make(cast)
    steps = booking.steps.count()
    said = visit(cast.ruth).post(at("place_facts", booking.pk), NEW, follow=True)
    assert said.redirect_chain == [(at("booking", booking.pk), 302)]
    booking.refresh_from_db()
    stored = (booking.place, booking.is_accessible, booking.has_projector, booking.is_public, booking.note)
    assert stored == ("Skolen, Skolegade 1", False, True, True, "Ring på")
    assert (booking.steps.count(), booking.steps.latest("pk").by) == (steps + 1, cast.ruth)
    page = visit(cast.karen).get(at("answer", booking.pk)).content.decode()
    answers = "Adgang uden trin: Nej; Skærm eller projektor: Ja; Hvem må komme: Alle, der bor i nærheden"
    assert f"foreningen har ændret: stedet og bemærkningen; {answers}, Ruth" in page


def test_speaker_chair_and_coordinator_of_a_confirmed_talk_are_told_what_is_new(cast: Cast) -> None:
    booking = confirmed(cast)
    visit(cast.ruth).post(at("place_facts", booking.pk), SAME | {"has_projector": "yes", "place": "Skolen"})
    assert {one.recipient for one in mail("changed")} == {cast.sven, cast.ruth}
    words = final_check(mail("changed", cast.sven)[0], NOW).words
    assert words.paragraphs == ["Foreningen har ændret: stedet; Skærm eller projektor: Ja."]
    assert ("Hvor", "Skolen") in words.facts
    assert b"LOCATION:Skolen" in words.calendar.body
    assert "Kontakt" in dict(words.facts)
    assert "Kontakt" not in dict(final_check(mail("changed", cast.ruth)[0], NOW).words.facts)
    (digest,) = mail("association_changed", cast.karen)
    assert "er ændret ved" in final_check(digest, digest.due_at).words.subject


def test_of_a_request_that_is_not_answered_nobody_is_told(cast: Cast) -> None:
    booking = requested(cast)
    visit(cast.ruth).post(at("place_facts", booking.pk), NEW)
    assert not mail("changed")


def test_the_same_answers_again_are_no_step_and_tell_nobody(cast: Cast) -> None:
    booking = confirmed(cast)
    steps = booking.steps.count()
    page = visit(cast.ruth).post(at("place_facts", booking.pk), SAME, follow=True).content.decode()
    assert "Intet er ændret." in page
    assert booking.steps.count() == steps
    assert not mail("changed")


@pytest.mark.parametrize("place", ["", "www.example.dk", "010190-1234"])
def test_what_cannot_be_a_place_comes_back_and_changes_nothing(cast: Cast, place: str) -> None:
    booking = confirmed(cast)
    page = visit(cast.ruth).post(at("place_facts", booking.pk), NEW | {"place": place})
    assert page.status_code == 400
    booking.refresh_from_db()
    assert booking.place == "Fælleshuset, Eksempelvej 1"


def test_chair_deputy_and_staff_change_the_answers(cast: Cast) -> None:
    booking = confirmed(cast)
    deputise(cast.association, cast.helle)
    again = Booking.objects.with_names()

    def act(by) -> object:
        return place_facts.change_place_facts(booking=again.get(pk=booking.pk), facts={"note": "Nyt"}, by=by, now=NOW)

    assert those_whom_it_lets(cast, act) == {"ruth", "helle"} | ANSWERS


def test_staff_change_the_place_that_the_chair_tells_on_the_telephone_and_both_sides_hear_of_it(cast: Cast) -> None:
    booking = confirmed(cast)
    karen = visit(cast.karen)
    assert at("place_facts", booking.pk) in karen.get(at("answer", booking.pk)).content.decode()
    said = karen.post(at("place_facts", booking.pk), SAME | {"place": "Skolen"}, follow=True)
    assert said.redirect_chain == [(at("answer", booking.pk), 302)]
    assert "Foredragsholder" in said.content.decode()
    for reader in (cast.sven, cast.ruth):
        words = final_check(mail("changed", reader)[0], NOW).words
        assert words.paragraphs == ["Vi har ændret stedet."]
        assert b"LOCATION:Skolen" in words.calendar.body
    assert not mail("association_changed")


@pytest.mark.parametrize("ended", ["cancelled", "begun"])
def test_once_the_talk_has_begun_or_is_cancelled_nothing_is_changed(cast: Cast, ended: str, monkeypatch) -> None:
    booking = confirmed(cast)
    now = booking.starts_at if ended == "begun" else NOW
    if ended == "cancelled":
        booking = bookings.cancel(booking=booking, by=cast.ruth, now=NOW)
    with pytest.raises(Refused) as refused:
        place_facts.change_place_facts(booking=booking, facts={"note": "Nyt"}, by=cast.ruth, now=now)
    assert refused.value.reason == "too_late"
    monkeypatch.setattr(clock, "now", lambda: now + dt.timedelta(minutes=1))
    assert at("place_facts", booking.pk) not in visit(cast.ruth).get(at("booking", booking.pk)).content.decode()
    assert "<form" not in visit(cast.ruth).get(at("place_facts", booking.pk)).content.decode().partition("<main")[2]


def test_a_talk_for_everybody_leads_the_chair_to_its_public_page(cast: Cast) -> None:
    booking = confirmed(cast)
    link = f'href="{at("open", booking.pk)}"'
    assert link not in visit(cast.ruth).get(at("booking", booking.pk)).content.decode()
    visit(cast.ruth).post(at("place_facts", booking.pk), SAME | {"is_public": "yes"})
    assert link not in visit(cast.ruth).get(at("booking", booking.pk)).content.decode()
    visit(cast.karen).post(at("show", booking.pk), {"place": booking.place, "is_public": "on"})
    assert link in visit(cast.ruth).get(at("booking", booking.pk)).content.decode()
    assert visit(None).get(at("open", booking.pk)).status_code == 200
