"""Name and address protection at the first step: in the form, on the slip, and in the Naboven's list."""

import pytest

from neighbours.actions import joining
from neighbours.models import Helper
from neighbours.tests import builders as make
from partnership import clock
from partnership.people.models import User
from partnership.places.models import Partnership
from partnership.tests.cast import Cast, visit

FORM = "/da/neighbours/join/"


def asked(where: Partnership, **more: str) -> User:
    """Send the form, and return the person."""
    typed = make.typed(**more)
    assert visit(None).post(FORM, typed).status_code == 302
    return User.objects.get(email=typed["email"])


@pytest.fixture(autouse=True)
def address(cast: Cast):
    return make.home(cast.vorup)


def test_the_form_asks_in_one_line_and_asks_nothing_else(cast: Cast) -> None:
    page = visit(None).get(FORM).content.decode()
    assert page.count("Jeg har navne- og adressebeskyttelse") == 1
    assert 'name="is_protected"' in page


def test_whoever_ticks_it_is_hidden_before_they_are_in_any_list(cast: Cast) -> None:
    person = asked(cast.randers, is_protected="on", shown="on")
    assert person.is_protected
    joining.confirm(helper=Helper.objects.get(person=person), now=clock.now())
    person.refresh_from_db()
    assert person.is_protected
    assert person.name not in visit(cast.niels).get("/da/staff/helpers/").content.decode()


def test_whoever_does_not_tick_it_is_not(cast: Cast) -> None:
    """The control: the Naboven sees who has said yes to it."""
    person = asked(cast.randers, shown="on")
    joining.confirm(helper=Helper.objects.get(person=person), now=clock.now())
    person.refresh_from_db()
    assert not person.is_protected
    assert person.name in visit(cast.niels).get("/da/staff/helpers/").content.decode()


def test_a_stranger_who_types_the_address_of_a_known_person_hides_nobody_until_the_link_is_used(cast: Cast) -> None:
    asked(cast.randers, email="ruth@randers.example", is_protected="on")
    cast.ruth.refresh_from_db()
    assert not cast.ruth.is_protected
    joining.confirm(helper=Helper.objects.get(person=cast.ruth), now=clock.now())
    cast.ruth.refresh_from_db()
    assert cast.ruth.is_protected
    assert not Helper.objects.get(person=cast.ruth).asks_protection


def test_an_empty_box_never_ends_it(cast: Cast) -> None:
    User.objects.filter(pk=cast.ruth.pk).update(is_protected=True)
    asked(cast.randers, email="ruth@randers.example")
    joining.confirm(helper=Helper.objects.get(person=cast.ruth), now=clock.now())
    cast.ruth.refresh_from_db()
    assert cast.ruth.is_protected


def test_the_same_form_with_a_tick_is_another_form(cast: Cast) -> None:
    typed = make.typed()
    visit(None).post(FORM, typed)
    visit(None).post(FORM, typed | {"is_protected": "on"})
    assert User.objects.get(email=typed["email"]).is_protected


def test_staff_type_it_from_a_slip(cast: Cast) -> None:
    form = make.typed(medium="paper", email="", phone="12 34 56 78", language="da", is_protected="on")
    assert visit(cast.karen).post("/da/staff/slips/", form).status_code == 302
    helper = Helper.objects.get(person__phone="12 34 56 78")
    assert helper.person.is_protected
    today = visit(cast.karen).get("/da/staff/slips/").content.decode()
    assert helper.person.name in today
    assert "Eksempelvej 12" not in today.partition("Dine blanketter i dag")[2]


def test_the_printed_slip_has_a_box_for_it(cast: Cast) -> None:
    assert "Jeg har navne- og adressebeskyttelse" in visit(None).get("/da/neighbours/slip/").content.decode()


def test_the_next_reader_of_the_browser_sees_nothing_of_them_but_the_mailbox() -> None:
    browser = visit(None)
    browser.post(FORM, make.typed(is_protected="on"))
    for page in (f"{FORM}sent/", f"{FORM}?again", FORM, f"{FORM}sent/"):
        shown = browser.get(page).content.decode()
        assert "Vera Vestergaard" not in shown
        assert "Eksempelvej 12," not in shown
        assert 'value="Eksempelvej 12"' not in shown
    assert "vera@randers.example" in browser.get(f"{FORM}sent/").content.decode()


def test_without_protection_the_receipt_shows_what_was_typed() -> None:
    """The control."""
    browser = visit(None)
    browser.post(FORM, make.typed())
    assert "Vera Vestergaard" in browser.get(f"{FORM}sent/").content.decode()
