"""What an administrator gives by hand can be used, and its holder hears of it by their own channel."""

import pytest
from django.test import Client
from django.utils import translation

from partnership.outbox import kinds
from partnership.outbox.models import Message
from partnership.people.actions.mailboxes import give_typed_mailbox
from partnership.people.actions.roles import change_roles
from partnership.people.models import Role, User
from partnership.people.tests.test_administration import PEOPLE
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, person, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def anne(cast: Cast) -> Client:
    return visit(cast.anne)


def gives(anne: Client, who: User | None, kind: str, area: int | str = "", **typed: str) -> str:
    """Give a role in the administration, and return the page after it."""
    form = {"name": "Frida", "email": "frida@randers.example", "phone": "", "language": "da", "is_active": "on"}
    form |= {"name": who.name, "email": who.email or ""} if who else {}
    form |= {"roles-TOTAL_FORMS": "1", "roles-INITIAL_FORMS": "0", "roles-0-kind": kind, "roles-0-area": str(area)}
    where = f"{PEOPLE}{who.pk}/change/" if who else f"{PEOPLE}add/"
    return anne.post(where, form | typed, follow=True).content.decode()


def said(kind: str, to: User) -> str:
    (message,) = Message.objects.filter(kind=kind, recipient=to)
    with translation.override("da"):
        words = kinds.kind(kind).write(message)
    return " ".join([words.subject, *words.paragraphs]) if words else ""


@pytest.mark.parametrize("kind", Role.NEEDS_SECOND_FACTOR)
def test_a_role_that_needs_to_log_in_needs_an_email_address(cast: Cast, anne: Client, kind: str) -> None:
    page = gives(anne, None, kind, email="")
    assert "Den, der har rollen, logger ind med en kode på e-mail." in page
    assert "har fået at vide" not in page
    assert not User.objects.filter(name="Frida").exists()
    change = Role(user=cast.frede, partnership=cast.randers, kind=kind)
    User.objects.filter(pk=cast.frede.pk).update(email=None)
    with pytest.raises(Refused, match="e-mail"), translation.override("da"):
        change_roles(person=cast.frede, given=[change], by=cast.anne, now=NOW)


def test_nor_is_the_address_of_somebody_with_such_a_role_deleted(cast: Cast, anne: Client) -> None:
    role = cast.karen.roles.get()
    typed = {"email": "", "roles-INITIAL_FORMS": "1", "roles-0-id": str(role.pk), "roles-0-user": str(cast.karen.pk)}
    assert "logger ind med en kode på e-mail" in gives(anne, cast.karen, "coordinator", **typed)
    with pytest.raises(Refused):
        give_typed_mailbox(cast.karen, "", NOW)
    cast.karen.refresh_from_db()
    assert cast.karen.email


def test_a_naboven_is_given_a_local_area_and_is_told_what_the_role_opens(cast: Cast, anne: Client) -> None:
    assert "Vælg lokalområdet" in gives(anne, cast.frede, "naboven")
    assert not cast.frede.roles.exists()
    page = gives(anne, cast.frede, "naboven", cast.vorup.pk)
    assert "Frede får på e-mail at vide, hvad det betyder." in page
    told = said("entrance.own_roles", cast.frede)
    assert "Nabove" in told
    assert "(Vorup)" in told
    assert "Skriv denne e-mailadresse på siden" in told
    assert "Vorup" in visit(cast.frede).get("/da/me/").content.decode()


def test_who_has_no_email_is_told_by_letter_and_who_has_no_home_by_the_administrator(cast: Cast, anne: Client) -> None:
    bodil = person("Bodil", cast.randers)
    User.objects.filter(pk=bodil.pk).update(email=None)
    bodil.refresh_from_db()
    assert "Ingen besked når frem til Bodil" in gives(anne, bodil, "naboven", cast.vorup.pk)
    assert "Ring til" in said("entrance.own_roles", bodil)


def test_a_naboven_from_before_without_an_area_reads_whom_to_call(cast: Cast) -> None:
    Role.objects.create(user=cast.frede, partnership=cast.randers, kind=Role.Kind.NABOVEN)
    page = visit(cast.frede).get("/da/me/").content.decode()
    assert "Vi kender ikke dit lokalområde endnu." in page
    assert "ikke noget endnu" not in page


def test_a_role_that_ends_is_told_to_its_holder(cast: Cast) -> None:
    change_roles(person=cast.karen, given=[], taken=list(cast.karen.roles.all()), by=cast.anne, now=NOW)
    told = said("entrance.own_roles", cast.karen)
    assert "Din rolle hos Bo Trygt! i Randers Kommune er slut" in told
    assert "koordinator" in told


def test_one_that_was_given_and_taken_again_is_not_spoken_of(cast: Cast) -> None:
    role = Role(user=cast.frede, partnership=cast.randers, kind=Role.Kind.NABOVEN, area=cast.vorup)
    change_roles(person=cast.frede, given=[role], by=cast.anne, now=NOW)
    role.delete()
    assert said("entrance.own_roles", cast.frede) == ""


def test_a_first_role_is_told_once_and_nobody_hears_of_what_they_did_themselves(cast: Cast) -> None:
    role = Role(user=cast.frede, partnership=cast.randers, kind=Role.Kind.COORDINATOR)
    change_roles(person=cast.frede, given=[role], by=cast.anne, now=NOW)
    own = Role(user=cast.anne, partnership=cast.randers, kind=Role.Kind.COORDINATOR)
    change_roles(person=cast.anne, given=[own], by=cast.anne, now=NOW)
    kinds = Message.objects.filter(recipient__in=[cast.frede, cast.anne]).values_list("kind", flat=True)
    assert list(kinds) == ["entrance.first_role"]


def test_another_address_of_staff_says_what_is_removed_and_offers_the_code(cast: Cast, anne: Client) -> None:
    role = cast.karen.roles.get()
    typed = {"email": "k@new.example", "roles-INITIAL_FORMS": "1", "roles-0-id": str(role.pk)}
    page = gives(anne, cast.karen, "coordinator", **typed, **{"roles-0-user": str(cast.karen.pk)})
    assert "kodeapp, adgangsnøgler og reservekoder er fjernet" in page
    assert f'href="/admin/entrance/invitation/add/?person={cast.karen.pk}"' in page


def test_a_mailbox_that_staff_wrote_reads_no_name_and_who_said_it(cast: Cast, anne: Client) -> None:
    visit(cast.karen)
    role = cast.karen.roles.get()
    typed = {"email": "k@mistyped.example", "roles-INITIAL_FORMS": "1", "roles-0-id": str(role.pk)}
    gives(anne, cast.karen, "coordinator", **typed, **{"roles-0-user": str(cast.karen.pk)})
    told = said("entrance.new_address", cast.karen)
    assert "adresse op som din e-mailadresse" in told
    assert "Du har fortalt" not in told
    assert Message.objects.get(kind="entrance.new_address").greeted_name == ""
