"""A slip of somebody whom staff wrote down during a call: they stay one person, and stay protected."""

import pytest

from neighbours.models import Helper
from neighbours.tests import builders as make
from neighbours.tests.test_slips import SLIPS, filled
from partnership.people.models import LookUp, PostalAddress, User
from partnership.tests.cast import Cast, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def bodil(cast: Cast) -> User:
    """Return a protected caller without a mailbox, who gets letters at home."""
    home = make.home(cast.vorup)
    caller = User(partnership=cast.randers, email=None, name="Bodil Blomst", phone="+4512345691", is_protected=True)
    caller.set_unusable_password()
    caller.save(force_insert=True)
    PostalAddress.objects.create(person=caller, address=home)
    return caller


def save(cast: Cast, **typed: str) -> User:
    """Save a slip, and return whose it is."""
    assert visit(cast.karen).post(SLIPS, filled(**typed)).status_code == 302
    return Helper.objects.latest("pk").person


@pytest.mark.parametrize("phone", ["12 34 56 91", "+45 12345691", ""])
def test_the_caller_becomes_the_helper_and_stays_protected(cast: Cast, bodil: User, phone: str) -> None:
    people = User.objects.count()
    helper = save(cast, name="bodil blomst", phone=phone)
    assert (helper, User.objects.count()) == (bodil, people)
    assert User.objects.get(pk=bodil.pk).is_protected


def test_another_telephone_or_another_name_is_another_person(cast: Cast, bodil: User) -> None:
    assert save(cast, name="Bodil Blomst", phone="20 30 40 50", known="another") != bodil
    assert save(cast, name="Børge Blomst", phone="12 34 56 91", submission=str(make.uuid.uuid4())) != bodil


def test_a_paper_gives_nobody_known_another_telephone_to_which_codes_go(cast: Cast, bodil: User) -> None:
    User.objects.filter(pk=bodil.pk).update(phone="")
    page = visit(cast.karen).post(SLIPS, filled(name="Bodil Blomst", phone="20 30 40 50"), follow=True)
    assert "ikke noteret" in page.content.decode()
    assert Helper.objects.latest("pk").person == bodil
    assert User.objects.get(pk=bodil.pk).phone == ""


def test_of_two_with_one_name_and_one_telephone_neither_is_taken(cast: Cast, bodil: User) -> None:
    other = User(partnership=cast.randers, email=None, name="Bodil Blomst", phone=bodil.phone)
    other.set_unusable_password()
    other.save(force_insert=True)
    assert save(cast, name="Bodil Blomst", phone="12 34 56 91", known="another") not in (bodil, other)


def test_of_two_with_one_name_at_one_address_neither_is_taken(cast: Cast, bodil: User) -> None:
    other = User(partnership=cast.randers, email=None, name="Bodil Blomst")
    other.set_unusable_password()
    other.save(force_insert=True)
    PostalAddress.objects.create(person=other, address=bodil.postal_address.address)
    assert save(cast, name="Bodil Blomst", phone="", known="another") not in (bodil, other)


def test_from_the_page_of_the_caller_the_form_knows_them(cast: Cast, bodil: User) -> None:
    page = visit(cast.karen).get(f"{SLIPS}?person={bodil.pk}")
    shown = page.context["form"].initial
    assert (shown["name"], shown["is_protected"]) == ("Bodil Blomst", True)
    assert "phone" not in shown, "nobody has verified it"
    assert shown["address"].startswith("Eksempelvej 12")
    assert LookUp.objects.filter(person_id=bodil.pk, seen_on=LookUp.SeenOn.SLIP).exists()


@pytest.mark.parametrize("number", ["x", "\u00b2", "9" * 30, "999999"])
def test_a_made_up_number_shows_nobody(cast: Cast, number: str) -> None:
    page = visit(cast.karen).get(SLIPS, {"person": number})
    assert page.status_code == 200
    assert "name" not in (page.context["form"].initial or {})


def test_somebody_of_another_partnership_is_not_shown(cast: Cast, bodil: User) -> None:
    User.objects.filter(pk=bodil.pk).update(partnership=cast.kalmar)
    page = visit(cast.karen).get(f"{SLIPS}?person={bodil.pk}")
    assert "Bodil" not in page.content.decode()
