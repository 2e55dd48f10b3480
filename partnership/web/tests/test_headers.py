"""Headers that every answer has, whoever gives it."""

import pytest
from django.test import Client

from partnership.tests.cast import Cast


@pytest.mark.parametrize(
    ("address", "host", "status"),
    [
        ("/da/", "randers.localhost", 200),
        ("/da/nowhere/", "randers.localhost", 404),
        ("/da/x%00/", "randers.localhost", 404),
        ("/healthz", "randers.localhost", 200),
        ("/static/css/site.css", "randers.localhost", 200),
        ("/da/", "elsewhere.invalid", 400),
        ("/da/me/", "randers.localhost", 302),
    ],
)
def test_every_answer_says_what_pages_may_not_use(cast: Cast, address: str, host: str, status: int) -> None:
    answer = Client().get(address, headers={"host": host})
    assert answer.status_code == status
    assert "camera=()" in answer["Permissions-Policy"]
    assert "geolocation=()" in answer["Permissions-Policy"]
