"""No page for strangers repeats an address of another site from its query, in a link or a form."""

import re

import pytest

from partnership.tests.cast import Cast, visit
from partnership.tests.test_open_urls import every_address, is_closed

FOREIGN = (
    "//evil.example",
    "https://evil.example/",
    r"/\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)//evil.example",
)
NAMES = ("next", "url", "month", "again", "x")
OPEN = sorted(f"/{where}" for where, pattern in every_address() if not is_closed(pattern) and "<" not in where)
ELSEWHERE = ["/da/helpers/", "/da/neighbours/helpers/", "/nothing", "/sv/nothing/", "/da/talks/verify/x/"]


ASKED = [one for one in OPEN if not re.search(r"[\^?$(]|/dev/|sms|anymail", one)]


@pytest.mark.parametrize("where", [*ELSEWHERE, *ASKED])
def test_a_page_repeats_no_foreign_address(where: str, cast: Cast) -> None:
    for address in FOREIGN:
        answer = visit(None).get(where, dict.fromkeys(NAMES, address))
        if answer.streaming or "html" not in answer.headers.get("Content-Type", ""):
            continue
        assert "evil.example" not in answer.content.decode()
        assert "evil.example" not in answer.headers.get("Location", "")


def test_a_search_shows_its_words_as_text(cast: Cast) -> None:
    page = visit(None).get("/da/advice/search/", {"q": '"><a href="//evil.example">'}).content.decode()
    assert "evil.example" in page
    assert 'href="//evil.example' not in page


def test_the_other_language_keeps_what_the_page_was_asked(cast: Cast) -> None:
    page = visit(None).get("/da/talks/", {"month": "2026-12", "next": "//evil.example"}).content.decode()
    assert "/en/talks/?month=2026-12" in page
