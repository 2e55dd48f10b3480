"""The host name says which partnership a request is for."""

import pytest
from django.test import Client

from partnership.places.tests.builders import a_partnership
from partnership.tests.cast import Cast

pytestmark = pytest.mark.django_db


def front(host: str) -> object:
    return Client(headers={"host": host}).get("/")


def test_the_host_name_picks_the_partnership(cast: Cast) -> None:
    assert front("randers.localhost")["Location"] == "/da/"
    assert front("kalmar.localhost")["Location"] == "/sv/"


def test_the_port_and_capitals_do_not_matter(cast: Cast) -> None:
    assert front("KALMAR.localhost:8000")["Location"] == "/sv/"


def test_one_partnership_alone_answers_under_any_name() -> None:
    a_partnership("kalmar")
    assert front("localhost")["Location"] == "/sv/"


def test_an_unknown_name_is_asked_which_was_meant(cast: Cast) -> None:
    page = front("localhost")
    words = page.content.decode()
    assert page.status_code == 404
    assert "randers.localhost" in words
    assert "kalmar.localhost" in words
    assert not page.cookies


def test_with_none_set_up_the_page_says_what_to_do() -> None:
    page = front("localhost")
    assert page.status_code == 404
    assert "load_partnership" in page.content.decode()


@pytest.mark.parametrize("slug, complaints_to", [("kalmar", "https://www.digg.se/"), ("randers", "https://digst.dk/")])
@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_the_accessibility_statement_names_who_supervises_it(slug, complaints_to, language):
    a_partnership(slug, country="SE" if slug == "kalmar" else "DK")
    page = Client(HTTP_HOST=f"{slug}.localhost").get(f"/{language}/accessibility/")
    assert f'href="{complaints_to}"' in page.content.decode()


@pytest.mark.parametrize("path", ["/da/privacy/", "/sv/privacy/", "/da/accessibility/", "/en/accessibility/"])
def test_the_pages_of_words_are_public_and_set_no_cookie(cast: Cast, path: str) -> None:
    page = Client(headers={"host": "randers.localhost"}).get(path)
    assert page.status_code == 200
    assert not page.cookies
    assert "Randers Kommune" in page.content.decode()


def test_each_country_names_its_own_authority(cast: Cast) -> None:
    swedish = Client(headers={"host": "kalmar.localhost"}).get("/sv/privacy/").content.decode()
    danish = Client(headers={"host": "randers.localhost"}).get("/da/privacy/").content.decode()
    assert "imy.se" in swedish
    assert "datatilsynet.dk" not in swedish
    assert "datatilsynet.dk" in danish
