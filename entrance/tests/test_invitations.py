"""A role's first second factor needs an invitation, and changes to a way in are told."""

import datetime as dt
import io
import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import URLPattern
from django.utils import translation

from entrance.actions import inviting
from entrance.actions.removing_factors import remove_factors
from entrance.models import BrowserSession, Invitation
from entrance.telling import tell_of_new_mailbox
from entrance.tests.test_second_factor import CONNECT, connect_an_app
from partnership import clock
from partnership.outbox import kinds
from partnership.outbox.models import Message
from partnership.people.actions.roles import change_roles
from partnership.people.models import Role, User
from partnership.refusals import Refused
from partnership.tests.cast import Cast, person, visit
from partnership.tests.test_open_urls import every_address

pytestmark = pytest.mark.django_db
PAGE, ADMIN = "/accounts/2fa/invitation/", "/admin/entrance/invitation/"
NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def anne(cast: Cast) -> Client:
    return visit(cast.anne)


def told() -> list[tuple[str, str]]:
    return [(row.kind, row.mailbox or row.recipient.name) for row in Message.objects.order_by("pk")]


def factor_pages() -> list[tuple[str, URLPattern]]:
    return [(at, one) for at, one in every_address() if at.startswith("accounts/2fa/") and f"/{at}" != PAGE]


@pytest.mark.parametrize("name", ["karen", "palle", "anne"])
def test_no_page_makes_a_second_factor_without_an_invitation(cast: Cast, name: str) -> None:
    """Every page of the library, by GET and POST."""
    client = visit(getattr(cast, name), second_factor=False)
    pages = ["/" + re.sub(r"<int:\w+>", "1", where) for where, _pattern in factor_pages()]
    assert len(pages) > 8
    answers = {(how, page): getattr(client, how)(page) for page in pages for how in ("get", "post")}
    assert {key: one.status_code for key, one in answers.items() if one.headers.get("Location") != PAGE} == {}
    assert not Authenticator.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_administrator_reads_the_code_once_and_it_opens_the_way(cast: Cast, anne: Client) -> None:
    page = anne.post(f"{ADMIN}add/", {"person": cast.karen.pk}, follow=True).content.decode()
    code = re.search(r"\d{4} \d{4}", page)[0]
    assert code not in anne.get(ADMIN).content.decode()
    assert (Invitation.objects.get().made_by, Invitation.objects.get().person) == (cast.anne, cast.karen)
    karen = visit(cast.karen, second_factor=False)
    assert karen.post(PAGE, {"code": "0000 0000"}).status_code == 400
    karen.post(PAGE, {"code": f" {code.replace(' ', '-')} "})
    connect_an_app(karen)
    assert karen.get("/da/dashboard/").status_code == 200
    assert sorted(told()) == [("account.totp_activated", "Karen"), ("entrance.factor_added", "Anne")]


def test_an_invitation_works_once_for_one_person_for_a_week_and_five_tries(cast: Cast) -> None:
    karen, palle = cast.karen, cast.palle

    def works(person: User, code: str, *, days: int = 0) -> bool:
        try:
            inviting.redeem(person=person, typed=code, now=NOW + dt.timedelta(days=days))
        except Refused:
            return False
        return True

    def fresh() -> str:
        return inviting.invite(person=karen, by=cast.anne, now=NOW)

    code = fresh()
    inviting.invite(person=palle, by=cast.anne, now=NOW)
    assert not works(palle, code)
    assert works(karen, code, days=6)
    assert not works(karen, code)
    assert not works(karen, fresh(), days=7)
    old, new = fresh(), fresh()
    assert not works(karen, old)
    assert works(karen, new)
    code = fresh()
    assert not any(works(karen, "") for _try in range(inviting.TRIES))
    assert not works(karen, code)


def test_nobody_invites_themselves_another_partnership_or_who_runs_the_platform(cast: Cast, anne: Client) -> None:
    root = person("Root", cast.randers, is_superuser=True)
    for who in (cast.anne, cast.kerstin, root):
        anne.post(f"{ADMIN}add/", {"person": who.pk})
    assert visit(cast.karen).post(f"{ADMIN}add/", {"person": cast.palle.pk}).status_code in (302, 403)
    assert not Invitation.objects.exists()
    with pytest.raises(Refused):
        inviting.invite(person=cast.anne, by=cast.anne, now=NOW)


