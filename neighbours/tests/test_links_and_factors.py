"""The link that confirms a helper logs nobody in who has something more to show."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from neighbours.tests import builders as make
from partnership.tests.cast import Cast, visit


@pytest.mark.parametrize("has_factor", [True, False])
def test_the_link_is_no_way_around_a_second_factor(cast: Cast, has_factor: bool) -> None:
    waiting = make.ask(cast.randers, make.home(cast.vorup), cast.ruth.email)
    if has_factor:
        Authenticator.objects.create(user=waiting.person, type=Authenticator.Type.WEBAUTHN, data={"name": "key"})
    browser = visit(None)
    assert browser.post(reverse("neighbours:confirm", args=[make.token(waiting)])).status_code == 302
    waiting.refresh_from_db()
    assert waiting.is_confirmed
    assert (browser.get("/da/me/").status_code == 302) is has_factor
