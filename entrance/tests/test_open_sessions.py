"""What ends in browsers that are logged in already when a way in is taken away or changed."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from entrance.models import BrowserSession
from entrance.rules import INVITED
from entrance.tests.test_second_factor import CONNECT, INVITATION, STAFF, connect_an_app, invited
from partnership import clock
from partnership.outbox.models import Message
from partnership.people.actions.mailboxes import change_mailbox
from partnership.people.models import Role, User
from partnership.tests.cast import Cast, visit

pytestmark = pytest.mark.django_db
TALKS, CODE = "/da/staff/talks/", "/accounts/login/code/"


@pytest.fixture
def anne(cast: Cast) -> Client:
    return visit(cast.anne)


def is_logged_out(client: Client, page: str = TALKS) -> bool:
    answer = client.get(page)
    return answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/login/")


def give_address(anne: Client, who: User, address: str, is_active: str = "on") -> int:
    roles = list(who.roles.all())
    typed = {"name": who.name, "email": address, "phone": "", "language": "da", "is_active": is_active}
    typed |= {"roles-TOTAL_FORMS": len(roles), "roles-INITIAL_FORMS": len(roles)}
    for at, role in enumerate(roles):
        typed |= {f"roles-{at}-id": role.pk, f"roles-{at}-kind": role.kind, f"roles-{at}-user": who.pk}
    return anne.post(f"/admin/people/user/{who.pk}/change/", typed).status_code


@pytest.mark.django_db(transaction=True)
def test_who_has_no_second_factor_any_more_is_logged_out_and_needs_a_new_invitation(cast: Cast, anne: Client) -> None:
    karen = invited(cast)
    connect_an_app(karen)
    assert karen.get(TALKS).status_code == 200
    one = Authenticator.objects.filter(user=cast.karen).first()
    anne.post(f"/admin/entrance/secondfactor/{one.pk}/delete/", {"post": "yes"})
    assert is_logged_out(karen)
    assert is_logged_out(karen, CONNECT)
    assert not BrowserSession.objects.filter(person=cast.karen).exists()
    again = visit(cast.karen, second_factor=False)
    for page in (STAFF, CONNECT):
        assert again.get(page).headers["Location"] == INVITATION
    assert not Authenticator.objects.filter(user=cast.karen).exists()


@pytest.mark.django_db(transaction=True)
def test_an_invitation_opens_the_pages_for_one_second_factor(cast: Cast) -> None:
    karen = invited(cast)
    assert karen.session[INVITED]
    connect_an_app(karen)
    assert INVITED not in karen.session


@pytest.mark.django_db(transaction=True)
def test_who_removes_their_last_second_factor_is_logged_out_elsewhere(cast: Cast) -> None:
    karen, elsewhere = visit(cast.karen), visit(cast.karen)
    Authenticator.objects.create(user=cast.karen, type="totp", data={})
    session = karen.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 4e9, "reauthenticated": True}]
    session.save()
    assert karen.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert not Authenticator.objects.filter(user=cast.karen, type="totp").exists()
    assert is_logged_out(elsewhere)
    assert karen.get(TALKS).status_code == 200


@pytest.mark.parametrize("name", ["karen", "ruth"])
def test_another_mailbox_ends_what_the_old_one_opened(cast: Cast, anne: Client, name: str) -> None:
    who = getattr(cast, name)
    browser = visit(who)
    assert browser.get("/da/me/").status_code == 200
    assert give_address(anne, who, "new@where.example") == 302
    assert is_logged_out(browser, "/da/me/")


@pytest.mark.parametrize("name", ["palle", "ruth"])
def test_who_may_log_in_again_does_so_anew(cast: Cast, anne: Client, name: str) -> None:
    who = getattr(cast, name)
    browser = visit(who)
    assert browser.get("/da/me/").status_code == 200
    for is_active in ("", "on"):
        assert give_address(anne, who, who.email, is_active=is_active) == 302
        assert is_logged_out(browser, "/da/me/")
    who.refresh_from_db()
    assert who.is_active
    assert visit(who).get("/da/me/").status_code == 200


def test_an_administrator_who_changes_their_own_address_logs_in_again(cast: Cast, anne: Client) -> None:
    assert give_address(anne, cast.anne, "anne@where.example") == 302
    assert is_logged_out(anne, "/da/me/")


def test_a_code_that_went_to_the_old_address_opens_nothing(cast: Cast, anne: Client) -> None:
    stranger, owner = visit(None), visit(None)
    for browser in (stranger, owner):
        browser.post(CODE, {"email": cast.ruth.email})
    codes = [one.about["code"] for one in Message.objects.filter(kind="account.login_code").order_by("pk")]
    assert owner.post(f"{CODE}confirm/", {"code": codes[1]}).headers["Location"] == "/da/me/"
    give_address(anne, cast.ruth, "new@where.example")
    stranger.post(f"{CODE}confirm/", {"code": codes[0]})
    assert is_logged_out(stranger, "/da/me/")


def test_a_role_that_is_taken_away_opens_nothing_at_once(cast: Cast) -> None:
    karen = visit(cast.karen)
    assert karen.get(TALKS).status_code == 200
    Role.objects.filter(user=cast.karen).delete()
    assert karen.get(TALKS).status_code == 403


def test_another_mailbox_removes_what_a_reader_of_the_old_mailbox_may_have_made(cast: Cast) -> None:
    for who in (cast.helle, cast.ruth):
        Authenticator.objects.create(user=who, type=Authenticator.Type.WEBAUTHN, data={"name": "key"})
    change_mailbox(person=cast.helle, to="right@randers.example", now=clock.now())
    assert list(Authenticator.objects.values_list("user__name", flat=True)) == ["Ruth"]
