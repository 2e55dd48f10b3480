"""Chair and speaker can call each other on the day; how we write to either does not change."""

import datetime as dt
import re

import pytest

from partnership.outbox.models import Message
from partnership.people.actions.erasing import erase
from partnership.people.models import User
from partnership.people.tests.canary import everything_in_the_database
from partnership.people.tests.test_organisations import deputise
from partnership.tests.cast import NOW, Cast, slot, visit
from partnership.tests.past_limits import past_limit
from talks.actions import bookings, wishes
from talks.models import Booking, TalkWish
from talks.retention import delete_never_verified
from talks.tests.bookings import confirmed, requested, unverified
from talks.tests.test_access import at
from talks.tests.test_pages import send
from talks.tests.test_wishes import wished
from talks.tests.test_words import said

NUMBER, OTHER, THIRD = "20 30 40 50", "60 70 80 90", "30 10 20 40"


def unbroken(number: str) -> str:
    return number.replace(" ", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize("make", [unverified, lambda cast, **more: wished(cast, verified=False, **more)])
def test_the_number_is_the_chairs_once_the_address_is_verified_and_not_before(cast: Cast, make) -> None:
    case = make(cast, phone=NUMBER)
    cast.ruth.refresh_from_db()
    assert (cast.ruth.phone, case.phone) == ("", NUMBER)
    verify = wishes.verify_wish if isinstance(case, TalkWish) else bookings.verify
    verify(now=NOW, **{"wish" if isinstance(case, TalkWish) else "booking": case})
    cast.ruth.refresh_from_db()
    case.refresh_from_db()
    assert (cast.ruth.phone, case.phone) == (NUMBER, "")


def test_the_newest_number_counts_and_an_empty_box_deletes_none(cast: Cast) -> None:
    for number, on in ((OTHER, 20), (NUMBER, 21), ("", 22)):
        requested(cast, slot(cast.speaker, days=on), phone=number)
        bookings.cancel(booking=Booking.objects.latest("pk"), by=cast.ruth, now=NOW)
    cast.ruth.refresh_from_db()
    assert cast.ruth.phone == NUMBER


@pytest.mark.parametrize(
    ("channel", "was", "becomes"),
    [("", "", NUMBER), ("mail", OTHER, NUMBER), ("letter", OTHER, NUMBER), ("sms", OTHER, OTHER)],
)
def test_a_number_turns_no_text_messages_on_or_off(cast: Cast, channel: str, was: str, becomes: str) -> None:
    User.objects.filter(pk=cast.ruth.pk).update(channel=channel, phone=was, verified_phone=was)
    before = User.objects.get(pk=cast.ruth.pk).reached_by
    requested(cast, phone=NUMBER)
    ruth = User.objects.get(pk=cast.ruth.pk)
    assert (ruth.channel, ruth.phone, ruth.reached_by) == (channel, becomes, before)


def test_the_form_asks_for_a_number_and_takes_none_that_cannot_be_dialled(cast: Cast) -> None:
    assert send(cast, phone="halvtreds").status_code == 400
    assert send(cast, slot=slot(cast.speaker, days=61).pk, phone=NUMBER).status_code == 302
    assert Booking.objects.get().phone == NUMBER


@pytest.mark.parametrize("page", ["answer", "answer_wish", "booking"])
def test_staff_and_the_speaker_of_the_talk_can_call_the_chair(cast: Cast, page: str) -> None:
    case = {"answer": requested, "answer_wish": wished, "booking": confirmed}[page](cast, phone=NUMBER)
    read = visit(cast.sven if page == "booking" else cast.karen).get(at(page, case.pk)).content.decode()
    assert 'href="tel:+4520304050"' in read


@pytest.mark.parametrize("kind", ["confirmed", "reminder_7days", "reminder_1day"])
def test_each_reads_the_others_number_in_the_emails_about_the_talk(cast: Cast, kind: str) -> None:
    User.objects.filter(pk=cast.sven.pk).update(phone=OTHER)
    confirmed(cast, phone=NUMBER)
    assert f"Ruth, ruth@randers.example, {unbroken(NUMBER)}" in dict(said(kind, cast.sven).facts).values()
    assert dict(said(kind, cast.ruth).facts)["Foredragsholder"] == f"Sven, {unbroken(OTHER)}"


def test_a_speaker_without_a_number_is_named_with_whom_to_call_instead(cast: Cast) -> None:
    booking = confirmed(cast)
    assert dict(said("confirmed", cast.ruth).facts)["Foredragsholder"] == "Sven"
    page = visit(cast.ruth).get(at("booking", booking.pk)).content.decode()
    (who,) = [facts for facts in re.findall('<dl class="facts">.*?</dl>', page, re.DOTALL) if "Sven" in facts]
    (number,) = re.findall(r'href="tel:([^"]*)"', who)
    assert number.endswith(cast.randers.contact_phone.replace(" ", ""))


def test_the_speakers_number_is_for_the_chair_of_a_confirmed_talk_that_is_ahead(cast: Cast, monkeypatch) -> None:
    User.objects.filter(pk=cast.sven.pk).update(phone=OTHER)
    asked = requested(cast, slot(cast.speaker, days=30))
    talk = confirmed(cast)
    link = 'href="tel:+4560708090"'
    read = {one: visit(cast.ruth).get(at("booking", one.pk)).content.decode() for one in (asked, talk)}
    assert (link in read[talk], link in read[asked]) == (True, False)
    # Numbers are printed with no-break spaces. The control: the email that confirms has it.
    written = {one: str(said(one, cast.ruth)).replace("\\xa0", " ") for one in ("requested", "confirmed")}
    assert {one: OTHER in words for one, words in written.items()} == {"requested": False, "confirmed": True}
    monkeypatch.setattr("partnership.clock.now", lambda: talk.ends_at + dt.timedelta(hours=1))
    assert link not in visit(cast.ruth).get(at("booking", talk.pk)).content.decode()


def test_the_speaker_reaches_the_chair_until_the_day_after_the_talk_whoever_closes_it(cast: Cast, monkeypatch) -> None:
    talk = confirmed(cast, phone=NUMBER, note="Kaffe til tyve")
    for hours, is_shown in ((1, True), (25, False)):
        monkeypatch.setattr("partnership.clock.now", lambda after=hours: talk.ends_at + dt.timedelta(hours=after))
        page = visit(cast.sven).get(at("booking", talk.pk)).content.decode()
        read = [told in page for told in ('href="tel:+4520304050"', cast.ruth.email)]
        assert read == [is_shown, is_shown]
        assert "Kaffe til tyve" in page


def test_a_number_of_a_request_that_is_never_verified_is_deleted_with_it(cast: Cast) -> None:
    unverified(cast, phone=NUMBER)
    wished(cast, verified=False, phone=OTHER)
    later = NOW + dt.timedelta(days=31)
    assert delete_never_verified(later) == 1
    assert past_limit(later)["talks.TalkWish"] == 1
    assert past_limit(NOW + dt.timedelta(days=29)).get("talks.TalkWish", 0) == 0


@pytest.mark.parametrize("has_deputy", [False, True])
def test_with_the_chair_goes_the_number(cast: Cast, has_deputy: bool) -> None:
    confirmed(cast, phone=NUMBER)
    unverified(cast, slot(cast.speaker, days=30), phone=OTHER)
    wished(cast, verified=False, phone=THIRD)
    if has_deputy:
        deputise(cast.association, cast.frede)
    assert everything_in_the_database().count(NUMBER)
    erase(person=cast.ruth, by=cast.ruth, now=NOW)
    left = everything_in_the_database()
    assert (NUMBER in left, OTHER in left, THIRD in left) == (False, False, False)
    assert Message.objects.exists()


def test_a_link_that_is_pressed_after_a_handover_gives_the_new_chair_no_number(cast: Cast) -> None:
    asked, wish = unverified(cast, phone=NUMBER), wished(cast, verified=False, phone=OTHER)
    deputise(cast.association, cast.frede)
    erase(person=cast.ruth, by=cast.ruth, now=NOW)
    bookings.verify(booking=Booking.objects.get(pk=asked.pk), now=NOW)
    wishes.verify_wish(wish=TalkWish.objects.get(pk=wish.pk), now=NOW)
    assert cast.association.contacts.get().person == cast.frede
    assert User.objects.get(pk=cast.frede.pk).phone == ""
