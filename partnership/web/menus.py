"""The menus. Rooms add entries; each entry decides who sees it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from partnership.registers import Register

# Called with the request (which has a user on the floors above), at most once a page for all entries that share it.
SeenBy = Callable[[Any], bool]


def everyone(_request: object) -> bool:
    """Show an entry to everybody without looking at the request's user: such a page can be cached."""
    return True


@dataclass(frozen=True)
class MenuEntry:
    """An entry of a menu: its label, the name of its URL, and who sees it."""

    label: Promise
    url_name: str
    seen_by: SeenBy = everyone


main: Register[MenuEntry] = Register("the main menu", key=lambda entry: entry.url_name)
footer: Register[MenuEntry] = Register("the footer's menu", key=lambda entry: entry.url_name)
staff: Register[MenuEntry] = Register("the staff menu", key=lambda entry: entry.url_name)


# Each function tells whether the pages of the staff menu are still closed to the reader, who then sees none of it.
closed: Register[SeenBy] = Register("when the staff menu is closed")


@dataclass(frozen=True)
class MenuItem:
    """An entry as shown on one page."""

    label: str
    url: str
    is_current: bool


def items_for(menu: Register[MenuEntry], request: Any) -> list[MenuItem]:
    """Return the entries of `menu` that the reader sees, in the language and under the address now in use."""
    seen = {seen_by: seen_by(request) for seen_by in {entry.seen_by for entry in menu}}
    path = getattr(request, "path", "")
    urls = [(entry.label, reverse(entry.url_name)) for entry in menu if seen[entry.seen_by]]
    if urls and menu is staff and any(is_closed(request) for is_closed in closed):
        return []
    return [MenuItem(str(label), url, path.startswith(url)) for label, url in urls]
