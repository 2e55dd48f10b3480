"""What was only asked for is withdrawn, not cancelled, and has no evening of its own; nobody reads otherwise."""

import re

import pytest

from partnership.people.models import User
from partnership.people.tests.test_organisations import deputise
from partnership.tests.cast import NOW, Cast, slot, visit
from talks.actions import bookings, offers, wishes
from talks.models import Booking
from talks.tests.bookings import confirmed, requested, unverified
from talks.tests.sent_links import path_of
from talks.tests.test_access import at
from talks.tests.test_wishes import wished
from talks.tests.test_words import said


@pytest.fixture(autouse=True)
def _all_read_english(cast: Cast) -> None:
    User.objects.update(language="en")
    for one in cast.everyone().values():
        one.refresh_from_db()


def english(name: str, *args: object) -> str:
    return at(name, *args).replace("/da/", "/en/", 1)


def main(response: object) -> str:
    page = response.content.decode().partition("<main")[2].partition("</main")[0]
    return " ".join(page.split())


def offered_for_a_wish(cast: Cast) -> Booking:
    return wishes.offer(wish=wished(cast), slots=[slot(cast.speaker, days=40)], by=cast.karen, now=NOW)


def test_a_request_is_withdrawn_on_each_page_and_in_the_mail(cast: Cast) -> None:
    booking = requested(cast)
    own = main(visit(cast.ruth).get(english("booking", booking.pk)))
    assert "Withdraw the request" in own
    assert "Cancel the talk" not in own
    link = path_of(booking, "cancel").replace("/da/", "/en/", 1)
    asked, done = visit(None).get(link), visit(None).post(link)
    assert "Withdraw the request?" in main(asked)
    assert "The request is withdrawn" in main(done)
    for page in (asked, done):
        assert "ancel" not in re.sub(r"<[^>]*>", "", main(page))
    words = said("cancelled", cast.ruth)
    assert words.subject.startswith("The request is withdrawn: ")
    assert "It was you who withdrew it." in words.paragraphs[0]
    assert "ancel" not in " ".join([words.subject, *words.paragraphs])


def test_a_request_is_withdrawn_from_the_own_page_too(cast: Cast) -> None:
    booking = requested(cast)
    page = visit(cast.ruth).post(english("booking", booking.pk), follow=True)
    assert "The request is withdrawn." in page.content.decode()
    assert "This request is withdrawn by the association." in main(page)
    assert "withdrawn by the association" in main(visit(cast.karen).get(english("answer", booking.pk)))
    assert "withdrawn by the association" in main(visit(cast.ruth).get("/en/me/"))


def test_a_talk_that_was_agreed_is_cancelled(cast: Cast) -> None:
    booking = confirmed(cast)
    assert "Cancel the talk" in main(visit(cast.ruth).get(english("booking", booking.pk)))
    link = path_of(booking, "cancel").replace("/da/", "/en/", 1)
    assert "Cancel the talk?" in main(visit(None).get(link))
    assert "The talk is cancelled" in main(visit(None).post(link))
    assert said("cancelled", cast.ruth).subject.startswith("The talk is cancelled: ")


def test_the_chair_reads_that_the_deputy_withdrew_it(cast: Cast) -> None:
    deputise(cast.association, cast.helle)
    booking = Booking.objects.with_names().get(pk=requested(cast).pk)
    bookings.cancel(booking=booking, by=cast.helle, now=NOW)
    assert "It was the deputy who withdrew it." in said("cancelled", cast.ruth).paragraphs[0]


@pytest.mark.parametrize("of_a_wish", [True, False])
def test_where_none_of_the_offered_evenings_suited_no_talk_is_said_to_be_cancelled(cast: Cast, of_a_wish: bool) -> None:
    if of_a_wish:
        booking = offered_for_a_wish(cast)
    else:
        on = [slot(cast.speaker, days=40)]
        booking = offers.offer(booking=requested(cast), slots=on, by=cast.karen, now=NOW)
    choose = main(visit(cast.ruth).get(english("choose", booking.pk)))
    done = main(visit(cast.ruth).post(english("choose", booking.pk), {"none": "1"}))
    words = said("none_suited", cast.ruth)
    told = " ".join([words.subject, *words.paragraphs])
    own = main(visit(cast.ruth).get(english("booking", booking.pk)))
    for one in (choose, done, told, own, main(visit(cast.karen).get(english("answer", booking.pk)))):
        assert "is cancelled" not in one
    assert "we no longer keep the evenings" in done


def test_where_a_talk_was_agreed_it_is_cancelled_when_no_other_evening_suits(cast: Cast) -> None:
    booking = offers.offer(booking=confirmed(cast), slots=[slot(cast.speaker, days=40)], by=cast.karen, now=NOW)
    assert "the talk will be cancelled" in main(visit(cast.ruth).get(english("choose", booking.pk)))
    assert "The talk is cancelled" in main(visit(cast.ruth).post(english("choose", booking.pk), {"none": "1"}))
    assert said("none_suited", cast.ruth).subject == "The talk is cancelled, since none of the evenings suited you"


def test_an_evening_that_was_only_offered_stands_nowhere_as_the_associations(cast: Cast) -> None:
    booking = offered_for_a_wish(cast)
    offers.decline_offer(booking=booking, by=cast.ruth, now=NOW)
    card = main(visit(cast.ruth).get("/en/me/")).partition('id="my-talks"')[2]
    assert str(booking.about.title) in card
    assert "January 2027" not in card


def test_an_offer_for_a_wish_that_staff_withdraw_names_no_day(cast: Cast) -> None:
    booking = offered_for_a_wish(cast)
    link = path_of(booking, "cancel").replace("/da/", "/en/", 1)
    assert "January 2027" not in visit(None).get(link).content.decode()
    bookings.cancel(booking=booking, by=cast.karen, now=NOW)
    words = said("cancelled", cast.ruth)
    assert "January" not in " ".join([words.subject, *words.paragraphs])


def test_the_history_of_a_wish_does_not_say_that_the_chair_asked_for_an_evening(cast: Cast) -> None:
    booking = offered_for_a_wish(cast)
    page = main(visit(cast.karen).get(english("answer", booking.pk))).partition("What has happened")[2]
    assert "made from the days that the association wished for" in page
    assert "requested" not in page


def test_who_has_too_many_requests_is_told_to_withdraw_one(cast: Cast) -> None:
    for days in (20, 25, 30):
        requested(cast, slot(cast.speaker, days=days))
    assert unverified(cast, slot(cast.speaker, days=40)) is None
    assert "Withdraw one of them, or wait for our answer." in said("too_many", cast.ruth).paragraphs
