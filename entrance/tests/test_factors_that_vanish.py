"""Somebody who stands at the second factor while an administrator removes it is asked for a new code."""

import pytest
from allauth.mfa.models import Authenticator

from entrance.actions.removing_factors import remove_factors
from entrance.tests.test_asking_again import ASK, TYPE, codes
from partnership import clock
from partnership.people.actions.mailboxes import change_mailbox
from partnership.tests.cast import Cast, visit

SHOW = "/accounts/2fa/authenticate/"
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", [SHOW, "/da/me/", ASK])
@pytest.mark.parametrize("how", ["the factors", "the mailbox"])
def test_the_way_ends_at_the_page_that_asks_for_a_code(cast: Cast, page: str, how: str) -> None:
    Authenticator.objects.create(user=cast.ruth, type=Authenticator.Type.TOTP, data={"secret": ""})
    browser = visit(None)
    browser.post(ASK, {"email": cast.ruth.email})
    assert browser.post(TYPE, {"code": codes(cast)[-1]}).headers["Location"] == SHOW
    if how == "the factors":
        remove_factors(person=cast.ruth, now=clock.now())
    else:
        change_mailbox(person=cast.ruth, to="ruth@new.example", now=clock.now())
    asked = browser.get(page, follow=True)
    assert asked.status_code == 200
    assert "fjernet" in asked.content.decode()
    browser.post(ASK, {"email": cast.ruth.email})
    browser.post(TYPE, {"code": codes(cast)[-1]})
    assert browser.get("/da/me/").status_code == 200
