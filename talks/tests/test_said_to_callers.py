"""What staff read out to a caller has happened: a message is promised only when something was done."""

import uuid

import pytest

from partnership.people.actions.mailboxes import verify_mailbox
from partnership.people.tests.test_details_by_staff import written_down
from partnership.tests.cast import NOW, Cast, slot, visit
from talks.tests.bookings import confirmed
from talks.tests.test_for_callers import wished
from talks.tests.test_pages_for_callers import booked

LETTER = "You get a letter that says the same."
EMAIL = "You get an email that says the same."


@pytest.mark.parametrize("by_letter", [True, False])
def test_a_page_that_is_only_opened_promises_no_message(cast: Cast, by_letter: bool) -> None:
    caller = written_down(cast) if by_letter else cast.frede
    sentence = LETTER if by_letter else EMAIL
    verify_mailbox(cast.frede, NOW)
    page = booked(cast, caller)
    opened = visit(cast.karen).get(page.redirect_chain[0][0].partition("?")[0]).content.decode()
    assert sentence in page.content.decode()
    assert "Say this before you hang up" in opened
    assert sentence not in opened
    assert "among those to print in a few minutes" not in opened


def test_each_deed_promises_the_message_about_it(cast: Cast) -> None:
    verify_mailbox(cast.ruth, NOW)
    talk, browser, other = confirmed(cast), visit(cast.karen), slot(cast.speaker, days=40)
    where = f"/en/staff/talks/{talk.pk}/call/"
    for deed, form in (
        ("send", {"submission": str(uuid.uuid4())}),
        ("move", {"slot": other.pk, "medium": "phone", "submission": str(uuid.uuid4())}),
        ("cancel", {"medium": "phone"}),
    ):
        assert EMAIL in browser.post(f"{where}{deed}/", form, follow=True).content.decode(), deed
        assert EMAIL not in browser.get(where).content.decode(), deed


def test_where_there_is_nothing_to_send_no_message_is_promised(cast: Cast) -> None:
    talk, browser = confirmed(cast), visit(cast.karen)
    browser.post(f"/en/staff/talks/{talk.pk}/call/cancel/", {"medium": "phone"})
    form = {"submission": str(uuid.uuid4())}
    page = browser.post(f"/en/staff/talks/{talk.pk}/call/send/", form, follow=True).content.decode()
    assert "There is nothing to send again." in page
    assert EMAIL not in page


def test_wished_days_that_are_only_looked_up_promise_no_message(cast: Cast) -> None:
    verify_mailbox(cast.ruth, NOW)
    wish, browser = wished(cast, cast.ruth), visit(cast.karen)
    where = f"/en/staff/talks/wishes/{wish.pk}/call/"
    assert EMAIL not in browser.get(where).content.decode()
    assert EMAIL in browser.post(f"{where}withdraw/", follow=True).content.decode()
    refused = browser.post(f"{where}withdraw/", follow=True).content.decode()
    assert EMAIL not in refused
