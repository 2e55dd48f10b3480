"""Whatever changes where somebody is reached ends the codes on paper that are under way to where they were."""

import uuid
from collections.abc import Callable

import pytest

from entrance.own_codes.changing_email import change
from entrance.own_codes.finding import PURPOSE, send_letter
from neighbours.actions import correcting, joining
from neighbours.actions.leaving import leave
from neighbours.models import Helper
from neighbours.tests import builders as make
from partnership import clock
from partnership.outbox.models import Message
from partnership.outbox.post import set_channel
from partnership.paper import printed_codes
from partnership.people.actions import details, protecting
from partnership.people.actions.mailboxes import change_mailbox
from partnership.people.actions.own_settings import change_details
from partnership.people.models import PostalAddress, User
from partnership.tests.cast import Cast, visit

pytestmark = pytest.mark.django_db

NAME = "Poul Papir"


def by_staff(cast: Cast, helper: Helper, **new: object) -> None:
    known = {"name": NAME, "email": "", "phone": helper.person.phone, "address": helper.household.address}
    right = correcting.Details(**(known | new))
    correcting.correct(helper=helper, details=right, by=cast.karen, medium="phone", now=clock.now())


def postal(cast: Cast, helper: Helper) -> None:
    right = details.Details(name=NAME, email="", phone=helper.person.phone, address=make.home(cast.vorup, "22"))
    said = {"medium": "phone", "submission": uuid.uuid4(), "by": cast.karen, "now": clock.now()}
    details.correct(person=helper.person, details=right, **said)


def unprotected(cast: Cast, helper: Helper) -> None:
    User.objects.filter(pk=helper.person_id).update(is_protected=True)
    helper.person.refresh_from_db()
    protecting.end_protection(person=helper.person, by=cast.anne, now=clock.now())


def texted(cast: Cast, helper: Helper) -> None:
    User.objects.filter(pk=helper.person_id).update(verified_phone=helper.person.phone)
    said = {"phone": helper.person.phone, "language": "da", "now": clock.now()}
    set_channel(person=helper.person, channel=User.Channel.SMS, **said)


def joined_with_link(cast: Cast, helper: Helper) -> None:
    User.objects.filter(pk=helper.person_id).update(email="vera@randers.example")
    Helper.objects.all().delete()
    waiting = make.ask(cast.randers, make.home(cast.vorup, "26"))
    joining.confirm(helper=waiting, now=clock.now())


def joined_on_paper(cast: Cast, helper: Helper) -> None:
    home = helper.household.address
    Helper.objects.all().delete()
    PostalAddress.objects.create(person=helper.person, address=home)
    make.slip(cast.karen, make.home(cast.vorup, "28"), answer="same")


WAYS: dict[str, Callable[[Cast, Helper], object]] = {
    "staff correct the home": lambda cast, one: by_staff(cast, one, address=make.home(cast.vorup, "18")),
    "staff correct the telephone": lambda cast, one: by_staff(cast, one, phone="20304050"),
    "staff write a mailbox": lambda cast, one: by_staff(cast, one, email="poul@randers.example"),
    "the owner moves": lambda cast, one: correcting.correct_own_address(
        helper=one, address=make.home(cast.vorup, "20"), by=one.person, now=clock.now()
    ),
    "the owner writes another telephone": lambda cast, one: change_details(
        person=one.person, name=NAME, phone="20304050", now=clock.now()
    ),
    "staff correct the postal address": postal,
    "protection is noted": lambda cast, one: protecting.protect(person=one.person, by=cast.karen, now=clock.now()),
    "protection is ticked": lambda cast, one: protecting.take_protection(one.person, True, clock.now()),
    "protection is ended": unprotected,
    "the channel is another": texted,
    "the mailbox is another": lambda cast, one: change_mailbox(
        person=one.person, to="poul@randers.example", now=clock.now()
    ),
    "the owner gives a mailbox": lambda cast, one: change(
        person=one.person, to="poul@randers.example", now=clock.now()
    ),
    "the helper leaves": lambda cast, one: leave(helper=one, by=cast.karen, medium="phone", now=clock.now()),
    "a link confirms another home": joined_with_link,
    "a slip says another home": joined_on_paper,
}


@pytest.fixture
def poul(cast: Cast, settings) -> Helper:
    """Return a helper without a mailbox to whom a letter with a code is under way."""
    settings.SMS_URL = "http://localhost:1/"
    helper = make.slip(cast.karen, make.home(cast.vorup))
    assert send_letter(person=helper.person, now=clock.now())
    return helper


@pytest.mark.parametrize("way", WAYS)
def test_the_code_ends_and_its_letter_is_withdrawn(cast: Cast, poul: Helper, way: str) -> None:
    digits = printed_codes.digits_of(printed_codes.open_codes(clock.now()).get(purpose=PURPOSE))
    WAYS[way](cast, poul)
    assert not printed_codes.open_codes(clock.now()).filter(purpose=PURPOSE).exists()
    assert Message.objects.get(kind="entrance.letter_code").state == Message.State.WITHDRAWN
    assert visit(None).post("/en/me/without-account/code/", {"code": digits}).status_code == 400


def test_a_correction_of_the_name_leaves_the_code(cast: Cast, poul: Helper) -> None:
    by_staff(cast, poul, name="Povl Papir")
    assert printed_codes.open_codes(clock.now()).filter(purpose=PURPOSE).exists()


def test_a_number_that_staff_have_just_changed_gets_no_code_by_text(cast: Cast, poul: Helper) -> None:
    by_staff(cast, poul, phone="20304050")
    visit(None).post("/en/me/without-account/text/", {"name": NAME, "phone": "20 30 40 50"})
    assert not Message.objects.filter(kind="entrance.text_code").exists()


def test_the_page_that_asks_for_a_letter_says_when_none_comes(cast: Cast) -> None:
    assert "two weeks" in visit(None).get("/en/me/without-account/letter/").content.decode()


@pytest.mark.parametrize("way", WAYS)
def test_a_log_in_begun_with_the_code_ends_too(cast: Cast, poul: Helper, way: str) -> None:
    browser = visit(None)
    digits = printed_codes.digits_of(printed_codes.open_codes(clock.now()).get(purpose=PURPOSE))
    browser.post("/en/me/without-account/code/", {"code": digits})
    assert browser.get("/en/me/data/").status_code == 200
    WAYS[way](cast, poul)
    assert browser.get("/en/me/data/").status_code == 302
