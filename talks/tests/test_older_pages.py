"""A page that was opened before an upgrade, and a receipt that was written before it, are taken as they are."""

import pytest
from django.http import HttpResponse
from django.test import Client

from partnership.people.models import Organisation
from partnership.tests.cast import Cast, visit
from partnership.web.receipts import COOKIE
from talks.models import Booking
from talks.tests.bookings import mail
from talks.tests.test_pages import typed
from talks.tests.test_receipt import BOOK, RIGHT, SENT, WISH, WRONG, corrects, wished


def as_before(form: dict[str, object]) -> dict[str, object]:
    """Return a form that sends the kind of the association under its older name."""
    return {"type" if name == "kind" else name: value for name, value in form.items()}


def receipt_as_before(browser: Client, form: dict[str, object], name: str) -> None:
    """Leave the receipt of a form in a browser, as it was written then."""
    response = HttpResponse()
    COOKIE.put(response, [WRONG, name, "da", {key: str(value) for key, value in as_before(form).items()}], path="/")
    browser.cookies[COOKIE.name] = response.cookies[COOKIE.name].value


@pytest.mark.parametrize("page", [BOOK, WISH])
def test_a_form_names_the_kind_as_it_did(cast: Cast, page: str) -> None:
    form = (typed if page == BOOK else wished)(cast, kind="cooperative", association="Enghaven")
    browser = visit(None)
    assert browser.post(page, as_before(form)).status_code == 302
    assert Organisation.objects.get(name="Enghaven").kind == "cooperative"
    corrects(browser, "rigtig@randers.example")
    *_before, told = mail("verify" if page == BOOK else "verify_wish")
    assert told.recipient.email == "rigtig@randers.example"


def test_a_wish_for_a_free_evening_takes_it_along_to_the_booking(cast: Cast) -> None:
    form = as_before(typed(cast, kind="cooperative"))
    page = visit(None).post(BOOK, {**form, "another": form["slot"]}).content.decode()
    assert '<option value="cooperative" selected>' in page


def test_a_receipt_is_corrected(cast: Cast) -> None:
    browser, form = visit(None), typed(cast, kind="cooperative", email=WRONG, association="Enghaven")
    assert browser.post(BOOK, form).url == SENT
    receipt_as_before(browser, form, "talks.book")
    assert corrects(browser).redirect_chain == [(SENT, 302)]
    assert Booking.objects.latest("pk").association.chair.email == RIGHT
