"""Administrators see who may be here twice: by telephone, or by name and address; of the protected no address."""

import pytest

from neighbours.tests import builders as make
from partnership.people.models import User
from partnership.tests.cast import Cast, person, visit

PHONE, HOME = "One telephone number", "One name at one address"


def page(cast: Cast) -> str:
    return visit(cast.anne).get("/en/staff/duplicates/").content.decode()


def named(who: str, phone: str, cast: Cast) -> User:
    made = person(who, cast.randers)
    User.objects.filter(pk=made.pk).update(phone=phone)
    return made


@pytest.fixture
def at_home(cast: Cast) -> list[User]:
    home = make.home(cast.vorup, "12B", "Åboulevarden")
    slips = [make.slip(cast.karen, home, name=f"Vera {one}", phone=one, email=mail) for one, mail in TWO]
    User.objects.filter(pk=slips[0].person_id).update(name="Vera Vest")
    User.objects.filter(pk=slips[1].person_id).update(name="vera  VEST")
    return [one.person for one in slips]


TWO = (("12 34 56 78", "vera@randers.example"), ("87 65 43 21", "vv@randers.example"))


def test_one_number_in_two_spellings_is_listed(cast: Cast) -> None:
    one, other = named("Gitte", "20304050", cast), named("Grete", "+45 20 30 40 50", cast)
    named("Gerda", "20304051", cast)
    text = page(cast)
    assert PHONE in text
    assert all(f"/admin/people/user/{who.pk}/change/" in text for who in (one, other))
    assert "Gerda" not in text


def test_one_name_at_one_address_is_listed_and_others_of_the_home_are_not(cast: Cast, at_home: list[User]) -> None:
    text = page(cast)
    assert HOME in text
    assert PHONE not in text
    assert all(f"/admin/people/user/{who.pk}/change/" in text for who in at_home)


@pytest.mark.parametrize("number", [0, 1])
def test_no_address_or_number_of_the_protected_is_listed(cast: Cast, at_home: list[User], number: int) -> None:
    User.objects.filter(pk__in=[who.pk for who in at_home]).update(phone="20304050")
    assert "Åboulevarden" in page(cast)
    User.objects.filter(pk=at_home[number].pk).update(is_protected=True)
    text = page(cast)
    assert "Protected" in text
    assert not any(secret in text for secret in ("Åboulevarden", "20304050", "20 30 40 50", "20\xa030\xa040\xa050"))


def test_nobody_else_reads_it_and_nobody_of_another_partnership_is_listed(cast: Cast) -> None:
    named("Gitte", "20304050", cast)
    other = person("Grete", cast.kalmar)
    User.objects.filter(pk=other.pk).update(phone="+4520304050")
    assert "Grete" not in page(cast)
    assert "There is nothing to do here." in page(cast)
    assert visit(cast.karen).get("/en/staff/duplicates/").status_code == 403
