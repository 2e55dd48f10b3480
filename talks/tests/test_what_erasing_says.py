"""Before a chair deletes themselves the page says what becomes of each talk and request; staff are told why after."""

import pytest

from partnership.outbox.queue.final_check import final_check
from partnership.people.actions.erasing import consequences_of, erase
from partnership.people.models import User
from partnership.people.tests.test_organisations import deputise
from partnership.tests.cast import NOW, Cast, slot, visit
from talks.actions import offers
from talks.tests.bookings import confirmed, mail, requested
from talks.tests.test_erasing import took_place
from talks.tests.test_wishes import wished
from talks.tests.test_words import said


@pytest.fixture(autouse=True)
def _all_read_english(cast: Cast) -> None:
    User.objects.update(language="en")
    for one in cast.everyone().values():
        one.refresh_from_db()


def page_of(person: User) -> str:
    page = visit(person).get("/en/me/erase/").content.decode().partition("<main")[2].partition("</main")[0]
    return " ".join(page.split())


@pytest.mark.parametrize("what", ["request", "offer", "wish"])
def test_what_waits_for_an_answer_is_said_to_be_withdrawn(cast: Cast, what: str) -> None:
    if what == "wish":
        wished(cast)
    else:
        booking = requested(cast)
        if what == "offer":
            offers.offer(booking=booking, slots=[slot(cast.speaker, days=40)], by=cast.karen, now=NOW)
    assert "withdrawn" in page_of(cast.ruth)
    assert len(consequences_of(cast.ruth, NOW)) == 1


def test_what_waits_is_said_to_pass_to_the_deputy(cast: Cast) -> None:
    requested(cast)
    deputise(cast.association, cast.helle)
    page = page_of(cast.ruth)
    assert "withdrawn" not in page
    assert "the deputy takes over as contact person for Vorup Grundejerforening" in page


def test_the_page_does_not_say_that_a_talk_takes_place_and_is_deleted(cast: Cast) -> None:
    confirmed(cast)
    deputise(cast.association, cast.helle)
    page = page_of(cast.ruth)
    assert "takes place: Helle takes over as contact person" in page
    assert "the talks that you have asked for" not in page


def test_a_talk_that_took_place_is_said_to_stay_as_a_count(cast: Cast) -> None:
    assert "took place" not in page_of(cast.ruth)
    took_place(cast)
    assert "stay only as numbers" in page_of(cast.ruth)


def test_the_coordinator_reads_why_a_talk_is_cancelled_and_the_contact_another(cast: Cast) -> None:
    confirmed(cast)
    erase(person=cast.ruth, by=cast.ruth, now=NOW)
    assert "The chair has been deleted from the portal" in said("association_cancelled", cast.karen).paragraphs[0]


def test_the_coordinator_is_not_told_to_call_their_own_desk(cast: Cast) -> None:
    deputise(cast.association, cast.helle)
    confirmed(cast)
    erase(person=cast.ruth, by=cast.ruth, now=NOW)
    words = said("contacts_changed", cast.karen)
    assert "Call us" not in " ".join(words.paragraphs)
    assert "The chair before has been deleted from the portal" in " ".join(words.paragraphs)
    assert words.button
    assert visit(cast.karen).get("/" + words.button[1].split("/", 3)[3]).status_code == 200


def test_a_deputy_who_takes_over_is_told_to_be_the_contact_person_and_not_the_chair(cast: Cast) -> None:
    confirmed(cast)
    deputise(cast.association, cast.helle)
    erase(person=cast.ruth, by=cast.ruth, now=NOW)
    (own,), told = mail("chair_now", cast.helle), mail("contacts_changed")
    assert told
    for message in (own, *told):
        words = final_check(message, NOW).words
        text = " ".join([words.subject, *words.paragraphs])
        assert "contact person" in text
        assert "You are now the chair" not in text
        assert not {"Chair", "Formand"} & {label for label, _fact in words.facts}
