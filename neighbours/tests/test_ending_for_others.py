"""Somebody without email stops, or is deleted, by telephone; whoever stops gets it in writing."""

import pytest
from django.contrib.admin.models import LogEntry

from neighbours.actions.correcting import Details, correct
from neighbours.actions.leaving import erase_for
from neighbours.models import Helper, State
from neighbours.tests import builders as make
from partnership import clock
from partnership.outbox.models import Message
from partnership.outbox.queue.final_check import final_check
from partnership.people.actions.erasing import erase
from partnership.people.actions.mailboxes import change_mailbox, verify_mailbox
from partnership.people.models import User
from partnership.people.tests.looking_up import look_up
from partnership.refusals import Refused
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
    browser.post(page_of(poul, "erase/"), {"medium": "phone"})
    assert not User.objects.filter(name=NAME).exists()
    assert not Helper.objects.filter(pk=poul.pk).exists()


def test_how_staff_were_told_is_logged_without_the_name(cast: Cast, poul: Helper) -> None:
    visit(cast.karen).post(page_of(poul, "erase/"), {"medium": "phone"})
    entry = LogEntry.objects.get(user=cast.karen)
    assert (entry.object_repr, entry.change_message) == ("–", "på telefon")


def test_staff_say_how_they_were_told(cast: Cast, poul: Helper) -> None:
    assert visit(cast.karen).post(page_of(poul, "erase/"), {}).status_code == 400
    assert User.objects.filter(name=NAME).exists()


@pytest.mark.parametrize("what", ["erase/", "leave/"])
def test_a_letter_that_confirms_it_is_printed_with_the_address(cast: Cast, poul: Helper, what: str) -> None:
    letter = visit(cast.karen).post(page_of(poul, what), {"medium": "phone", "letter": "on"}).content.decode()
    assert NAME in letter
    assert "Eksempelvej 12" in letter


def test_somebody_with_a_mailbox_is_not_deleted_for_them(cast: Cast) -> None:
    helle = make.helper(cast.helle, make.home(cast.vorup))
    browser = visit(cast.karen)
    assert page_of(helle, "erase/") not in look_up(browser, cast.helle, "da")
    browser.post(page_of(helle, "erase/"), {"medium": "phone"})
    assert User.objects.filter(pk=cast.helle.pk).exists()


@pytest.mark.parametrize("who", ["frede", "niels", "palle", "helle"])
def test_only_staff_here_open_the_page(cast: Cast, poul: Helper, who: str) -> None:
    assert visit(getattr(cast, who)).get(page_of(poul, "erase/")).status_code in (403, 404)


def test_somebody_who_has_left_already_can_be_deleted_too(cast: Cast, poul: Helper) -> None:
    browser = visit(cast.karen)
    browser.post(page_of(poul, "leave/"), {"medium": "phone"})
    poul.refresh_from_db()
    assert poul.state == State.LEFT
    browser.post(page_of(poul, "erase/"), {"medium": "phone"})
    assert not User.objects.filter(name=NAME).exists()


def test_leaving_is_confirmed_by_email(cast: Cast) -> None:
    make.helper(cast.helle, make.home(cast.vorup), clock.now())
    visit(cast.helle).post("/da/neighbours/leave/")
    assert Message.objects.open().get(kind="neighbours.left").recipient == cast.helle


def emptied(cast: Cast, helper: Helper, **changes: str) -> None:
    """Karen leaves out the helper's mailbox, or writes another."""
    home = helper.household.address
    known = {"name": helper.person.name, "email": "", "phone": helper.person.phone, "address": home, "why": "Ringede"}
    correct(helper=helper, details=Details(**(known | changes)), by=cast.karen, medium="phone", now=clock.now())
    helper.person.refresh_from_db()


@pytest.fixture
def vera(cast: Cast) -> Helper:
    """On paper, with a mailbox that staff typed."""
    home = make.home(cast.vorup, "12B", "Åboulevarden")
    return make.slip(cast.karen, home, name="Vera Vestergaard", phone="", email="vera@randers.example")


@pytest.mark.parametrize("used_by", ["code", "link", "both through another mailbox"])
def test_emptying_a_mailbox_that_was_used_does_not_open_the_way_to_deleting(cast: Cast, vera: Helper, used_by) -> None:
    if used_by == "code":
        visit(vera.person)
    else:
        verify_mailbox(vera.person)
    if used_by.startswith("both"):
        emptied(cast, vera, email="another@randers.example")
    emptied(cast, vera)
    browser = visit(cast.karen)
    assert page_of(vera, "erase/") not in look_up(browser, vera.person, "da")
    said = browser.post(page_of(vera, "erase/"), {"medium": "phone"}, follow=True).content.decode()
    assert "administratorerne" in said
    with pytest.raises(Refused):
        erase_for(helper=vera, by=cast.karen, medium="phone", now=clock.now())
    erase_for(helper=vera, by=cast.anne, medium="phone", now=clock.now())
    assert not User.objects.filter(pk=vera.person_id).exists()


def test_who_joined_on_the_web_had_a_mailbox_whatever_administrators_have_written_since(cast: Cast) -> None:
    helle = make.helper(cast.helle, make.home(cast.vorup))
    change_mailbox(person=cast.helle, to=None, now=clock.now())
    with pytest.raises(Refused):
        erase_for(helper=Helper.objects.get(pk=helle.pk), by=cast.karen, medium="phone", now=clock.now())


def test_a_mailbox_that_staff_mistyped_and_nobody_used_is_no_hindrance(cast: Cast, vera: Helper) -> None:
    emptied(cast, vera, email="another@randers.example")
    emptied(cast, vera)
    erase_for(helper=vera, by=cast.karen, medium="phone", now=clock.now())
    assert not User.objects.filter(pk=vera.person_id).exists()


@pytest.mark.parametrize("by", ["karen", "anne", "vera"])
def test_administrators_hear_of_another_mailbox_also_when_the_helper_is_deleted(cast: Cast, vera: Helper, by) -> None:
    emptied(cast, vera, email="another@randers.example")
    deletes = vera.person if by == "vera" else getattr(cast, by)
    if by == "karen":
        emptied(cast, vera)
    erase(person=User.objects.get(pk=vera.person_id), by=deletes, now=clock.now())
    digest = Message.objects.get(kind="outbox.digest", recipient=cast.anne)
    words = final_check(digest, digest.due_at).words
    assert words is not None
    things = [text for thing in words.things for text in (thing.title, *thing.lines)]
    told = " ".join([words.subject, *words.paragraphs, *things, *(value for _label, value in words.facts)])
    assert "Karen" in told
    assert "slettet" in told
    assert "Vera" not in told
