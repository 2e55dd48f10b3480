"""The administration calls second factors by a name in the reader's language."""

import pytest
from allauth.mfa.models import Authenticator

from partnership.tests.cast import Cast, visit

pytestmark = pytest.mark.django_db


def test_no_name_of_a_library_is_on_the_pages_of_second_factors(cast: Cast) -> None:
    Authenticator.objects.create(user=cast.karen, type="totp", data={})
    pages = [visit(cast.anne).get(page).content.decode() for page in ("/admin/", "/admin/entrance/secondfactor/")]
    assert ["uthenticator" in page for page in pages] == [False, False]
    assert all("kstra login-trin" in page for page in pages)
    assert "Karen" in pages[1]
