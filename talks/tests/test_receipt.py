"""The receipt of a request and of a wish: a wrong address is corrected there, and all else is kept."""

import datetime as dt
import uuid

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from partnership import clock
from partnership.fields.unbroken import unbroken
from partnership.outbox.models import Message
from partnership.people.actions import inviting
from partnership.people.models import User
from partnership.tests.cast import Cast, slot, visit
from talks.actions import bookings, wishes
from talks.models import Booking, SlotHold, TalkWish
from talks.tests.bookings import mail, requested
from talks.tests.sent_links import path_of
from talks.tests.test_pages import typed

BOOK, WISH, SENT = "/da/talks/book/", "/da/talks/wish/", "/da/talks/book/sent/"
WRONG, RIGHT = "ruht@randers.example", "ruth@randers.example"
S = Booking.State


def wished(cast: Cast, **changes: object) -> dict[str, object]:
    days = [clock.today() + dt.timedelta(days=ahead) for ahead in (40, 41)]
    boxes = {
        f"{name}_{box}": part
        for name, day in zip(("first", "second"), days, strict=True)
        for box, part in enumerate((day.day, day.month, day.year))
    }
    return typed(cast, slot="none", from_hour="19.00", **boxes) | changes


def asks(cast: Cast, page: str = BOOK, email: str = WRONG, **more: object) -> Client:
    browser = visit(None)
    form = typed(cast, email=email, **more) if page == BOOK else wished(cast, email=email, **more)
    assert browser.post(page, form).url == SENT
    return browser


def corrects(browser: Client, email: str = RIGHT, **more: str):
    return browser.post(SENT, {"email": email, "submission": str(uuid.uuid4())} | more, follow=True)


@pytest.mark.parametrize("page", [BOOK, WISH])
@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_the_receipt_shows_the_address_after_a_reload_and_in_each_language(cast: Cast, page, language) -> None:
    browser = asks(cast, page)
    assert WRONG in browser.get(SENT.replace("da", language, 1)).content.decode()
    assert not Session.objects.exists()


@pytest.mark.parametrize("page", [BOOK, WISH])
def test_the_receipt_says_what_was_asked_for(cast: Cast, page: str) -> None:
    shown = asks(cast, page, association="E/F Nordlyset").get(SENT).content.decode().partition("<main")[2]
    assert "E/F Nordlyset" in shown
    assert ("kl.\N{NO-BREAK SPACE}" if page == BOOK else "<dt>Ønskede dage</dt>") in shown


def test_a_request_is_sent_to_the_right_address_with_everything_else_kept(cast: Cast) -> None:
    browser = asks(cast, note="Vi er tolv", is_accessible="on")
    page = corrects(browser)
    assert page.redirect_chain == [(SENT, 302)]
    assert RIGHT in page.content.decode()
    old, new = Booking.objects.order_by("pk")
    assert (old.state, new.state) == (S.CANCELLED, S.UNVERIFIED)
    assert (new.starts_at, new.speaker, new.note, new.is_accessible) == (old.starts_at, old.speaker, "Vi er tolv", True)
    assert [message.recipient for message in Message.objects.open().filter(kind="talks.verify")] == [cast.ruth]


def test_a_wish_is_sent_to_the_right_address_with_everything_else_kept(cast: Cast) -> None:
    browser = asks(cast, WISH)
    assert corrects(browser).redirect_chain == [(SENT, 302)]
    old, new = TalkWish.objects.order_by("pk")
    assert old.closed_at
    assert (new.days, new.from_hour, new.association.chair) == (old.days, old.from_hour, cast.ruth)
    assert [message.recipient for message in Message.objects.open().filter(kind="talks.verify_wish")] == [cast.ruth]


@pytest.mark.parametrize("page", [BOOK, WISH])
def test_nothing_is_kept_of_who_the_wrong_address_belongs_to(cast: Cast, page: str) -> None:
    browser = asks(cast, page)
    corrects(browser, "right@randers.example")
    assert not User.objects.filter(email=WRONG).exists()
    assert User.objects.filter(name="Ruth").exclude(pk=cast.ruth.pk).count() == 1


def test_a_person_whom_we_knew_keeps_their_name_when_a_stranger_typed_their_address(cast: Cast) -> None:
    User.objects.filter(pk=cast.helle.pk).update(joined_at=clock.now() - dt.timedelta(days=2))
    corrects(asks(cast, email=cast.helle.email))
    assert User.objects.filter(email=cast.helle.email, name="Helle").exists()


def test_a_person_whom_another_form_made_a_minute_ago_keeps_name_and_address(cast: Cast) -> None:
    inviting.known_or_new(email=WRONG, name="Vera", language="da", partnership=cast.randers)
    for page in (BOOK, WISH):
        corrects(asks(cast, page))
        assert User.objects.filter(email=WRONG, name="Vera").exists(), page


@pytest.mark.parametrize("page", [BOOK, WISH])
def test_what_was_confirmed_and_has_ended_stays_with_its_association(cast: Cast, page: str) -> None:
    browser = asks(cast, page, cast.frede.email, association="E/F Nord")
    if page == BOOK:
        booking = bookings.verify(booking=Booking.objects.get(), now=clock.now())
        bookings.cancel(booking=booking, by=cast.frede, now=clock.now())
        ended = Booking.objects.filter(pk=booking.pk)
    else:
        wish = wishes.verify_wish(wish=TalkWish.objects.get(), now=clock.now())
        ended = TalkWish.objects.filter(pk=wish.pk)
    corrects(browser)
    assert [one.association.chair for one in ended] == [cast.frede]
    assert ended.get().association.name == "E/F Nord"


