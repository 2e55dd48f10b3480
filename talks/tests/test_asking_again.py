"""New data from the same browser replace what it sent before: one request waits, and of one association."""

import uuid

import pytest
from django.test import Client

from partnership import clock
from partnership.fields.unbroken import unbroken
from partnership.people.models import Organisation
from partnership.tests.cast import Cast, slot, visit
from talks.actions import bookings
from talks.models import Booking, TalkWish
from talks.retention import delete_cancelled_by_erasure
from talks.tests.test_pages import typed
from talks.tests.test_receipt import BOOK, RIGHT, SENT, WISH, WRONG, asks, corrects, wished

S = Booking.State
NEW = "Nygårdens Grundejerforening"


def named(name: str) -> int:
    return Organisation.objects.filter(name=name).count()


def states() -> list[str]:
    return [one.state for one in Booking.objects.order_by("pk")]


@pytest.mark.parametrize("page", [BOOK, WISH])
def test_a_corrected_address_leaves_one_association_and_not_two(cast: Cast, page: str) -> None:
    corrects(asks(cast, page, association=NEW), "rita@randers.example")
    (association,) = Organisation.objects.filter(name=NEW)
    assert association.chair.email == "rita@randers.example"


def test_the_new_chair_sees_one_request_on_their_page_once_the_link_is_used(cast: Cast) -> None:
    corrects(asks(cast, association=NEW))
    assert "/da/talks/bookings/" not in visit(cast.ruth).get("/da/me/").content.decode()
    booking = Booking.objects.get(state="unverified")
    bookings.verify(booking=booking, by=cast.ruth, now=clock.now())
    assert visit(cast.ruth).get("/da/me/").content.decode().count("/da/talks/bookings/") == 1


@pytest.mark.parametrize("page", [BOOK, WISH])
def test_a_misspelt_association_on_the_page_before_is_corrected_and_leaves_no_duplicate(cast: Cast, page: str) -> None:
    form = (typed(cast, submission=str(uuid.uuid4())) if page == BOOK else wished(cast)) | {"association": "Nygrdens"}
    browser = visit(None)
    for name in ("Nygrdens", NEW, NEW):
        assert browser.post(page, form | {"association": name}).url == SENT
    assert (named("Nygrdens"), named(NEW)) == (0, 1)
    delete_cancelled_by_erasure(clock.now())
    assert not Organisation.objects.filter(name="").exists()
    if page == BOOK:
        assert states() == [S.CANCELLED, S.UNVERIFIED]
    else:
        assert [wish.closed_at is None for wish in TalkWish.objects.order_by("pk")] == [False, True]


def test_an_association_that_was_there_before_stays(cast: Cast) -> None:
    browser = asks(cast, email=cast.ruth.email)
    corrects(browser, "rita@randers.example")
    assert Organisation.objects.filter(pk=cast.association.pk).exists()


@pytest.mark.parametrize("other", [False, True], ids=["same evening", "another evening"])
def test_a_form_opened_anew_with_the_right_address_ends_the_first_request(cast: Cast, other: bool) -> None:
    on, free = slot(cast.speaker, days=30), slot(cast.speaker, days=40)
    browser = asks(cast, slot=on.pk)
    form = typed(cast, slot=free.pk if other else on.pk, email=RIGHT)
    assert browser.post(BOOK, form).url == SENT
    assert states() == [S.CANCELLED, S.UNVERIFIED]
    assert Booking.objects.get(state=S.UNVERIFIED).association.chair == cast.ruth


def test_the_page_before_sent_once_more_with_the_right_address_ends_the_first_request(cast: Cast) -> None:
    browser, form = visit(None), typed(cast, email=WRONG, submission=str(uuid.uuid4()))
    browser.post(BOOK, form)
    assert browser.post(BOOK, form | {"email": RIGHT}).url == SENT
    assert states() == [S.CANCELLED, S.UNVERIFIED]


def test_a_double_click_is_one_request(cast: Cast) -> None:
    browser, form = visit(None), typed(cast, submission=str(uuid.uuid4()))
    for _press in range(2):
        assert browser.post(BOOK, form).url == SENT
    assert states() == [S.UNVERIFIED]


@pytest.mark.parametrize("differs", [{"name": "Rita"}, {"association": NEW}], ids=["another person", "another"])
def test_somebody_else_at_the_same_computer_ends_nothing(cast: Cast, differs: dict[str, str]) -> None:
    browser = asks(cast, slot=slot(cast.speaker, days=30).pk)
    browser.post(BOOK, typed(cast, slot=slot(cast.speaker, days=40).pk, email=RIGHT) | differs)
    assert states() == [S.UNVERIFIED, S.UNVERIFIED]


def test_a_second_request_of_the_same_chair_is_one_of_its_own(cast: Cast) -> None:
    browser = asks(cast, slot=slot(cast.speaker, days=30).pk, email=RIGHT)
    browser.post(BOOK, typed(cast, slot=slot(cast.speaker, days=40).pk, email=RIGHT))
    assert states() == [S.UNVERIFIED, S.UNVERIFIED]


def test_once_it_is_confirmed_a_new_form_is_a_new_request_and_the_old_page_says_whom_to_call(cast: Cast) -> None:
    browser: Client = visit(None)
    form = typed(cast, slot=slot(cast.speaker, days=30).pk, email=WRONG, submission=str(uuid.uuid4()))
    browser.post(BOOK, form)
    bookings.verify(booking=Booking.objects.get(), now=clock.now())
    again = browser.post(BOOK, form | {"email": RIGHT})
    assert again.status_code == 400
    assert unbroken(cast.randers.contact_phone) in again.content.decode()
    assert browser.post(BOOK, typed(cast, slot=slot(cast.speaker, days=40).pk, email=RIGHT)).url == SENT
    assert states() == [S.REQUESTED, S.UNVERIFIED]


def test_a_held_evening_is_free_to_nobody_else(cast: Cast) -> None:
    on = slot(cast.speaker, days=30)
    asks(cast, slot=on.pk)
    assert visit(None).post(BOOK, typed(cast, slot=on.pk, email=RIGHT)).status_code == 400
