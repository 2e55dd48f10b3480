"""A partnership keeps an administrator: the last one cannot leave before there is another."""

import pytest

from partnership.people.actions.erasing import erase
from partnership.people.actions.roles import change_roles
from partnership.people.models import Role, User
from partnership.people.tests.test_administration import PEOPLE, saved
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, assemble, visit, with_role
from partnership.tests.crowd import all_at_once

pytestmark = pytest.mark.django_db
WORDS = "Gør først en anden til administrator."


@pytest.mark.django_db(transaction=True)
def test_the_last_administrator_reads_why_they_cannot_be_deleted() -> None:
    cast = assemble()
    browser = visit(cast.anne)
    assert WORDS in browser.get("/da/me/erase/").content.decode()
    assert WORDS in browser.post("/da/me/erase/", follow=True).content.decode()
    assert User.objects.filter(pk=cast.anne.pk).exists()


def test_one_of_two_administrators_can_be_deleted(cast: Cast) -> None:
    with_role("Axel", cast.randers, Role.Kind.ADMINISTRATOR)
    assert visit(cast.anne).post("/da/me/erase/")["Location"] == "/da/me/erased/"


@pytest.mark.parametrize("how", [{"roles-0-DELETE": "on"}, {"roles-0-kind": "coordinator"}, {"is_active": ""}])
def test_the_administration_leaves_the_last_administrator_in_place(cast: Cast, how: dict[str, str]) -> None:
    page = f"{PEOPLE}{cast.anne.pk}/change/"
    typed = saved(cast.anne, cast.anne.roles.get(), **how)
    assert WORDS in visit(cast.anne).post(page, typed, follow=True).content.decode()
    assert User.objects.holding("administrator", partnership=cast.randers).get() == cast.anne
    with_role("Axel", cast.randers, Role.Kind.ADMINISTRATOR)
    visit(cast.anne).post(page, typed)
    assert [one.name for one in User.objects.holding("administrator", partnership=cast.randers)] == ["Axel"]


def test_an_administrator_who_may_not_log_in_is_no_other_one(cast: Cast) -> None:
    axel = with_role("Axel", cast.randers, Role.Kind.ADMINISTRATOR)
    User.objects.filter(pk=axel.pk).update(is_active=False)
    with pytest.raises(Refused) as refused:
        erase(person=cast.anne, by=cast.anne, now=NOW)
    assert refused.value.reason == "last_administrator"
    erase(person=axel, by=cast.anne, now=NOW)


def test_an_administrator_elsewhere_is_no_other_one(cast: Cast) -> None:
    with_role("Kajsa", cast.kalmar, Role.Kind.ADMINISTRATOR)
    with pytest.raises(Refused):
        change_roles(person=cast.anne, given=[], taken=[cast.anne.roles.get()], now=NOW)
    assert cast.anne.roles.exists()


@pytest.mark.django_db(transaction=True)
def test_of_five_administrators_who_go_at_once_one_stays() -> None:
    cast = assemble()
    five = [cast.anne, *(with_role(f"Axel{number}", cast.randers, "administrator") for number in range(4))]
    outcomes = all_at_once(5, lambda number: erase(person=five[number], by=five[number], now=NOW))
    assert [one.reason for one in outcomes if isinstance(one, Refused)] == ["last_administrator"]
    assert User.objects.holding("administrator", partnership=cast.randers).count() == 1
