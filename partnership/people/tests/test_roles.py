"""Roles and addresses are changed by actions, of which rooms above hear."""

import re

import pytest
from django.db import IntegrityError, transaction

from partnership.people import changes
from partnership.people.actions.mailboxes import change_mailbox
from partnership.people.actions.roles import change_roles
from partnership.people.models import Role, User
from partnership.people.tests.test_administration import saved
from partnership.tests.cast import NOW, Cast, visit
from partnership.tests.house import module_name, sources

WRITTEN = re.compile(r"\bRole\.objects\.(?:bulk_|get_or_|update_or_)?create\(")


def a_role(who: User, kind: str) -> Role:
    return Role(user=who, partnership=who.partnership, kind=kind)


@pytest.mark.django_db
def test_rooms_hear_of_the_first_role_that_needs_a_second_factor_and_of_no_other(cast: Cast) -> None:
    heard: list[User] = []
    with changes.to_staff.only(lambda who, now: heard.append(who)):
        change_roles(person=cast.helle, given=[a_role(cast.helle, "naboven")], now=NOW)
        assert heard == []
        naboven = cast.helle.roles.get()
        naboven.kind = "coordinator"
        change_roles(person=cast.helle, given=[naboven], now=NOW)
        change_roles(person=cast.helle, given=[a_role(cast.helle, "police")], taken=[naboven], now=NOW)
    assert heard == [cast.helle]
    assert [role.kind for role in cast.helle.roles.all()] == ["police"]


@pytest.mark.django_db
def test_rooms_hear_of_a_new_address_and_the_one_before(cast: Cast) -> None:
    heard: list[tuple[str | None, str | None]] = []
    with changes.of_mailbox.only(lambda who, before, was_verified, now: heard.append((before, who.email))):
        change_mailbox(person=cast.helle, to="New@Where.example", now=NOW)
        change_mailbox(person=cast.helle, to=None, now=NOW)
    assert heard == [("helle@randers.example", "new@where.example"), ("new@where.example", None)]
    assert User.objects.get(pk=cast.helle.pk).email is None


def test_nothing_gives_a_role_past_the_action() -> None:
    found = [module_name(path) for path in sources() if WRITTEN.search(path.read_text())]
    # It fills a database in which nobody is real.
    assert found == ["partnership.people.made_up.scale"]


def test_a_role_given_past_the_action_is_found() -> None:
    assert WRITTEN.search("Role.objects.create(user=person)")
    assert not WRITTEN.search("AnyRole.objects.create(user=person); Role.objects.filter()")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["coordinator", "police", "administrator"])
def test_only_a_naboven_is_bound_to_an_area(cast: Cast, kind: str) -> None:
    """Nothing else asks for the area of a role, so a coordinator of one would see all."""
    role = {"roles-TOTAL_FORMS": 1, "roles-0-user": cast.helle.pk, "roles-0-area": cast.vorup.pk}
    page = f"/admin/people/user/{cast.helle.pk}/change/"
    answer = visit(cast.anne).post(page, saved(cast.helle, **role, **{"roles-0-kind": kind}))
    assert "Kun en Naboven har ét lokalområde" in answer.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.create(user=cast.helle, partnership=cast.randers, kind=kind, area=cast.vorup)
    assert visit(cast.anne).post(page, saved(cast.helle, **role, **{"roles-0-kind": "naboven"})).status_code == 302