def test_the_first_administrator_is_invited_on_the_server(cast: Cast) -> None:
    said = io.StringIO()
    call_command("invite_to_second_factor", "Anne@randers.example", stdout=said)
    client = visit(cast.anne, second_factor=False)
    assert client.post(PAGE, {"code": said.getvalue()[:9]}).headers["Location"] == "/accounts/2fa/"
    with pytest.raises(CommandError, match="Nobody here"):
        call_command("invite_to_second_factor", "nobody@randers.example")


@pytest.mark.django_db(transaction=True)
def test_who_has_no_role_needs_no_invitation_and_nobody_hears_of_it(cast: Cast) -> None:
    connect_an_app(visit(cast.helle))
    assert told() == [("account.totp_activated", "Helle")]


def test_who_gets_a_role_begins_without_what_was_connected_before(cast: Cast, anne: Client) -> None:
    connect_an_app(helle := visit(cast.helle))
    typed = {"name": "Helle", "email": cast.helle.email, "phone": "", "language": "da", "is_active": "on"}
    typed |= {"roles-TOTAL_FORMS": 1, "roles-INITIAL_FORMS": 0, "roles-0-kind": "coordinator"}
    assert anne.post(f"/admin/people/user/{cast.helle.pk}/change/", typed).status_code == 302
    assert Role.objects.filter(user=cast.helle).exists()
    assert not Authenticator.objects.filter(user=cast.helle).exists()
    assert not BrowserSession.objects.filter(person=cast.helle).exists()
    assert helle.get("/da/me/").status_code == 302


def test_who_gets_a_role_is_told_how_to_log_in_and_the_administrator_that_a_code_is_next(
    cast: Cast, anne: Client
) -> None:
    typed = {"name": "Nina", "email": "nina@randers.example", "phone": "", "language": "en", "is_active": "on"}
    typed |= {"roles-TOTAL_FORMS": 1, "roles-INITIAL_FORMS": 0, "roles-0-kind": "coordinator"}
    page = anne.post("/admin/people/user/add/", typed, follow=True).content.decode()
    nina = User.objects.get(name="Nina")
    assert f'href="{ADMIN}add/?person={nina.pk}"' in page
    message = Message.objects.get(kind="entrance.first_role", recipient=nina)
    with translation.override("en"):
        told = kinds.kind(message.kind).write(message)
    assert "Your role: coordinator." in told.paragraphs
    assert told.button[1].endswith("/accounts/login/?lang=en")
    assert "eight digits" in " ".join(told.paragraphs)
    nina.roles.all().delete()
    assert kinds.kind(message.kind).write(message) is None


def test_only_who_needs_a_code_is_listed_with_role_and_address(cast: Cast, anne: Client) -> None:
    page = anne.get(f"{ADMIN}add/?person={cast.karen.pk}").content.decode()
    assert f'<option value="{cast.karen.pk}" selected>Karen, koordinator, karen@randers.example</option>' in page
    assert "Palle" in page
    assert "Helle" not in page
    assert "Kerstin" not in page


def test_a_role_that_is_given_elsewhere_removes_what_was_connected_before_too(cast: Cast) -> None:
    connect_an_app(visit(cast.helle))
    role = Role(user=cast.helle, partnership=cast.randers, kind=Role.Kind.POLICE)
    change_roles(person=cast.helle, given=[role], now=NOW)
    assert not Authenticator.objects.filter(user=cast.helle).exists()
    assert not BrowserSession.objects.filter(person=cast.helle).exists()


def test_who_has_lost_their_telephone_is_invited_again_and_is_told(cast: Cast, anne: Client) -> None:
    for kind in ("totp", "recovery_codes"):
        Authenticator.objects.create(user=cast.karen, type=kind, data={})
    one = Authenticator.objects.filter(user=cast.karen).first()
    anne.post(f"/admin/entrance/secondfactor/{one.pk}/delete/", {"post": "yes"})
    assert not Authenticator.objects.filter(user=cast.karen).exists()
    assert set(told()) == {("entrance.factor_removed", "Anne"), ("entrance.own_factor_removed", "Karen")}


