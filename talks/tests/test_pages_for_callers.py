"""The pages on which staff book, move and cancel for a caller, and what the page of a person shows of talks."""

import datetime as dt
import re
import uuid

import pytest
from allauth.account.models import EmailAddress

from partnership import clock
from partnership.people.models import LookUp, PostalAddress, User
from partnership.people.tests.looking_up import look_up
from partnership.people.tests.test_details_by_staff import written_down
from partnership.places.tests.builders import an_address
from partnership.tests.cast import NOW, Cast, slot, visit
from talks.models import Booking, TalkWish
from talks.tests.bookings import confirmed, mail, requested
from talks.tests.test_for_callers import wished
from talks.tests.test_pages import typed
from talks.tests.test_wishes import wished as wished_by_form

S = Booking.State


def booked(cast: Cast, caller: User, **more: object):
    form = typed(cast, medium="phone", association="Nyvangs Grundejerforening", submission=str(uuid.uuid4()), **more)
    for name in ("name", "email"):
        form.pop(name)
    return visit(cast.karen).post(f"/en/staff/talks/for/{caller.pk}/book/", form, follow=True)


def test_a_talk_is_booked_moved_and_cancelled_during_one_call(cast: Cast) -> None:
    gerda = written_down(cast)
    page = booked(cast, gerda).content.decode()
    booking = Booking.objects.get(association__name="Nyvangs Grundejerforening")
    assert "Say this before you hang up" in page
    assert "You get a letter that says the same." in page
    browser, other = visit(cast.karen), slot(cast.speaker, days=40)
    browser.post(f"/en/staff/talks/{booking.pk}/confirm/", {"place": booking.place})
    browser.post(f"/en/staff/talks/{booking.pk}/call/move/", {"slot": other.pk, "medium": "phone"})
    booking.refresh_from_db()
    assert (booking.state, booking.starts_at) == (S.CONFIRMED, other.starts_at)
    page = browser.post(f"/en/staff/talks/{booking.pk}/call/cancel/", {"medium": "phone"}, follow=True)
    assert "cancelled by the association" in page.content.decode()
    history = browser.get(f"/en/staff/talks/{booking.pk}/").content.decode()
    assert "asked for, and written down by staff" in history
    assert history.count("by telephone") == 3


def test_without_how_they_told_nothing_is_booked_moved_or_cancelled(cast: Cast) -> None:
    talk = confirmed(cast)
    browser = visit(cast.karen)
    for page, form in (("move", {"slot": slot(cast.speaker, days=40).pk}), ("cancel", {})):
        assert browser.post(f"/en/staff/talks/{talk.pk}/call/{page}/", form | {"medium": ""}).status_code == 400
    talk.refresh_from_db()
    assert talk.state == S.CONFIRMED


def test_a_slot_that_is_taken_meanwhile_keeps_all_that_was_typed(cast: Cast) -> None:
    on = slot(cast.speaker, days=33, hour=18)
    confirmed(cast, on)
    answer = booked(cast, cast.frede, slot=on.pk)
    assert answer.status_code == 400
    assert "Nyvangs Grundejerforening" in answer.content.decode()


def test_wished_days_are_noted_and_withdrawn_for_a_caller(cast: Cast) -> None:
    wish = wished(cast, cast.ruth)
    browser = visit(cast.karen)
    page = browser.post(f"/en/staff/talks/wishes/{wish.pk}/call/withdraw/", follow=True).content.decode()
    assert "The wished days are withdrawn for the caller." in page
    assert TalkWish.objects.get(pk=wish.pk).is_withdrawn


def test_what_is_sent_again_is_said_with_the_way_that_it_goes(cast: Cast) -> None:
    talk = confirmed(cast)
    form = {"submission": str(uuid.uuid4())}
    page = visit(cast.karen).post(f"/en/staff/talks/{talk.pk}/call/send/", form, follow=True).content.decode()
    assert "It is sent again. The chair hears of it by email." in page
    assert len(mail("confirmed", cast.ruth)) == 2


