"""After each step a page says what comes next, and leads on."""

import datetime as dt

import icalendar
import pytest

from partnership.tests.cast import NOW, Cast, slot, visit
from talks.actions import offers
from talks.models import Booking
from talks.tests.bookings import confirmed, mail, requested, unverified
from talks.tests.sent_links import path_of
from talks.tests.test_access import at
from talks.tests.test_offers import offered, path
from talks.tests.test_wishes import wished


def leads_to(page: str, *names: str, pk: int) -> list[bool]:
    return [f'href="{at(name, pk)}"' in page for name in names]


def test_after_verifying_the_way_leads_to_the_request(cast: Cast) -> None:
    booking = unverified(cast)
    page = visit(None).post(path(booking, "verify")).content.decode()
    assert leads_to(page, "booking", "poster", pk=booking.pk) == [True, False]
    assert 'href="/da/talks/"' in page.partition("<main")[2].partition("</main")[0]


def test_after_choosing_and_moving_the_way_leads_to_talk_poster_and_calendar(cast: Cast) -> None:
    booking, _three = offered(cast)
    chosen = visit(None).post(path(booking, "accept", booking.sequence), {"hold": booking.holds.first().pk})
    on = slot(cast.speaker, days=50)
    moved = visit(None).post(path(booking, "change"), {"slot": on.pk})
    for page in (chosen.content.decode(), moved.content.decode()):
        assert all(leads_to(page, "booking", "poster", "calendar", pk=booking.pk))


def test_after_asking_to_move_there_is_no_poster_of_a_day_that_may_change(cast: Cast, monkeypatch) -> None:
    booking, on = confirmed(cast), slot(cast.speaker, days=50)
    monkeypatch.setattr("partnership.clock.now", lambda: booking.starts_at - dt.timedelta(days=1))
    page = visit(None).post(path(booking, "change"), {"slot": on.pk}).content.decode()
    assert leads_to(page, "booking", "poster", pk=booking.pk) == [True, False]


def test_after_wishing_the_way_leads_to_the_own_page_and_the_talks(cast: Cast) -> None:
    wish = wished(cast, verified=False)
    link = path_of(wish, "verify_wish")
    page = visit(None).post(link).content.decode().partition("<main")[2].partition("</main")[0]
    assert 'href="/da/me/"' in page
    assert 'href="/da/talks/"' in page


def test_the_calendar_file_is_the_event_of_the_email(cast: Cast) -> None:
    booking = confirmed(cast)
    answer = visit(cast.ruth).get(at("calendar", booking.pk))
    assert answer.headers["Content-Type"].startswith("text/calendar")
    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(event["UID"]) == booking.calendar_uid
    assert event["DTEND"].dt - event["DTSTART"].dt == dt.timedelta(minutes=90)
    assert visit(cast.ruth).get(at("calendar", requested(cast, slot(cast.speaker, days=30)).pk)).status_code == 404


@pytest.mark.parametrize(("state", "may"), [("requested", False), ("confirmed", True), ("offered", True)])
def test_staff_decline_a_request_and_cancel_only_what_was_answered(cast: Cast, state: str, may: bool) -> None:
    booking = {"requested": requested, "confirmed": confirmed, "offered": lambda cast: offered(cast)[0]}[state](cast)
    page = visit(cast.karen).get(at("answer", booking.pk)).content.decode()
    assert (at("staff_cancel", booking.pk) in page) is may
    assert (at("decline", booking.pk) in page) is (state == "requested")


def test_after_an_offer_staff_see_the_new_dates_and_not_the_old_one(cast: Cast) -> None:
    booking, _three = offered(cast)
    for page in (at("queue"), at("answer", booking.pk)):
        read = visit(cast.karen).get(page).content.decode().partition("<main")[2]
        # Only where the offer can be withdrawn does it say which evening the talk would then be on.
        withdrawing = f'<form method="post" action="{at("withdraw_offer", booking.pk)}"'
        read = read.partition(withdrawing)[0] + read.partition(withdrawing)[2].partition("</form>")[2]
        assert [f"{day}. januar 2027" in read for day in (3, 4, 5)] == [True] * 3
        assert "14. december 2026" not in read


def test_a_chair_is_led_from_the_own_page_to_the_evenings_to_choose_from(cast: Cast) -> None:
    booking, _three = offered(cast)
    page = visit(cast.ruth).get("/da/me/").content.decode()
    assert leads_to(page, "choose", pk=booking.pk) == [True]
    assert "14. december 2026" not in page


def test_no_deadline_is_shown_where_it_was_kept(cast: Cast) -> None:
    booking, wish = confirmed(cast), wished(cast)
    karen = visit(cast.karen)
    page, waiting = at("answer_wish", wish.pk), "Vi har lovet"
    assert waiting in karen.get(page).content.decode()
    answer = karen.post(at("decline_wish", wish.pk), {"why": "Ingen kunne."})
    assert answer.status_code == 302
    for one in (page, at("answer", booking.pk)):
        assert waiting not in karen.get(one).content.decode()


def test_after_a_speaker_is_found_staff_see_the_talk(cast: Cast) -> None:
    wish = wished(cast)
    answer = visit(cast.karen).post(at("accept_wish", wish.pk), {"speaker": cast.speaker.pk, "day": wish.days[0]})
    assert answer.url == at("answer", Booking.objects.get().pk)
    assert mail("confirmed", cast.ruth)


def test_a_chair_who_is_offered_evenings_again_is_shown_the_new_ones_alone(cast: Cast) -> None:
    booking, _three = offered(cast)
    offers.accept(hold=booking.holds.first(), by=cast.ruth, now=NOW)
    offers.offer(booking=booking, slots=[slot(cast.speaker, days=60)], by=cast.karen, now=NOW)
    read = visit(cast.karen).get(at("queue")).content.decode()
    assert ("23. januar 2027" in read, "4. januar 2027" in read) == (True, False)


def test_no_page_of_a_request_promises_an_email_to_a_chair_who_may_prefer_post(cast: Cast) -> None:
    booking = requested(cast)
    type(cast.ruth).objects.filter(pk=cast.ruth.pk).update(channel="letter")
    page = visit(cast.ruth).get(at("booking", booking.pk)).content.decode()
    main = page.partition("<main")[2].partition("</main")[0]
    assert "I får svar senest tirsdag den 1. december 2026" in main
    assert "e-mail" not in main