@pytest.mark.parametrize(("name", "more"), [("helle", []), ("karen", [("entrance.address_of_staff_changed", "Anne")])])
def test_the_old_address_hears_of_the_new_one_which_is_asked_to_log_in(
    cast: Cast, anne: Client, name: str, more: list
) -> None:
    who = getattr(cast, name)
    roles = list(who.roles.all())
    typed = {"name": who.name, "email": "new@where.example", "phone": "", "language": "da", "is_active": "on"}
    typed |= {"roles-TOTAL_FORMS": len(roles), "roles-INITIAL_FORMS": len(roles)}
    for at, role in enumerate(roles):
        typed |= {f"roles-{at}-id": role.pk, f"roles-{at}-kind": role.kind, f"roles-{at}-user": who.pk}
    assert anne.post(f"/admin/people/user/{who.pk}/change/", typed).status_code == 302
    new = ("entrance.new_address", who.name)
    assert told() == [("entrance.address_changed", f"{name}@randers.example"), new, *more]


def test_administrators_hear_in_their_own_language_and_the_old_address_in_the_persons(cast: Cast) -> None:
    User.objects.filter(pk=cast.karen.pk).update(language="sv")
    cast.karen.refresh_from_db()
    tell_of_new_mailbox(cast.karen, "before@where.example", True, NOW)
    Authenticator.objects.create(user=cast.karen, type="totp", data={})
    remove_factors(person=cast.karen, now=NOW)
    heard = {(row.kind.partition(".")[2], row.reading_language) for row in Message.objects.all()}
    assert heard == {
        ("address_changed", "sv"),
        ("new_address", "sv"),
        ("address_of_staff_changed", "da"),
        ("factor_removed", "da"),
        ("own_factor_removed", "sv"),
    }


@pytest.mark.parametrize(
    ("what", "then"), [("address_of_staff_changed", "ret adressen"), ("factor_removed", "om det var personen selv")]
)
def test_administrators_are_told_to_remove_only_what_is_there(cast: Cast, what: str, then: str) -> None:
    tell_of_new_mailbox(cast.karen, "before@where.example", True, NOW)
    Authenticator.objects.create(user=cast.karen, type="totp", data={})
    remove_factors(person=cast.karen, now=NOW)
    message = Message.objects.get(kind=f"entrance.{what}")
    with translation.override("da"):
        said = kinds.kind(message.kind).write(message).paragraphs[-1]
    assert then in said
    assert "fjern" not in said


def test_a_change_of_something_else_tells_nobody(cast: Cast, anne: Client) -> None:
    typed = {"name": "Helle H", "email": cast.helle.email, "phone": "", "language": "da", "is_active": "on"}
    typed |= {"roles-TOTAL_FORMS": 0, "roles-INITIAL_FORMS": 0}
    assert anne.post(f"/admin/people/user/{cast.helle.pk}/change/", typed).status_code == 302
    assert told() == []


def test_a_new_invitation_ends_what_the_old_one_has_opened(cast: Cast) -> None:
    """Who typed the first code, and has made no second factor yet, needs the second code."""
    first, second = (visit(cast.karen, second_factor=False) for _browser in range(2))
    first.post(PAGE, {"code": inviting.invite(person=cast.karen, by=cast.anne, now=clock.now())})
    assert first.get(CONNECT).status_code == 200, "the control"
    code = inviting.invite(person=cast.karen, by=cast.anne, now=clock.now())
    for ask in (first.get, first.post):
        assert ask(CONNECT).headers["Location"] == PAGE
    second.post(PAGE, {"code": code})
    assert first.get(CONNECT).headers["Location"] == PAGE
    connect_an_app(second)
    assert Authenticator.objects.filter(user=cast.karen).exists()


def test_an_invitation_that_is_deleted_ends_what_it_has_opened(cast: Cast) -> None:
    karen = visit(cast.karen, second_factor=False)
    karen.post(PAGE, {"code": inviting.invite(person=cast.karen, by=cast.anne, now=clock.now())})
    Invitation.objects.all().delete()
    assert karen.get(CONNECT).headers["Location"] == PAGE
