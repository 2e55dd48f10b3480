"""Somebody without email stops, or is deleted, by telephone; whoever stops gets it in writing."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry

from entrance.own_codes import finding
from neighbours.actions.correcting import Details, correct
from neighbours.actions.leaving import leave
from neighbours.models import Helper, State
from neighbours.tests import builders as make
from partnership import clock
from partnership.outbox.channels.homes import home_for
from partnership.outbox.models import Message
from partnership.outbox.queue.final_check import final_check
from partnership.paper import printed_codes
from partnership.people.actions.erasing import erase, erase_for
from partnership.people.actions.mailboxes import change_mailbox, verify_mailbox
from partnership.people.actions.own_settings import change_details
from partnership.people.models import PostalAddress, User
from partnership.people.tests.looking_up import look_up
from partnership.refusals import Refused
from partnership.tests.cast import Cast, visit

NAME = "Poul Papir"


@pytest.fixture
def poul(cast: Cast) -> Helper:
    return make.slip(cast.karen, make.home(cast.vorup))


def page_of(helper: Helper, what: str = "") -> str:
    if what == "erase/":
        return f"/da/staff/people/{helper.person_id}/{what}"
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


def test_a_letter_that_confirms_it_is_printed_with_the_address(cast: Cast, poul: Helper) -> None:
    letter = visit(cast.karen).post(page_of(poul, "erase/"), {"medium": "phone", "letter": "on"}).content.decode()
    assert NAME in letter
    assert "Eksempelvej 12" in letter


def letters_home() -> list[Message]:
    return list(Message.objects.filter(kind="neighbours.left_home"))


def ends(cast: Cast, helper: Helper) -> str:
    """Let a coordinator end a membership, and return the page that they read."""
    return visit(cast.karen).post(page_of(helper, "leave/"), {"medium": "phone"}, follow=True).content.decode()


def known_before(helper: Helper) -> None:
    User.objects.filter(pk=helper.person_id).update(joined_at=clock.now() - dt.timedelta(days=100), language="en")


def test_the_home_hears_by_letter_that_staff_have_ended_a_membership(cast: Cast, poul: Helper) -> None:
    """Anybody can call: what we knew of where they live is gone, and the letter is the last that goes there."""
    known_before(poul)
    home = poul.household.address
    assert "blandt de breve, der skal printes" in ends(cast, poul)
    (letter,) = letters_home()
    decided = final_check(letter, clock.now())
    assert (decided.channel, home_for(letter)) == (User.Channel.LETTER, home)
    said = " ".join(map(str, decided.words.paragraphs))
    assert "Somebody told us that you no longer want to be a neighbour helper." in said
    assert "If it is not right, call us today" in said


def test_a_home_that_only_staff_have_typed_is_kept_until_that_letter_is_printed(cast: Cast, poul: Helper) -> None:
    known_before(poul)
    home = poul.household.address
    type(home).objects.filter(pk=home.pk).update(register_id=f"{home.TYPED}1")
    ends(cast, poul)
    assert home_for(letters_home()[0]) == home


def test_so_does_the_home_of_whose_mailbox_was_never_used(cast: Cast, vera: Helper) -> None:
    known_before(vera)
    ends(cast, vera)
    assert len(letters_home()) == 1


def test_no_letter_where_a_mailbox_that_was_used_hears_of_it(cast: Cast) -> None:
    helle = make.helper(cast.helle, make.home(cast.vorup))
    known_before(helle)
    ends(cast, helle)
    assert letters_home() == []
    assert Message.objects.filter(kind="neighbours.left", recipient=cast.helle).exists()


def test_nor_where_helpers_end_it_themselves(cast: Cast, poul: Helper) -> None:
    known_before(poul)
    leave(helper=poul, by=poul.person, now=clock.now())
    assert letters_home() == []


def test_nor_to_a_home_that_staff_have_just_written_down_and_nothing_has_gone_to(cast: Cast, poul: Helper) -> None:
    ends(cast, poul)
    assert letters_home() == []


def said_to_home() -> str:
    (letter,) = letters_home()
    User.objects.filter(pk=letter.recipient_id).update(language="en")
    words = final_check(Message.objects.get(pk=letter.pk), clock.now()).words
    return " ".join(map(str, [words.subject, *words.paragraphs])) if words else ""


def test_the_letter_does_not_go_to_who_is_a_helper_there_again(cast: Cast, poul: Helper) -> None:
    known_before(poul)
    home = poul.household.address
    ends(cast, poul)
    assert "You are no longer a neighbour helper" in said_to_home()
    make.slip(cast.karen, home)
    assert said_to_home() == ""


def test_it_goes_on_where_a_second_call_has_made_them_a_helper_elsewhere(cast: Cast, poul: Helper) -> None:
    known_before(poul)
    ends(cast, poul)
    make.slip(cast.karen, make.home(cast.vorup, "99"))
    assert "live somewhere else" in said_to_home()
    assert "You are no longer" not in said_to_home()


def test_who_never_was_a_helper_is_not_told_that_they_are_none(cast: Cast) -> None:
    home = make.home(cast.vorup)
    waiting = make.ask(cast.randers, home)
    PostalAddress.objects.create(person=waiting.person, address=home)
    known_before(waiting)
    leave(helper=waiting, by=cast.karen, medium="phone", now=clock.now())
    assert letters_home() == []


def test_no_word_of_a_deleted_address_where_it_is_kept_for_something_else(cast: Cast, poul: Helper) -> None:
    known_before(poul)
    PostalAddress.objects.create(person=poul.person, address=poul.household.address)
    page = visit(cast.karen).get(page_of(poul, "leave/")).content.decode()
    assert "Vi beholder adressen til breve om andre ting." in page
    assert "Vi skriver det i et brev til personens bopæl." in page
    assert "Vi beholder adressen til breve om andre ting." in ends(cast, poul)
    assert "We keep your address for letters about other things, but" in said_to_home()
    assert "deleted" not in said_to_home()


def test_nor_by_email_or_on_their_own_page(cast: Cast) -> None:
    helle = make.helper(cast.helle, make.home(cast.vorup))
    PostalAddress.objects.create(person=cast.helle, address=helle.household.address)
    User.objects.filter(pk=cast.helle.pk).update(language="en")
    browser = visit(cast.helle)
    assert "We delete your address." not in browser.get("/en/neighbours/leave/").content.decode()
    leave(helper=helle, by=cast.helle, now=clock.now())
    told = Message.objects.get(kind="neighbours.left")
    assert "We keep your address for letters about other things." in str(final_check(told, clock.now()).words)
    page = browser.get("/en/me/").content.decode()
    assert "We keep your address for letters about other things." in page


def test_before_it_ends_staff_read_of_no_letter_where_none_goes(cast: Cast, poul: Helper) -> None:
    User.objects.update(language="en")
    page = visit(cast.karen).get(page_of(poul, "leave/").replace("/da/", "/en/")).content.decode()
    assert "We delete the address." in page
    assert "in a letter to their home" not in page


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
        verify_mailbox(vera.person, clock.now())
    if used_by.startswith("both"):
        emptied(cast, vera, email="another@randers.example")
    emptied(cast, vera)
    browser = visit(cast.karen)
    assert page_of(vera, "erase/") not in look_up(browser, vera.person, "da")
    said = browser.post(page_of(vera, "erase/"), {"medium": "phone"}, follow=True).content.decode()
    assert "sletter en administrator det: Anne." in said
    assert "Du kan ikke, fordi personen har haft en e-mailadresse." in said
    with pytest.raises(Refused):
        erase_for(person=vera.person, by=cast.karen, medium="phone", now=clock.now())
    erase_for(person=vera.person, by=cast.anne, medium="phone", now=clock.now())
    assert not User.objects.filter(pk=vera.person_id).exists()


def test_who_joined_on_the_web_had_a_mailbox_whatever_administrators_have_written_since(cast: Cast) -> None:
    make.helper(cast.helle, make.home(cast.vorup))
    change_mailbox(person=cast.helle, to=None, now=clock.now())
    with pytest.raises(Refused):
        erase_for(person=cast.helle, by=cast.karen, medium="phone", now=clock.now())


def test_who_has_used_a_code_from_a_letter_is_still_deleted_in_the_call(cast: Cast, poul: Helper) -> None:
    """They have no other way than before: a letter, or a call."""
    assert finding.send_letter(person=poul.person, now=clock.now())
    digits = printed_codes.digits_of(printed_codes.open_codes(clock.now()).get(purpose=finding.PURPOSE))
    visit(None).post("/en/me/without-account/code/", {"code": digits})
    poul.person.refresh_from_db()
    assert poul.person.last_login
    change_details(person=poul.person, name=NAME, phone="20 30 40 50", now=clock.now())
    browser = visit(cast.karen)
    assert page_of(poul, "erase/") in look_up(browser, poul.person, "da")
    browser.post(page_of(poul, "erase/"), {"medium": "phone"})
    assert not User.objects.filter(name=NAME).exists()


@pytest.mark.parametrize("who", ["karen", "anne"])
def test_a_refusal_says_who_deletes_and_why(cast: Cast, who: str) -> None:
    User.objects.update(language="en")
    helle = make.helper(cast.helle, make.home(cast.vorup))
    answer = visit(getattr(cast, who)).get(f"/en/staff/people/{helle.person_id}/erase/", follow=True)
    page = answer.content.decode()
    assert "They can delete everything about them on their own page" in page
    if who == "karen":
        assert "You cannot, because they have an email address." in page
    else:
        assert answer.redirect_chain[-1][0] == f"/admin/people/user/{cast.helle.pk}/delete/"


def test_a_mailbox_that_staff_mistyped_and_nobody_used_is_no_hindrance(cast: Cast, vera: Helper) -> None:
    emptied(cast, vera, email="another@randers.example")
    emptied(cast, vera)
    erase_for(person=vera.person, by=cast.karen, medium="phone", now=clock.now())
    assert not User.objects.filter(pk=vera.person_id).exists()


def test_somebody_who_has_got_a_mailbox_since_the_page_was_read_is_not_deleted(cast: Cast, poul: Helper) -> None:
    read_before = User.objects.get(pk=poul.person_id)
    change_mailbox(person=poul.person, to="poul@randers.example", now=clock.now())
    with pytest.raises(Refused):
        erase_for(person=read_before, by=cast.anne, medium="phone", now=clock.now())
    assert User.objects.filter(pk=poul.person_id).exists()


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
