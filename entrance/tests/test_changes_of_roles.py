"""What follows when a role is given, taken, or its holder is erased: who is told, and which log-ins end."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import translation

from entrance.models import BrowserSession
from partnership import clock
from partnership.outbox import kinds
from partnership.outbox.models import Message
from partnership.people.actions.erasing import erase
from partnership.people.actions.roles import change_roles
from partnership.people.models import Role, User
from partnership.tests.cast import NOW, Cast, visit, with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def axel(cast: Cast) -> User:
    """Return the other administrator."""
    return with_role("Axel", cast.randers, Role.Kind.ADMINISTRATOR)


def told(kind: str) -> dict[str, str]:
    """Return what each reader is told, in English."""
    with translation.override("en"):
        rows = Message.objects.filter(kind=f"entrance.{kind}")
        return {row.recipient.name: kinds.kind(row.kind).write(row).paragraphs[0] for row in rows}


def test_the_other_administrators_hear_of_a_role_that_is_given_and_taken(cast: Cast, axel: User) -> None:
    role = Role(user=cast.helle, partnership=cast.randers, kind=Role.Kind.COORDINATOR)
    change_roles(person=cast.helle, given=[role], by=cast.anne, now=NOW)
    assert told("roles_changed") == {"Axel": "Anne has changed the roles of Helle. Now: coordinator."}
    Message.objects.all().delete()
    change_roles(person=cast.helle, given=[], taken=[role], by=cast.anne, now=NOW)
    assert told("roles_changed") == {"Axel": "Anne has changed the roles of Helle. Now there is none."}


def test_a_naboven_is_no_news_for_them(cast: Cast, axel: User) -> None:
    role = Role(user=cast.helle, partnership=cast.randers, kind=Role.Kind.NABOVEN, area=cast.vorup)
    change_roles(person=cast.helle, given=[role], by=cast.anne, now=NOW)
    assert told("roles_changed") == {}


def test_the_other_administrators_hear_of_staff_that_are_deleted(cast: Cast, axel: User) -> None:
    erase(person=cast.karen, by=cast.anne, now=NOW)
    assert told("staff_erased") == {"Axel": "Anne has deleted somebody with this role: coordinator."}
    Message.objects.all().delete()
    erase(person=cast.palle, by=cast.palle, now=NOW)
    sentence = "Somebody with this role has deleted everything about themselves: police officer."
    assert told("staff_erased") == {"Anne": sentence, "Axel": sentence}
    erase(person=cast.frede, by=cast.frede, now=NOW)
    assert len(told("staff_erased")) == 2


def test_they_hear_of_a_role_that_was_taken_before_its_holder_was_deleted(cast: Cast, axel: User) -> None:
    change_roles(person=cast.karen, given=[], taken=list(cast.karen.roles.all()), by=cast.anne, now=NOW)
    erase(person=cast.karen, by=cast.anne, now=NOW)
    assert told("staff_erased") == {}
    assert told("roles_changed") == {"Axel": "Anne has changed the roles of somebody who has been deleted since."}


def forgotten_browser(who: User) -> Client:
    """Return a browser in which staff logged in, and which nobody has used for three hours."""
    browser = visit(who)
    BrowserSession.objects.filter(person=who).update(used_at=clock.now() - dt.timedelta(hours=3))
    return browser


def test_taking_the_last_role_ends_the_log_ins_that_had_expired_for_staff(cast: Cast) -> None:
    browser = forgotten_browser(cast.palle)
    change_roles(person=cast.palle, given=[], taken=[cast.palle.roles.get()], by=cast.anne, now=NOW)
    assert browser.get("/da/me/").status_code == 302
    assert not BrowserSession.objects.filter(person=cast.palle).exists()


def test_taking_one_of_two_roles_ends_none(cast: Cast) -> None:
    Role.objects.create(user=cast.palle, partnership=cast.randers, kind=Role.Kind.COORDINATOR)
    browser = visit(cast.palle)
    change_roles(person=cast.palle, given=[], taken=[cast.palle.roles.get(kind="police")], by=cast.anne, now=NOW)
    assert browser.get("/da/me/").status_code == 200


def test_a_change_that_nobody_made_is_told_to_no_administrator(cast: Cast, axel: User) -> None:
    role = Role(user=cast.helle, partnership=cast.randers, kind=Role.Kind.COORDINATOR)
    change_roles(person=cast.helle, given=[role], now=NOW)
    assert told("roles_changed") == {}
