"""Pages for one partnership bear its name and speak its language: the manifest, the last error page, log-out."""

import pytest
from django.test import Client, RequestFactory

from partnership import pages
from partnership.tests.cast import Cast, visit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("host", "language"), [("randers.localhost", "da"), ("kalmar.localhost", "sv")])
def test_the_manifest_is_in_the_partnership_s_name(cast: Cast, host: str, language: str) -> None:
    answer = Client(headers={"host": host}).get("/manifest.webmanifest")
    said, here = answer.json(), cast.randers if language == "da" else cast.kalmar
    assert (said["name"], said["short_name"], said["lang"]) == (here.name, here.short_name, language)
    assert answer.headers["Content-Type"] == "application/manifest+json"


@pytest.mark.parametrize(
    ("path", "language", "heading"),
    [
        ("/", "da", "Der gik noget galt hos os"),
        ("/", "sv", "Något gick fel hos oss"),
        ("/en/talks/", "da", "Something went wrong on our side"),
        ("/accounts/login/", "sv", "Något gick fel hos oss"),
    ],
)
def test_the_last_error_page_speaks_the_reader_s_language(cast: Cast, path: str, language: str, heading: str) -> None:
    request = RequestFactory().get(path)
    request.partnership = cast.randers if language == "da" else cast.kalmar
    answer = pages.server_error(request)
    assert answer.status_code == 500
    assert f"<h1>{heading}</h1>" in answer.content.decode()
    assert request.partnership.name in answer.content.decode()


def test_the_last_error_page_needs_neither_partnership_nor_database() -> None:
    page = pages.server_error(RequestFactory().get("/")).content.decode()
    assert "<h1>Der gik noget galt hos os</h1>" in page
    assert "112" in page


def test_logging_out_leads_to_a_page_that_says_so(cast: Cast) -> None:
    helle = visit(cast.helle)
    answer = helle.post("/accounts/logout/", follow=True)
    assert "<h1>Du er logget ud</h1>" in answer.content.decode()
    assert helle.get("/da/me/").status_code == 302


def test_each_page_of_logging_in_has_its_own_title(cast: Cast) -> None:
    browser = Client(headers={"host": "randers.localhost"})
    pages_ = [browser.get(path).content.decode() for path in ("/accounts/login/", "/accounts/login/code/")]
    titles = [page.partition("<title>")[2].partition("</title>")[0].split() for page in pages_]
    assert titles[0] != titles[1]
