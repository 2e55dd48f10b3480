"""Every page has a title of its own within a language: it tells tabs, bookmarks and a screen reader's list apart."""

import html
import re

import pytest
from django.urls import reverse

from neighbours.tests import builders as make
from partnership import clock
from partnership.outbox.models import Message
from partnership.tests.cast import Cast, slot, visit
from partnership.tests.test_open_urls import crawl, every_address
from talks.tests.bookings import confirmed, requested, unverified
from talks.tests.sent_links import token_of
from talks.tests.test_wishes import DAYS, wished

STARTS = {
    None: ("/", "/accounts/login/", "/accounts/login/code/"),
    "helle": ("/me/",),
    "ruth": ("/me/",),
    "sven": ("/me/", "/talks/evenings/"),
    "anne": ("/staff/talks/", "/staff/helpers/", "/staff/duplicates/", "/staff/messages/", "/dashboard/"),
}
# What tabs and search results have room for.
LONGEST = 70
# Two pages of one kind, such as two bookings, tell whether the kind has titles of its own.
OF_A_KIND = 2


def title_of(page: str) -> str:
    found = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    return " ".join(html.unescape(found[1]).split()) if found else ""


def language_of(page: str) -> str:
    return re.search(r'<html lang="(\w+)"', page)[1]


def without_parameters() -> list[str]:
    """Return the portal's own pages whose address has nothing to fill in."""
    return [
        f"/{where}"
        for where, _pattern in every_address()
        if where.startswith("da/") and "<" not in where and not where.endswith(".csv")
    ]


def by_link(cast: Cast) -> list[str]:
    """Return a page of each kind that a link in an email opens."""
    by_frede = {"email": cast.frede.email, "association": "Fredes Forening"}
    asked = unverified(cast, slot(cast.speaker, days=70), **by_frede)
    made = confirmed(cast, slot(cast.speaker, days=75), **by_frede)
    wish = wished(cast, verified=False, days=DAYS, **by_frede)
    waiting = make.ask(cast.randers, make.home(cast.vorup, "98"), "venter@randers.example")
    pages = {
        "verify": asked, "cancel": made, "change": made, "feedback": made,
        "verify_wish": wish, "confirm_association": cast.association,
    }  # fmt: skip
    found = [reverse(f"talks:{name}", args=[token_of(case, name)]) for name, case in pages.items()]
    found.append(reverse("neighbours:confirm", args=[make.token(waiting)]))
    found.append(reverse("neighbours:confirm", args=["nonsense"]))
    return found


@pytest.fixture
def peopled(cast: Cast) -> Cast:
    """Let there be several of each thing that has a page."""
    make.helper(cast.helle, make.home(cast.vorup))
    make.helper(cast.frede, make.home(cast.vorup, "14"))
    for days in (20, 24):
        requested(cast, slot(cast.speaker, days=days))
    for days in (30, 34):
        confirmed(cast, slot(cast.speaker, days=days))
    wished(cast)
    Message.objects.filter(pk__gt=Message.objects.order_by("pk")[5].pk).update(about={}, due_at=clock.now())
    return cast


@pytest.mark.slow
def test_no_two_pages_of_a_language_have_one_title_and_none_is_long(peopled: Cast) -> None:
    pages: dict[tuple[str, str], set[str]] = {}
    for who, starts in STARTS.items():
        browser = visit(getattr(peopled, who) if who else None)
        found = [start if start.startswith("/accounts") else f"/da{start}" for start in starts]
        if who is None:
            found += [*without_parameters(), *by_link(peopled)]
        # The links to other languages lead to the same pages there.
        known = set().union(*pages.values())
        for address, page in crawl(browser, *found, at_most=600, of_a_kind=OF_A_KIND, besides=known):
            if "<title" in page:
                pages.setdefault((language_of(page), title_of(page)), set()).add(address)
    addresses = set().union(*pages.values())
    assert {"/accounts/login/", "/accounts/login/code/"} <= addresses
    for language in ("da", "sv", "en"):
        assert sum(one.startswith(f"/{language}/") for one in addresses) > 40
    assert {title: sorted(addresses) for title, addresses in pages.items() if len(addresses) > 1} == {}
    assert [title for _language, title in pages if len(title) > LONGEST] == []
