"""Browsers send UTF-8. Whatever says that it is in another charset gets a page, and no error of the server."""

import pytest

from partnership.tests.cast import Cast, visit
from partnership.wsgi import application

pytestmark = pytest.mark.django_db
FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
OTHERS = [
    "utf-16", "utf-7", "utf8", "latin-1", "rot13", "idna", "punycode", "zlib", "undefined", "base64", "nothing", '""',
    "utf-8; x*=nothing''a",
]  # fmt: skip
ADDRESSES = ["/", "/da/", "/da/neighbours/join/", "/accounts/login/code/?next=/sv/me/", "/admin/", "/healthz", "/no"]
BODY = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n'


SENT = [("GET", FORM), ("POST", FORM), ("POST", PARTS), ("POST", "application/json")]


@pytest.fixture(autouse=True)
def _as_on_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.test.client.WSGIRequest", application.request_class)


@pytest.mark.parametrize("charset", OTHERS)
def test_another_charset_is_refused_at_every_address(cast: Cast, charset: str) -> None:
    for host in ("randers.localhost", "elsewhere.localhost"):
        client = visit(None, host=host)
        client.raise_request_exception = False
        for address in ADDRESSES:
            for method, kind in SENT:
                sent = {"data": BODY, "content_type": f"{kind}; charset={charset}"}
                assert client.generic(method, address, **sent).status_code == 400, (host, address, method, kind)


def test_the_page_is_in_the_language_of_the_address(cast: Cast) -> None:
    kind = f"{FORM}; charset=utf-16"
    pages = [visit(None).post(f"/{code}/", "a=b", content_type=kind).content.decode() for code in ("da", "sv", "en")]
    assert ["We could not read that request" in page for page in pages] == [False, False, True]
    assert len(set(pages)) == 3


@pytest.mark.parametrize("charset", ["", "; charset=utf-8", "; charset=UTF-8", '; charset="utf-8"'])
def test_what_browsers_send_is_read(cast: Cast, charset: str) -> None:
    answer = visit(None).post("/accounts/login/code/", "email=x", content_type=f"{FORM}{charset}")
    assert answer.status_code == 200
    assert "email" in answer.context["form"].errors
