"""Somebody without email stops, or is deleted, by telephone; whoever stops gets it in writing."""

import pytest
from django.contrib.admin.models import LogEntry

from neighbours.models import Helper, State
from neighbours.tests import builders as make
from partnership import clock
from partnership.outbox.models import Message
from partnership.people.models import User
from partnership.people.tests.looking_up import look_up
from partnership.tests.cast import Cast, visit

NAME = "Poul Papir"


@pytest.fixture
def poul(cast: Cast) -> Helper:
    return make.slip(cast.karen, make.home(cast.vorup))


def page_of(helper: Helper, what: str = "") -> str:
    return f"/da/staff/helpers/{helper.pk}/{what}"


def test_a_coordinator_is_asked_first_and_deletes_somebody_who_calls(cast: Cast, poul: Helper) -> None:
    browser = visit(cast.karen)
    assert page_of(poul, "erase/") in look_up(browser, poul.person, "da")
    assert browser.get(page_of(poul, "erase/")).status_code == 200
    assert User.objects.filter(name=NAME).exists()
    browser.post(page_of(poul, "erase/"), {"told": "phone"})
    assert not User.objects.filter(name=NAME).exists()
    assert not Helper.objects.filter(pk=poul.pk).exists()


def test_how_staff_were_told_is_logged_without_the_name(cast: Cast, poul: Helper) -> None:
    visit(cast.karen).post(page_of(poul, "erase/"), {"told": "phone"})
    entry = LogEntry.objects.get(user=cast.karen)
    assert (entry.object_repr, entry.change_message) == ("–", "på telefon")


def test_staff_say_how_they_were_told(cast: Cast, poul: Helper) -> None:
    assert visit(cast.karen).post(page_of(poul, "erase/"), {}).status_code == 400
    assert User.objects.filter(name=NAME).exists()


@pytest.mark.parametrize("what", ["erase/", "leave/"])
def test_a_letter_that_confirms_it_is_printed_with_the_address(cast: Cast, poul: Helper, what: str) -> None:
    letter = visit(cast.karen).post(page_of(poul, what), {"told": "phone", "letter": "on"}).content.decode()
    assert NAME in letter
    assert "Eksempelvej 12" in letter


def test_somebody_with_a_mailbox_is_not_deleted_for_them(cast: Cast) -> None:
    helle = make.helper(cast.helle, make.home(cast.vorup))
    browser = visit(cast.karen)
    assert page_of(helle, "erase/") not in look_up(browser, cast.helle, "da")
    browser.post(page_of(helle, "erase/"), {"told": "phone"})
    assert User.objects.filter(pk=cast.helle.pk).exists()


@pytest.mark.parametrize("who", ["frede", "niels", "palle", "helle"])
def test_only_staff_here_open_the_page(cast: Cast, poul: Helper, who: str) -> None:
    assert visit(getattr(cast, who)).get(page_of(poul, "erase/")).status_code in (403, 404)


def test_somebody_who_has_left_already_can_be_deleted_too(cast: Cast, poul: Helper) -> None:
    browser = visit(cast.karen)
    browser.post(page_of(poul, "leave/"), {"told": "phone"})
    poul.refresh_from_db()
    assert poul.state == State.LEFT
    browser.post(page_of(poul, "erase/"), {"told": "phone"})
    assert not User.objects.filter(name=NAME).exists()


def test_leaving_is_confirmed_by_email(cast: Cast) -> None:
    make.helper(cast.helle, make.home(cast.vorup), clock.now())
    visit(cast.helle).post("/da/neighbours/leave/")
    assert Message.objects.open().get(kind="neighbours.left").recipient == cast.helle
