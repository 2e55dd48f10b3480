"""Telephone numbers on pages: ours are links, and no number breaks over two lines."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
PAGES = sorted(page for page in TEMPLATES.rglob("*.html") if page.name != "mail.html")
OURS = re.compile(r"[^\n]*contact_phone[^\n]*")
THEIRS = re.compile(r"\{\{ [\w.]+\.phone(?!\|unbroken)\b[^}]*\}\}|=[\w.]+\.phone(?!\|unbroken)\b")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TEMPLATES)))
def test_our_number_is_a_link_and_every_number_stays_on_one_line(page: Path) -> None:
    written = page.read_text(encoding="utf-8")
    for line in OURS.findall(written):
        assert re.search(r"\{% (dial|if) ", line), line
        assert not re.search(r"\{\{[^}]*contact_phone|=[\w.]*contact_phone", line), line
    assert not THEIRS.findall(written)
