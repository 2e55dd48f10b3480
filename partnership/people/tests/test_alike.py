"""Administrators see who may be here twice: by telephone, or by name and address; of the protected no address."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from neighbours.tests import builders as make
from partnership.people.models import LookUp, PostalAddress, User
from partnership.people.staff import alike
from partnership.people.tests.test_details_by_staff import NEW, typed, written_down
from partnership.places.models import Address
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


def crowd(cast: Cast, number: int, *, twice: int) -> None:
    """Make so many people with a telephone and a home each, of whom some are here twice, in another spelling."""
    homes = [
        Address(
            partnership=cast.randers, area=cast.vorup, register_id=f"c{one}", street="Lang Vej", number=str(one),
            postcode="8900", town="Randers C",
        )
        for one in range(number)
    ]  # fmt: skip
    Address.objects.bulk_create(homes)
    people = [
        User(partnership=cast.randers, name=f"Per Nr{one}", phone=f"{20_000_000 + one * 7}", password="!")
        for one in range(number)
    ]
    people += [
        User(partnership=cast.randers, name=f"Nr{one}, Per", phone=f"+45 {20_000_000 + one * 7}", password="!")
        for one in range(twice)
    ]
    User.objects.bulk_create(people)
    rows = zip(people, [*homes, *homes[:twice]], strict=True)
    PostalAddress.objects.bulk_create(PostalAddress(person=person, address=home) for person, home in rows)


def sizes(cast: Cast) -> list[int]:
    """Return the number of people on each page of the list, and check how long a page may be."""
    browser, found, page = visit(cast.anne), [], 1
    while True:
        text = browser.get(f"/en/staff/duplicates/?page={page}").content.decode()
        assert len(text) < 60_000
        found.append(text.count("/admin/people/user/"))
        if "Next page" not in text:
            return found
        page += 1


def test_a_long_list_has_pages(cast: Cast) -> None:
    crowd(cast, 130, twice=120)
    assert sizes(cast) == [100, 100, 100, 100, 80]
    rows = re.findall("One telephone number", visit(cast.anne).get("/en/staff/duplicates/?page=1").content.decode())
    assert rows == []
    assert visit(cast.anne).get("/en/staff/duplicates/?page=abc").status_code == 200
    assert visit(cast.anne).get("/en/staff/duplicates/?page=999").status_code == 200


def test_who_is_not_on_the_page_is_not_looked_up(cast: Cast) -> None:
    crowd(cast, 130, twice=120)
    visit(cast.anne).get("/en/staff/duplicates/")
    assert LookUp.objects.filter(by_id=cast.anne.pk).count() == 100


def test_the_menu_reads_only_those_who_may_be_here_twice(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five thousand people with a telephone and a home: no number is read unless another ends as it does."""
    crowd(cast, 5_000, twice=3)
    read: list[str] = []
    monkeypatch.setattr(alike, "e164", lambda text, country: read.append(text) or text[-8:])
    monkeypatch.setattr(alike, "first_and_last", lambda name: read.append(name) or tuple(sorted(name.split(", "))))
    people = User.objects.filter(partnership=cast.randers)
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        alike.are_any(people, cast.randers)
    assert 0 < len(read) < 40
    assert len(queries) < 12


def test_a_caller_with_a_number_that_we_know_is_asked_about_and_the_known_person_is_a_press_away(cast: Cast) -> None:
    """Coordinators see the warning, who cannot open the list of duplicates; another name is a misheard one, or a
    household's.
    """
    known = written_down(cast, name="Gerda Holm", phone="20 11 22 33")
    karen = visit(cast.karen)
    form = typed(name="Gerta Hulm", phone="+45 20112233")
    asked = karen.post(NEW, form).content.decode()
    assert "We know somebody who may be this person." in asked
    assert f'href="/en/staff/people/{known.pk}/"' in asked
    assert not User.objects.filter(name="Gerta Hulm").exists()
    assert karen.post(NEW, form | {"is_another": "on"}).status_code == 302
    assert User.objects.filter(name="Gerta Hulm").exists()


def test_who_shares_the_number_of_somebody_protected_can_be_written_down(cast: Cast) -> None:
    written_down(cast, name="Gerda Holm", phone="20 11 22 33", is_protected=True)
    form = typed(name="Bo Bech", phone="20112233") | {"is_another": "on"}
    assert visit(cast.karen).post(NEW, form).status_code == 302
