"""A page is called what the entry of a menu calls it that leads there; those of the public menu invite instead."""

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils import translation

from partnership.registers import Register
from partnership.tests.cast import Cast, visit
from partnership.web import menus
from partnership.web.menus import MenuEntry


def shortened(words: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", words)).casefold().split())


@pytest.mark.parametrize("language", ["da", "sv", "en"])
@pytest.mark.parametrize("menu", [menus.staff, menus.footer], ids=["staff", "footer"])
def test_each_page_of_a_menu_is_called_what_the_entry_says(
    cast: Cast, menu: Register[MenuEntry], language: str
) -> None:
    browser, other = visit(cast.anne), {}
    with translation.override(language):
        entries = {str(entry.label): reverse(entry.url_name) for entry in menu}
    assert entries
    for label, address in entries.items():
        page = browser.get(address).content.decode()
        (title,) = re.findall(r"<title>(.*?)</title>", page, re.DOTALL)
        headings = re.findall(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
        names = [shortened(words) for words in (title.rpartition("–")[0] or title, *headings)]
        if not any(shortened(label) in name for name in names):
            other[label] = names
    assert other == {}
