"""A link in an email opens a page that is true also after the case has moved on without its reader's press."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation

from partnership.outbox.queue.final_check import final_check
from partnership.people.models import User
from partnership.people.tests.test_organisations import deputise
from partnership.places.need import Need
from partnership.tests.cast import NOW, Cast, slot, visit
from talks.actions import bookings, offers, wishes
from talks.models import Booking, Slot
from talks.templatetags.talks_words import lack_a_need
from talks.tests.bookings import confirmed, mail, requested
from talks.tests.sent_links import path_of
from talks.tests.test_for_callers import wished

THANKS = "Thank you for telling us. Others can have the time now."


def in_english(path: str) -> str:
    return "/en/" + path.lstrip("/").partition("/")[2]


def test_the_page_of_a_cancel_link_says_that_we_have_cancelled(cast: Cast) -> None:
    booking = confirmed(cast)
    link = in_english(path_of(booking, "cancel"))
    bookings.cancel(booking=booking, by=cast.karen, why="Sven er syg.", now=NOW)
    for press in (visit(None).get, visit(None).post):
        page = press(link).content.decode()
        assert "We have cancelled this talk." in page
        assert THANKS not in page
        assert "See free evenings" in page
        assert "Tell us which days suit you" in page


def test_it_thanks_who_has_pressed_and_only_then(cast: Cast) -> None:
    booking = confirmed(cast)
    link = in_english(path_of(booking, "cancel"))
    assert THANKS in visit(None).post(link).content.decode()
    again = visit(None).get(link).content.decode()
    assert THANKS not in again
    assert "This talk is cancelled by the association." in again


def test_a_request_that_we_withdrew_is_called_that(cast: Cast) -> None:
    booking = requested(cast)
    link = in_english(path_of(booking, "cancel"))
    bookings.cancel(booking=booking, by=cast.karen, why="Dobbelt.", now=NOW)
    assert "We have withdrawn this request." in visit(None).get(link).content.decode()


@pytest.mark.parametrize("ended", ["withdrawn", "declined"])
def test_the_link_of_wished_days_no_longer_promises_an_answer_that_was_given(cast: Cast, ended: str) -> None:
    wish = wished(cast, cast.ruth)
    link = in_english(path_of(wish, "verify_wish"))
    assert "You will get our answer no later than" in visit(None).get(link).content.decode()
    if ended == "withdrawn":
        wishes.withdraw(wish=wish, by=cast.ruth, now=NOW)
    else:
        wishes.decline(wish=wish, by=cast.karen, why="Ingen kan.", now=NOW)
    page = visit(None).get(link).content.decode()
    assert "You will get our answer" not in page
    said = {"withdrawn": "The wished days are withdrawn", "declined": "We have answered your wishes."}
    assert said[ended] in page


def test_staff_read_whether_the_evening_of_a_talk_that_they_cancel_is_free_again(cast: Cast) -> None:
    booking = confirmed(cast)
    page = f"/en/staff/talks/{booking.pk}/"
    assert "The evening is" not in visit(cast.karen).get(page).content.decode()
    bookings.cancel(booking=booking, by=cast.karen, why="Nej.", now=NOW)
    assert "The evening is free again: others can ask for it." in visit(cast.karen).get(page).content.decode()
    Slot.objects.update(withdrawn_at=NOW)
    assert "The evening is not offered again" in visit(cast.karen).get(page).content.decode()


@pytest.mark.parametrize("which", ["taken", "unknown", "odd"])
def test_a_link_to_an_evening_that_is_gone_says_so(cast: Cast, which: str) -> None:
    slot(cast.speaker, days=30)
    booking = confirmed(cast)
    taken = Slot.objects.get(starts_at=booking.starts_at)
    number = {"taken": taken.pk, "unknown": 9999, "odd": "abc"}[which]
    said = "The evening that you chose is no longer free."
    with translation.override("en"):
        staff = reverse("talks:book_for", args=[cast.ruth.pk])
    assert said in visit(None).get(f"/en/talks/book/?slot={number}").content.decode()
    assert said in visit(cast.karen).get(f"{staff}?slot={number}").content.decode()
    assert said not in visit(None).get("/en/talks/book/").content.decode()


def test_so_it_does_where_no_evening_is_free(cast: Cast) -> None:
    confirmed(cast)
    Slot.objects.exclude(starts_at=Booking.objects.get().starts_at).update(withdrawn_at=NOW - dt.timedelta(days=1))
    page = visit(None).get("/en/talks/book/?slot=9999").content.decode()
    assert "No free evenings just now" in page
    assert "The evening that you chose is no longer free." in page


def offered(cast: Cast) -> Booking:
    booking = confirmed(cast)
    other = slot(cast.speaker, days=45)
    return offers.offer(booking=booking, slots=[other], by=cast.karen, why="Sven er syg.", now=NOW)


NONE_CHOSEN = "If you have not chosen by then, there will be no talk, and others can have the evenings."


def test_an_offer_says_what_happens_if_no_evening_is_chosen(cast: Cast) -> None:
    User.objects.filter(pk=cast.ruth.pk).update(language="en")
    booking = offered(cast)
    (told,) = mail("offered", cast.ruth)
    words = final_check(told, NOW).words
    assert words
    assert NONE_CHOSEN in words.paragraphs
    assert NONE_CHOSEN in visit(None).get(in_english(path_of(booking, "accept", version=booking.sequence))).text
    assert NONE_CHOSEN in visit(cast.karen).get(f"/en/staff/talks/{booking.pk}/call/").text


def test_the_yearly_page_names_the_deputy_as_its_email_does(cast: Cast) -> None:
    link = in_english(path_of(cast.association, "confirm_association"))
    assert "nobody yet" in visit(None).get(link).text
    deputise(cast.association, cast.frede)
    assert "Frede" in visit(None).get(in_english(path_of(cast.association, "confirm_association"))).text


@pytest.mark.parametrize(("known", "is_said"), [((True, True), False), ((True, False), True)])
def test_a_dash_is_explained_where_one_stands(known: tuple[bool, bool], is_said: bool) -> None:
    pairs = [(Booking(), Need(homes=100, burglaries=2.0 if one else None, helpers=1.0, period="2025")) for one in known]
    assert lack_a_need(pairs) == is_said
