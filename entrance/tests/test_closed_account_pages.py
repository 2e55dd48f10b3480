"""The log-in library's pages for passwords and accounts are hidden: an emailed code is the only way in."""

import pytest

from partnership.people.models import User
from partnership.tests.cast import Cast, visit

PASSWORD = {"password1": "Long-and-secret-1", "password2": "Long-and-secret-1"}
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["password/reset/", "signup/", "confirm-email/", "password/reset/done/"])
def test_the_page_answers_the_same_for_a_known_address_and_an_unknown_one(cast: Cast, path: str) -> None:
    asked = [visit(None).post(f"/accounts/{path}", {"email": email}) for email in (cast.ruth.email, "no@where.example")]
    assert [answer.status_code for answer in asked] == [404, 404]
    assert visit(None).get(f"/accounts/{path}").status_code == 404


def test_nobody_can_set_a_password(cast: Cast) -> None:
    assert visit(cast.ruth).post("/accounts/password/set/", PASSWORD).status_code == 404
    assert not User.objects.get(pk=cast.ruth.pk).has_usable_password()


def test_nobody_can_add_another_mailbox_to_an_account(cast: Cast) -> None:
    answer = visit(cast.ruth).post("/accounts/email/", {"email": "another@where.example", "action_add": ""})
    assert answer.status_code == 404
    assert not cast.ruth.emailaddress_set.filter(email="another@where.example").exists()


def test_the_log_in_page_asks_for_the_address_before_a_passkey_and_takes_no_form_itself(cast: Cast) -> None:
    page = visit(None).get("/accounts/login/?next=/da/me/").content.decode()
    assert 'action="/accounts/login/code/?next=%2Fda%2Fme%2F"' in page
    assert 0 < page.index('type="email"') < page.index('id="passkey_login"')
    assert "Din e-mailadresse" in page
    assert "Email" not in page
    assert visit(None).post("/accounts/login/", {"login": cast.ruth.email}).status_code == 405
