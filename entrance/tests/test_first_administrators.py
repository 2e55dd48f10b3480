"""From a new portal to a second administrator, as the README says: the role alone opens the administration."""

import io
import re

import pytest
from django.core.management import call_command
from django.test import Client

from entrance.tests.test_invitations import ADMIN, PAGE
from entrance.tests.test_second_factor import connect_an_app
from partnership.people.models import Role, User
from partnership.places.tests.builders import a_partnership
from partnership.tests.cast import Cast, visit

PEOPLE = "/admin/people/user/"


def add(browser: Client, name: str) -> User:
    """Add an administrator in the administration, and return them."""
    typed = {"name": name, "email": f"{name.lower()}@town.example", "phone": "", "language": "da", "is_active": "on"}
    role = {"roles-TOTAL_FORMS": 1, "roles-INITIAL_FORMS": 0, "roles-0-kind": "administrator"}
    assert browser.post(f"{PEOPLE}add/", typed | role).status_code == 302
    return User.objects.get(name=name)


def come_in(who: User, code: str) -> Client:
    browser = visit(who, second_factor=False)
    browser.post(PAGE, {"code": code})
    connect_an_app(browser)
    return browser


@pytest.mark.django_db(transaction=True)
def test_the_first_administrator_comes_in_and_brings_in_the_next() -> None:
    a_partnership("randers")
    call_command("createsuperuser", email="root@town.example", name="Root", interactive=False)
    root = User.objects.get(name="Root")
    out = io.StringIO()
    call_command("invite_to_second_factor", root.email, stdout=out)
    first = add(come_in(root, out.getvalue()[:9]), "Bente")
    call_command("invite_to_second_factor", first.email, stdout=(out := io.StringIO()))
    browser = come_in(first, out.getvalue()[:9])
    assert "/admin/" in browser.get("/da/me/").content.decode()
    second = add(browser, "Carl")
    page = browser.post(f"{ADMIN}add/", {"person": second.pk}, follow=True).content.decode()
    assert come_in(second, re.search(r"\d{4} \d{4}", page)[0]).get(PEOPLE).status_code == 200


@pytest.mark.django_db
def test_the_administration_closes_when_the_role_is_taken(cast: Cast) -> None:
    assert visit(cast.anne).get("/admin/").status_code == 200
    Role.objects.filter(user=cast.anne).delete()
    assert visit(cast.anne).get("/admin/").status_code == 302
    assert b'href="/admin/' not in visit(cast.anne).get("/da/me/").content


@pytest.mark.django_db
def test_the_role_opens_no_other_partnerships_administration(cast: Cast) -> None:
    assert visit(cast.anne, host="kalmar.localhost").get("/admin/").status_code != 200
