"""A partnership has one address: however a Host header is spelled, a kept page is the same one and repeats no other."""

import re

import pytest
from django.conf import LazySettings
from django.core.cache import caches

from partnership.tests.cast import Cast, visit
from partnership.tests.test_search_engines import portal

__all__ = ["portal"]

SPELLINGS = (
    "randers.localhost",
    "randers.localhost:8123",
    "RANDERS.localhost",
    "Randers.LOCALHOST:1",
    "randers.localhost.",
)
REPEATED = re.compile(r"8123|RANDERS|LOCALHOST|localhost:1\b|localhost\.[/:]")
PAGES = ["/robots.txt", "/sitemap.xml", *(f"/da/{one}" for one in ("", "talks/", "progress/", "advice/", "privacy/"))]


@pytest.fixture(autouse=True)
def long_rush(settings: LazySettings) -> None:
    settings.RUSH_SECONDS = 600


def kept() -> int:
    return len(caches["pages"]._cache)


@pytest.mark.parametrize("where", PAGES)
def test_every_spelling_of_a_host_is_one_entry(where: str, cast: Cast, keeping: None) -> None:
    answers = [visit(None).get(where, headers={"host": SPELLINGS[0]})]
    before = kept()
    answers += [visit(None).get(where, headers={"host": host}) for host in SPELLINGS[1:]]
    assert [answer.status_code for answer in answers] == [200] * len(SPELLINGS)
    assert kept() == before
    assert len({answer.content for answer in answers}) == 1


@pytest.mark.parametrize("where", PAGES)
@pytest.mark.parametrize("host", SPELLINGS)
def test_a_page_repeats_no_host_of_a_stranger(where: str, host: str, cast: Cast) -> None:
    text = visit(None).get(where, headers={"host": host}).content.decode()
    assert "randers.localhost" in text or where == "/da/privacy/"
    assert REPEATED.findall(text) == []


def test_an_article_names_its_own_address_for_paper(portal: Cast) -> None:
    page = visit(None).get("/en/advice/door/", headers={"host": SPELLINGS[1]}).content.decode()
    assert "8123" not in page
    assert f"Read the newest version at {portal.randers.url('/en/advice/door/').partition('://')[2]}" in page
