"""A source leads to whoever published it, not to a copy; without such a page it is named without a link."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from advice.management.commands.load_advice import LIBRARY
from partnership.places.profiles import profile_file

LINK = re.compile(r"https?://[^\s|)\"]+")
# Copies, search engines, mirrors and stores of other people's work: none of them published what they show.
NOT_PUBLISHERS = (
    "5dok.org", "academia.edu", "brattnet.com", "docplayer.se", "ebusca.uv.mx", "github.com", "githubusercontent.com",
    "paperexplained.cn", "rd.springer.com", "researchgate.net", "scilit.com", "semanticscholar.org", "zendy.io",
)  # fmt: skip
FILES = [*sorted(LIBRARY.glob("*/*.md")), *(profile_file(name) for name in ("kalmar", "randers"))]


def faults(link: str) -> list[str]:
    """Return what is wrong with a link to a source."""
    url = urlsplit(link)
    found = ["a copy"] if f".{url.hostname}".endswith(tuple(f".{one}" for one in NOT_PUBLISHERS)) else []
    if "rss" in url.query.casefold():
        found.append("a link of a feed")
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_every_link_leads_to_the_publisher(file: Path) -> None:
    links = LINK.findall(file.read_text())
    assert {link: faults(link) for link in links if faults(link)} == {}


def test_a_copy_and_a_feed_are_found() -> None:
    """The control."""
    assert faults("https://www.zendy.io/title/1") == ["a copy"]
    assert faults("https://example.org/artikel/1?rss") == ["a link of a feed"]
    assert faults("https://doi.org/10.4073/csr.2008.18") == []


def test_no_source_is_the_front_page_of_a_publisher() -> None:
    """Somebody who presses it finds nothing there. Partners in a profile are named with their own front page."""
    fronts = [link for file in sorted(LIBRARY.glob("*/*.md")) for link in LINK.findall(file.read_text())
              if urlsplit(link).path in ("", "/")]  # fmt: skip
    assert fronts == []


def test_profiles_are_json() -> None:
    assert all(json.loads(profile_file(name).read_text()) for name in ("kalmar", "randers"))