def test_the_page_of_a_chair_shows_talks_and_what_staff_can_do_for_a_caller(cast: Cast) -> None:
    talk, wish = confirmed(cast), wished_by_form(cast)
    page = look_up(visit(cast.karen), cast.ruth)
    tasks = ["Book a talk for this caller", "Ask for a talk on days", "Move the talk on", "Cancel the talk on"]
    for said in tasks:
        assert said in page, said
    assert f"/en/staff/talks/{talk.pk}/call/" in page
    assert f"/en/staff/talks/wishes/{wish.pk}/call/" in page


def test_who_has_not_called_gets_no_tasks_and_the_card_all_the_same(cast: Cast) -> None:
    talk = confirmed(cast)
    page = look_up(visit(cast.karen), cast.ruth, purpose=LookUp.Purpose.LETTER_OR_SLIP)
    assert "Book a talk for this caller" not in page
    assert f"/en/staff/talks/{talk.pk}/" in page


def test_the_page_of_a_speaker_shows_the_talks_they_give(cast: Cast) -> None:
    confirmed(cast)
    assert "Gives these talks" in look_up(visit(cast.karen), cast.sven)


def test_a_talk_that_is_over_is_neither_moved_nor_cancelled_for_a_caller(cast: Cast) -> None:
    over = confirmed(cast, slot(cast.speaker, days=-3), now=clock.now() - dt.timedelta(days=60))
    assert "Move the talk on" not in look_up(visit(cast.karen), over.association.chair)


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_the_pages_are_in_each_language(cast: Cast, language: str) -> None:
    talk, wish = confirmed(cast), wished(cast, cast.ruth)
    browser, staff = visit(cast.karen), f"/{language}/staff/talks"
    for page in (
        f"for/{cast.ruth.pk}/book/", f"for/{cast.ruth.pk}/wish/", f"{talk.pk}/call/", f"{talk.pk}/call/move/",
        f"{talk.pk}/call/cancel/", f"wishes/{wish.pk}/call/",
    ):  # fmt: skip
        answer = browser.get(f"{staff}/{page}")
        assert answer.status_code == 200, page
        assert f'lang="{language}"' in answer.content.decode()


REMINDED = "We remind you a week before and the day before."


REMINDED_BY_LETTER = "You get a letter that reminds you, some days before."


@pytest.mark.parametrize(
    "days, by_letter, said",
    [
        (40, False, REMINDED),
        (40, True, REMINDED_BY_LETTER),
        (9, True, REMINDED_BY_LETTER),
        (8, True, REMINDED_BY_LETTER),
        (8, False, REMINDED),
    ],
)
def test_reminders_are_promised_only_as_they_still_arrive(cast: Cast, days: int, by_letter: bool, said: str) -> None:
    ahead = slot(cast.speaker, days=days + (clock.now() - NOW).days)
    talk = confirmed(cast, ahead, now=clock.now())
    if by_letter:
        User.objects.filter(pk=cast.ruth.pk).update(email=None)
        PostalAddress.objects.create(person=cast.ruth, address=an_address(cast.vorup))
    page = visit(cast.karen).get(f"/en/staff/talks/{talk.pk}/call/").content.decode()
    assert [one for one in (REMINDED, REMINDED_BY_LETTER) if one in page] == ([said] if said else [])


def test_reminders_are_not_promised_to_a_mailbox_that_is_not_verified(cast: Cast) -> None:
    talk = confirmed(cast, slot(cast.speaker, days=40))
    EmailAddress.objects.filter(user=cast.ruth).update(verified=False)
    assert REMINDED not in visit(cast.karen).get(f"/en/staff/talks/{talk.pk}/call/").content.decode()


def test_a_talk_that_is_confirmed_during_a_call_stays_on_the_page_of_the_call(cast: Cast) -> None:
    booking = requested(cast)
    browser = visit(cast.karen)
    call = f"/en/staff/talks/{booking.pk}/call/"
    form = re.search(r'<form[^>]*/confirm/".*?</form>', browser.get(call).content.decode(), re.DOTALL)
    assert form
    typed = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[0]))
    answer = browser.post(f"/en/staff/talks/{booking.pk}/confirm/", typed)
    assert answer.url == f"{call}?done=1"
    page = browser.get(answer.url).content.decode()
    assert "The talk is agreed:" in page
    again = browser.post(f"/en/staff/talks/{booking.pk}/confirm/", {})
    assert again.url == f"/en/staff/talks/{booking.pk}/"
