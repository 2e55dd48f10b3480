"""Pages without a form can be cached: the same for everyone, without a cookie."""

import http.client

import pytest

from journeys.portal import HOST, Portal
from journeys.reader import Seating
from journeys.stops import WITHOUT_A_FORM, Stop

LANGUAGES = ("da", "sv", "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stop", WITHOUT_A_FORM, ids=lambda stop: stop.name)
def test_a_page_without_a_form_sets_no_cookie_and_varies_on_encoding_only(
    portal: Portal, stop: Stop, language: str
) -> None:
    answer = _fetch(portal, f"/{language}{stop.path}", {})
    assert answer.status == 200
    assert answer.headers["Set-Cookie"] is None
    assert (answer.headers["Vary"] or "").lower() in ("", "accept-encoding")


def test_it_is_the_same_page_for_somebody_with_a_cookie_and_another_language_of_browser(portal: Portal) -> None:
    plain = _fetch(portal, "/da/neighbours/", {}).read()
    other = _fetch(portal, "/da/neighbours/", {"Cookie": "sessionid=abc", "Accept-Language": "sv"}).read()
    assert plain == other


def test_a_visitor_who_only_reads_is_given_no_cookie(seat: Seating) -> None:
    reader = seat()
    for stop in WITHOUT_A_FORM:
        reader.opens(stop.path)
    assert reader.page.context.cookies() == []


def _fetch(portal: Portal, path: str, headers: dict[str, str]) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(HOST, portal.port, timeout=15)
    connection.request("GET", path, headers={"Host": f"randers.localhost:{portal.port}", **headers})
    return connection.getresponse()