def test_the_links_to_the_wrong_address_confirm_nothing_and_say_so(cast: Cast) -> None:
    asked, wish = asks(cast), asks(cast, WISH)
    pages = [
        path_of(Booking.objects.get(), "verify"),
        path_of(TalkWish.objects.get(), "verify_wish"),
    ]
    corrects(asked)
    corrects(wish)
    for page in pages:
        read = visit(None).get(page)
        shown = read.content.decode()
        assert (read.status_code, visit(None).post(page).status_code) == (410, 410)
        assert "sendt igen med en anden e-mailadresse" in shown
        assert "Ruth" not in shown.partition("<main")[2].partition("</main")[0]
    assert not Booking.objects.filter(state=S.REQUESTED).exists()
    assert not TalkWish.objects.filter(verified_at__isnull=False).exists()


def test_a_second_press_is_one_request_and_a_second_correction_frees_the_first(cast: Cast) -> None:
    browser, key = asks(cast), str(uuid.uuid4())
    before = browser.cookies["typed"].value
    corrects(browser, "other@randers.example", submission=key)
    twice = visit(None)
    twice.cookies["typed"] = before
    corrects(twice, "other@randers.example", submission=key)
    corrects(browser)
    assert [one.state for one in Booking.objects.order_by("pk")] == [S.CANCELLED, S.CANCELLED, S.UNVERIFIED]


@pytest.mark.parametrize("wrong", ["kalmar", "too many"])
def test_an_evening_that_was_held_for_a_refused_address_goes_to_the_right_one(cast: Cast, wrong: str) -> None:
    for days in (30, 31, 32):
        requested(cast, slot(cast.speaker, days=days), email=cast.helle.email)
    browser = asks(cast, email=cast.gunnar.email if wrong == "kalmar" else cast.helle.email)
    assert SlotHold.objects.filter(closed_at=None).count() == 1
    assert corrects(browser).redirect_chain == [(SENT, 302)]
    assert Booking.objects.filter(state=S.UNVERIFIED).get().association.chair == cast.ruth
    assert not SlotHold.objects.filter(closed_at=None).exists()


@pytest.mark.parametrize("page", [BOOK, WISH])
def test_once_the_button_has_been_pressed_the_reader_is_asked_to_call(cast: Cast, page: str) -> None:
    browser = asks(cast, page)
    if page == BOOK:
        bookings.verify(booking=Booking.objects.get(), now=clock.now())
    else:
        wishes.verify_wish(wish=TalkWish.objects.get(), now=clock.now())
    answer = corrects(browser)
    assert answer.status_code == 400
    assert unbroken(cast.randers.contact_phone) in answer.content.decode()
    assert Booking.objects.count() + TalkWish.objects.count() == 1


def test_an_address_that_is_none_is_answered_on_the_receipt_and_the_evening_is_still_kept(cast: Cast) -> None:
    answer = corrects(asks(cast), "ruth")
    assert answer.status_code == 400
    assert 'value="ruth"' in answer.content.decode()
    assert Booking.objects.get().state == S.UNVERIFIED


@pytest.mark.parametrize("page", [BOOK, WISH])
def test_what_is_typed_makes_no_difference_to_the_answer(cast: Cast, page: str) -> None:
    seen = set()
    for days, wrong in enumerate((WRONG, cast.gunnar.email, cast.frede.email)):
        on = {"slot": slot(cast.speaker, days=70 + 5 * days).pk} if page == BOOK else {}
        browser = asks(cast, page, wrong, **on)
        for right in (f"new{days}@randers.example", cast.gunnar.email, cast.helle.email):
            answer = browser.post(SENT, {"email": right, "submission": str(uuid.uuid4())})
            seen.add((answer.status_code, answer.url, tuple(answer.cookies)))
    assert seen == {(302, SENT, ("typed",))}


def test_corrections_count_under_the_limits_of_the_form_and_of_the_mailbox(cast: Cast, settings) -> None:
    browser = asks(cast)
    for number in range(6):
        corrects(browser, f"ruth+{number}@randers.example")
    assert len(mail("verify")) == 5  # the first, and four to one mailbox
    settings.FORMS_AN_HOUR = 1
    answers = [corrects(browser, f"sidste{number}@randers.example").status_code for number in range(2)]
    assert answers == [200, 429]


def test_what_is_too_long_for_a_cookie_is_not_offered_to_be_corrected(cast: Cast) -> None:
    browser = asks(cast, note="漢" * 500, association="字" * 120, place="學" * 160, name="文" * 80)
    assert len(browser.cookies["typed"].OutputString()) < 4096
    page = browser.get(SENT).content.decode()
    assert WRONG in page
    assert "<form" not in page.split("<main")[1].split("</main")[0]
    assert unbroken(cast.randers.contact_phone) in page
    assert not Message.objects.filter(kind="talks.verify").exclude(recipient__email=WRONG).exists()


@pytest.mark.parametrize("page", [BOOK, WISH])
@pytest.mark.parametrize("is_fresh", [True, False])
def test_the_receipt_asks_once_to_call(cast: Cast, page: str, is_fresh: bool) -> None:
    browser = asks(cast, page) if is_fresh else visit(None)
    shown = browser.get(SENT.replace("da", "en", 1)).content.decode().partition("<main")[2].partition("<aside")[0]
    assert shown.lower().count("call") == shown.count('href="tel:') == 1
