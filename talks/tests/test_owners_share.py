"""Strangers can ask for email to a mailbox until it gets no more; its owner's own requests are sent all the same."""

import pytest
from django.test import Client

from neighbours.models import Helper
from neighbours.tests import builders
from partnership.outbox.models import Message
from partnership.tests.cast import Cast, slot, visit
from talks.models import Booking, TalkWish
from talks.tests.bookings import mail
from talks.tests.test_pages import typed
from talks.tests.test_receipt import BOOK, WISH, wished

JOIN = "/da/neighbours/join/"
pytestmark = pytest.mark.django_db


def from_elsewhere(number: int, browser: Client | None = None) -> tuple[Client, dict[str, str]]:
    return browser or visit(None), {"REMOTE_ADDR": f"10.9.{number}.1"}


def strangers_wish(cast: Cast, times: int = 9) -> None:
    for number in range(times):
        browser, where = from_elsewhere(number)
        name = f"Falsk {'abcdefghi'[number]}"
        assert browser.post(WISH, wished(cast, association=name, name="Fremmed"), **where).status_code == 302


def test_what_the_owner_wishes_while_logged_in_is_taken_and_mailed(cast: Cast) -> None:
    strangers_wish(cast)
    before = len(mail("verify_wish", cast.ruth))
    browser, where = from_elsewhere(99, visit(cast.ruth))
    assert browser.post(WISH, wished(cast, association="Min egen"), **where).status_code == 302
    assert TalkWish.objects.filter(association__name="Min egen").exists()
    assert len(mail("verify_wish", cast.ruth)) == before + 1


def test_what_the_owner_books_while_logged_in_is_taken_and_mailed(cast: Cast) -> None:
    for number in range(5):
        browser, where = from_elsewhere(number)
        on = slot(cast.speaker, days=60 + number).pk
        browser.post(BOOK, typed(cast, slot=on, association=f"Falsk {'abcde'[number]}"), **where)
    browser, where = from_elsewhere(99, visit(cast.ruth))
    on = slot(cast.speaker, days=90).pk
    assert browser.post(BOOK, typed(cast, slot=on, association="Min egen"), **where).status_code == 302
    assert Booking.objects.filter(association__name="Min egen").exists()


def test_the_owner_joins_though_strangers_have_used_up_the_links_of_the_day(cast: Cast) -> None:
    builders.home(cast.vorup)
    for number in range(9):
        browser, where = from_elsewhere(number)
        browser.post(JOIN, builders.typed(email=cast.ruth.email, name="Fræk Fremmed"), **where)
    sent = Message.objects.filter(recipient=cast.ruth, kind="neighbours.confirm")
    assert len(sent) == 3
    browser, where = from_elsewhere(99, visit(cast.ruth))
    browser.post(JOIN, builders.typed(email=cast.ruth.email, name="Ruth Rigtig"), **where)
    assert len(sent.all()) == 4
    assert Helper.objects.get(person=cast.ruth).name == "Ruth Rigtig"


def test_the_first_email_from_another_form_is_sent_though_the_mailbox_has_had_enough(cast: Cast) -> None:
    builders.home(cast.vorup)
    strangers_wish(cast)
    browser, where = from_elsewhere(99)
    browser.post(JOIN, builders.typed(email=cast.ruth.email), **where)
    assert Message.objects.filter(recipient=cast.ruth, kind="neighbours.confirm").exists()


@pytest.mark.parametrize("page", [WISH, JOIN])
def test_the_page_says_that_one_address_gets_only_a_few(cast: Cast, page: str) -> None:
    builders.home(cast.vorup)
    form = wished(cast) if page == WISH else builders.typed()
    read = visit(None).post(page.replace("/da/", "/en/"), form, follow=True).content.decode()
    assert "One email address gets only a few such emails a day from us." in read
