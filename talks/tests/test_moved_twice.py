"""A form that moves a talk and comes again gets the answer of the first press, also where a limit is reached."""

import uuid

import pytest

from partnership.tests.cast import NOW, Cast, slot, visit
from talks import links, scopes
from talks.actions import bookings
from talks.models import Booking
from talks.tests.bookings import confirmed, mail
from talks.tests.test_access import at


@pytest.fixture
def once(settings) -> None:
    """Let each member of staff write to a mailbox once an hour, and each person change something once."""
    narrow = dict.fromkeys(["mail_to_mailbox_by_one_of_staff", "mail_from_person", "mail_from_staff"], "1/h/key")
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | narrow


@pytest.fixture
def talk(cast: Cast) -> Booking:
    return confirmed(cast, slot(cast.speaker, days=40))


def steps(talk: Booking) -> int:
    return talk.steps.count()


def test_staff_who_move_it_for_a_caller_are_answered_the_same(cast: Cast, talk: Booking, once: None) -> None:
    form = {"slot": slot(cast.speaker, days=50).pk, "medium": "phone", "submission": str(uuid.uuid4())}
    browser, where = visit(cast.karen), f"/en/staff/talks/{talk.pk}/call/move/"
    first, second = browser.post(where, form), browser.post(where, form)
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert len(mail("moved", cast.ruth)) == 1


def test_so_are_staff_who_move_it_on_the_page_of_the_talk(cast: Cast, talk: Booking) -> None:
    form, browser = {"slot": slot(cast.speaker, days=50).pk}, visit(cast.karen)
    first, second = browser.post(at("move", talk.pk), form), browser.post(at("move", talk.pk), form)
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert len(mail("moved", cast.ruth)) == 1


def test_so_is_the_chair(cast: Cast, talk: Booking, once: None) -> None:
    form, where = {"slot": slot(cast.speaker, days=50).pk}, links.link(talk, "change", cast.ruth).partition("/da/")[2]
    pages = [visit(None).post(f"/en/{where}", form) for _twice in range(2)]
    assert [page.status_code for page in pages] == [200, 200]
    assert all("<h1>The talk is moved</h1>" in page.content.decode() for page in pages)
    assert len(mail("moved", cast.ruth)) == 1


def test_two_presses_at_once_move_it_once(cast: Cast, talk: Booking) -> None:
    on = slot(cast.speaker, days=50)
    bookings.move(booking=talk, slot=on, by=cast.karen, now=NOW)
    before = steps(talk)
    bookings.move(booking=talk, slot=on, by=cast.karen, now=NOW)
    assert steps(talk) == before


def test_what_was_moved_elsewhere_since_is_moved_again(cast: Cast, talk: Booking) -> None:
    here, there = slot(cast.speaker, days=50), slot(cast.speaker, days=60)
    for on in (here, there, here):
        visit(cast.karen).post(at("move", talk.pk), {"slot": on.pk})
    talk.refresh_from_db()
    assert talk.starts_at == here.starts_at


def test_a_move_of_somebody_else_is_not_ones_own_press(cast: Cast, talk: Booking) -> None:
    on = slot(cast.speaker, days=50)
    bookings.move(booking=talk, slot=on, by=cast.anne, now=NOW)
    talk.refresh_from_db()
    found = [scopes.is_moved_to(talk, str(on.pk), by) for by in (cast.anne, cast.karen, cast.ruth)]
    assert found == [True, False, False]
