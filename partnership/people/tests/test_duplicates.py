"""One mailbox is one person; those from before it was so are listed, and lead to one."""

import io

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from partnership.people.actions.duplicates import duplicates, give_free_mailboxes, sharing_a_mailbox
from partnership.people.actions.erasing import erase
from partnership.people.models import User
from partnership.tests.cast import Cast, person, visit

SENT, KNOWN = "bo@xn--blegrd-luad.example", "bo@æblegård.example"


def as_before(who: User, spelling: str) -> User:
    """Write an address as older versions stored it."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_user SET is_duplicate = true, email = %s WHERE id = %s", [spelling, who.pk])
        cursor.execute("UPDATE account_emailaddress SET email = %s WHERE user_id = %s", [spelling, who.pk])
    who.refresh_from_db()
    return who


@pytest.fixture
def duplicate(cast: Cast) -> User:
    person("Bo", cast.randers)
    User.objects.filter(name="Bo").update(email=SENT)
    return as_before(person("Bodil", cast.randers), f"{KNOWN}\u200b")


def test_the_database_holds_one_spelling(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="user_email_is_in_its_one_spelling"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE people_user SET email = %s WHERE id = %s", [KNOWN, cast.helle.pk])
    assert User.objects.create_user(KNOWN, "Bo", partnership=cast.randers).email == SENT
    assert User.objects.get(email=f"{KNOWN}\u200b") == User.objects.get(email=SENT)


def test_a_duplicate_is_shown_to_administrators_with_what_to_do(cast: Cast, duplicate: User) -> None:
    browser = visit(cast.anne)
    page = browser.get("/en/staff/duplicates/").content.decode()
    assert f"/admin/people/user/{duplicate.pk}/change/" in page
    assert KNOWN in page
    assert "Duplicates" in page
    assert visit(cast.karen).get("/en/staff/duplicates/").status_code == 403
    assert "Duplicates" not in visit(cast.karen).get("/en/dashboard/").content.decode()
    out = io.StringIO()
    call_command("list_duplicates", stdout=out)
    assert f"Bodil (number {duplicate.pk}" in out.getvalue()


def test_the_address_of_the_page_before_leads_to_it(cast: Cast) -> None:
    answer = visit(cast.anne).get("/da/staff/doubles/")
    assert (answer.status_code, answer["Location"]) == (302, "/da/staff/duplicates/")


def test_nobody_of_another_partnership_is_named(cast: Cast, duplicate: User) -> None:
    User.objects.filter(email=SENT).update(partnership=cast.kalmar)
    page = visit(cast.anne).get("/en/staff/duplicates/").content.decode()
    assert "Somebody at another partnership" in page
    assert ">Bo<" not in page


def test_a_duplicate_gets_the_mailbox_when_the_other_is_deleted(cast: Cast, duplicate: User) -> None:
    assert give_free_mailboxes() == 0
    erase(person=User.objects.get(email=SENT), by=cast.anne, now=timezone.now())
    duplicate.refresh_from_db()
    assert (duplicate.email, duplicate.is_duplicate, duplicates()) == (SENT, False, [])


def test_a_duplicate_gets_the_mailbox_when_the_other_gets_another(cast: Cast, duplicate: User) -> None:
    holder = User.objects.get(email=SENT)
    page = f"/admin/people/user/{holder.pk}/change/"
    form = {"name": "Bo", "email": "bo@example.dk", "language": "da", "is_active": "on", **NO_ROLES}
    assert visit(cast.anne).post(page, form).status_code == 302
    duplicate.refresh_from_db()
    assert (duplicate.email, duplicate.is_duplicate) == (SENT, False)


def test_the_administration_gives_nobody_a_mailbox_twice(cast: Cast, duplicate: User) -> None:
    form = {"name": "Frede", "email": f"{KNOWN}\u200b", "language": "da", "is_active": "on", **NO_ROLES}
    page = visit(cast.anne).post(f"/admin/people/user/{cast.frede.pk}/change/", form)
    assert page.status_code == 200
    assert User.objects.get(pk=cast.frede.pk).email == "frede@randers.example"
    found = visit(cast.anne).get("/admin/people/user/", {"q": "æblegård.example"}).content.decode()
    assert f"/admin/people/user/{User.objects.get(email=SENT).pk}/change/" in found


NO_ROLES = {f"roles-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL")}


def test_people_with_different_addresses_of_one_mailbox_are_shown_to_administrators(cast: Cast) -> None:
    anne = visit(cast.anne)
    assert "/staff/duplicates/" not in anne.get("/da/dashboard/").content.decode()
    for name, address in (
        ("Vera Et", "vera@where.example"), ("Vera To", "vera+1@where.example"), ("Vera Tre", "vera+2@where.example"),
        ("Gert Et", "ge.rt@gmail.com"), ("Gert To", "gert@googlemail.com"), ("Alene", "a.lene+x@where.example"),
    ):  # fmt: skip
        User.objects.create_user(address, name, partnership=cast.randers)
    User.objects.create_user("vera+3@where.example", "Vera Kalmar", partnership=cast.kalmar)
    assert [[one.name for one in those] for those in sharing_a_mailbox(cast.randers)] == [
        ["Gert Et", "Gert To"],
        ["Vera Et", "Vera To", "Vera Tre"],
    ]
    page = anne.get("/da/staff/duplicates/").content.decode()
    assert "vera+2@where.example" in page
    assert "Vera Tre" in page
    assert "Alene" not in page
    assert "Vera Kalmar" not in page
    assert "/staff/duplicates/" in anne.get("/da/dashboard/").content.decode()
    assert visit(cast.karen).get("/da/staff/duplicates/").status_code == 403
