"""What search engines, and those who show a preview of a link, read of the portal."""

import re
from collections import Counter
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client

from advice.tests.builders import load, write_article
from partnership.tests.cast import Cast, visit

pytestmark = pytest.mark.django_db
# With the port that the portal is reached at, whichever host the reader asked for.
RANDERS, KALMAR = (f"http://{name}.localhost:{settings.PUBLIC_PORT}" for name in ("randers", "kalmar"))
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}

# The pages that search engines are told of, in Danish. A new one is named here.
PUBLIC = {
    "", "neighbours/", "neighbours/join/", "neighbours/slip/", "talks/", "talks/book/", "talks/wish/", "advice/",
    "advice/door/", "progress/", "partnership/", "privacy/", "accessibility/",
}  # fmt: skip


@pytest.fixture
def portal(cast: Cast, tmp_path: Path) -> Cast:
    for language, title in (("da", "Lås døren"), ("sv", "Lås dörren"), ("en", "Lock the door")):
        write_article(tmp_path, "door", language, title=title, summary=f"{title}, altid.")
    load(tmp_path)
    return cast


def sitemap(client: Client) -> dict[str, dict[str, str]]:
    """Return the alternates by language of each address."""
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return {
        url.findtext("s:loc", "", NAMES): {
            link.attrib["hreflang"]: link.attrib["href"] for link in url.findall("x:link", NAMES)
        }
        for url in tree.findall("s:url", NAMES)
    }


def head(client: Client, address: str) -> dict[str, str]:
    """Return title, description, links and properties of a page's head; a value twice is an error."""
    page = re.search(r"<head>(.*)</head>", client.get(address).content.decode(), re.DOTALL)[1]
    pairs = [("title", words) for words in re.findall(r"<title>(.*?)</title>", page, re.DOTALL)]
    pairs += re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', page)
    pairs += [("canonical", to) for to in re.findall(r'<link rel="canonical" href="([^"]+)">', page)]
    pairs += re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', page)
    several = {name for name, many in Counter(name for name, _value in pairs).items() if many > 1}
    assert several <= {"og:locale:alternate"}
    return {name: unescape(value) for name, value in pairs}


def test_the_sitemap_lists_every_public_page_in_the_partnerships_languages(portal: Cast) -> None:
    randers = sitemap(visit(None))
    assert {address.removeprefix(f"{RANDERS}/da/") for address in randers if "/da/" in address} == PUBLIC
    assert len(randers) == len(PUBLIC) * len(portal.randers.languages)
    at = randers[f"{RANDERS}/en/advice/door/"]
    assert at == {code: f"{RANDERS}/{code}/advice/door/" for code in portal.randers.languages} | {
        "x-default": f"{RANDERS}/da/advice/door/"
    }


def test_each_partnership_has_a_sitemap_of_its_own(portal: Cast) -> None:
    kalmar = sitemap(visit(None, host="kalmar.localhost"))
    assert kalmar[f"{KALMAR}/sv/talks/"]["x-default"] == f"{KALMAR}/sv/talks/"
    assert not any("randers" in address for address in kalmar)


def test_every_page_of_the_sitemap_opens_for_strangers_and_says_the_same_as_the_sitemap(portal: Cast) -> None:
    client = visit(None)
    for address, alternates in sitemap(client).items():
        said = head(client, address)
        assert said["canonical"] == said["og:url"] == address
        assert {code: said[code] for code in alternates} == alternates
        assert said["og:title"] == said["title"]
        assert said["og:description"] == said["description"]
        assert "robots" not in said


def test_each_page_has_a_title_and_a_description_of_its_own(portal: Cast) -> None:
    client = visit(None)
    pages = [head(client, address) for address in sitemap(client)]
    for name in ("title", "description"):
        twice = [words for words, many in Counter(page[name] for page in pages).items() if many > 1]
        assert twice == []
    assert all(50 <= len(page["description"]) <= 200 for page in pages if "altid" not in page["description"])


def test_a_page_with_a_query_names_the_address_without_it(portal: Cast) -> None:
    assert head(visit(None), "/da/talks/?area=vorup")["canonical"] == f"{RANDERS}/da/talks/"


@pytest.mark.parametrize(
    "address",
    ["/da/advice/search/?q=l%C3%A5s", "/accounts/login/", "/da/talks/verify/x/", "/da/none/"],
)
def test_other_pages_are_not_for_search_engines(portal: Cast, address: str) -> None:
    said = head(visit(None), address)
    assert said["robots"] == "noindex"
    assert not {"canonical", "og:url", "og:title"} & set(said)


def test_pages_of_those_who_have_logged_in_are_not_for_search_engines(portal: Cast) -> None:
    assert head(visit(portal.karen), "/da/dashboard/")["robots"] == "noindex"


def test_robots_are_kept_from_log_in_and_links_with_secrets_and_told_of_the_sitemap(portal: Cast) -> None:
    answer = visit(None).get("/robots.txt")
    lines = answer.content.decode().splitlines()
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert f"Sitemap: {RANDERS}/sitemap.xml" in lines
    assert {"User-agent: *", "Disallow: /accounts/", "Disallow: /admin/", "Disallow: /calendar/"} <= set(lines)


def test_the_icon_is_where_browsers_look_for_it_without_having_read_a_page(portal: Cast) -> None:
    answer = visit(None).get("/favicon.ico", follow=True)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)[:4] == b"\0\0\1\0"


@pytest.mark.parametrize("language", ["da", "en", "sv"])
def test_the_picture_of_a_link_is_drawn_with_the_share_of_active_helpers(portal: Cast, language: str) -> None:
    client = visit(None)
    said = head(client, f"/{language}/")
    assert said["og:image"] == f"{RANDERS}/{language}/share.png"
    drawn = client.get(said["og:image"])
    size = [int.from_bytes(drawn.content[at : at + 4], "big") for at in (16, 20)]
    assert drawn.content[:8] == b"\x89PNG\r\n\x1a\n"
    assert size == [int(said["og:image:width"]), int(said["og:image:height"])] == [1200, 630]
    assert len(drawn.content) < 300_000  # what messengers still fetch


def test_a_page_says_whose_portal_it_is_and_how_to_reach_a_person(portal: Cast) -> None:
    page = visit(None).get("/da/").content.decode()
    organisation = page[page.index('itemtype="https://schema.org/Organization"') :]
    for item in ("name", "url", "telephone", "email", "areaServed"):
        assert f'itemprop="{item}"' in organisation
