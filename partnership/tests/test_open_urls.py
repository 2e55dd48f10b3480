"""Every URL of the portal: who may open it, and that one partnership's data never shows in another."""

import contextlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator

import pytest
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, path, resolve
from django.utils import translation

from partnership.tests.cast import Cast, slot, visit
from talks.tests.bookings import confirmed, requested

# Open to anybody. A new URL is closed until it is added here.
OPEN = {
    "da/", "da/progress/", "da/progress/figures.csv", "da/progress/figures-excel.csv", "da/privacy/",
    "da/accessibility/", "da/me/erased/", "da/me/without-account/", "da/me/without-account/text/",
    "da/me/without-account/text/code/", "da/me/without-account/letter/", "da/me/without-account/letter/asked/",
    "da/me/without-account/code/", "da/logged-out/", "da/finished/",
    "da/neighbours/", "da/neighbours/join/", "da/neighbours/join/sent/",
    "da/neighbours/slip/", "da/neighbours/streets/", "da/neighbours/stickers.pdf",
    "da/talks/", "da/talks/book/", "da/talks/book/sent/", "da/talks/wish/",
    "da/talks/open/<int:pk>/",
    "da/advice/", "da/advice/search/", "da/partnership/",
    "", "healthz", "readyz", "was", "robots.txt", "sitemap.xml", "favicon.ico", "manifest.webmanifest", "da/share.png",
    "street.svg", "street.png",
    "admin/login/",
}  # fmt: skip
# Opened by a secret in the address or a header, or allauth's own, which allauth tests.
OPEN_BY_SHAPE = re.compile(
    r"calendar/<str:token>|da/(talks/[a-z/]+/<str:token>/|stop/<|advice/<|neighbours/(confirm|again)|neighbours/.*<str:token>)|accounts/|anymail/|sms/incoming|dev/|admin/"
)


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        where = prefix + str(one.pattern).lstrip("^")
        if isinstance(one, URLResolver):
            yield from patterns(one, where)
        else:
            yield where, one


def every_address() -> list[tuple[str, URLPattern]]:
    with translation.override("da"):
        return list(patterns(get_resolver()))


def is_closed(pattern: URLPattern) -> bool:
    """Return whether a logged-out visitor is turned away before the view runs."""
    return getattr(pattern.callback, "login_required", True)


def test_every_address_is_closed_unless_it_is_on_the_list() -> None:
    open_ones = {where for where, pattern in every_address() if not is_closed(pattern)}
    assert {where for where in open_ones - OPEN if not OPEN_BY_SHAPE.match(where)} == set()
    assert OPEN - open_ones == set(), "an address on the list is gone or closed"


def test_a_view_that_says_nothing_is_closed() -> None:
    def forgetful(request):
        raise AssertionError

    assert is_closed(path("x/", forgetful))


def test_a_logged_out_visitor_gets_nothing_from_a_closed_address(cast: Cast) -> None:
    booking = requested(cast)
    turned_away = 0
    for where, pattern in every_address():
        if is_closed(pattern) and where.startswith("da/"):
            address = "/" + re.sub(r"<int:\w+>", str(booking.pk), re.sub(r"<(str|slug):\w+>", "x", where))
            for method in ("get", "post"):
                response = getattr(visit(None), method)(address)
                assert response.status_code in (302, 405), (method, address, response.status_code)
                turned_away += 1
    assert turned_away > 10


def crawl(
    client: Client, *starts: str, at_most: int = 200, of_a_kind: int = 10, besides: Iterable[str] = ()
) -> Iterator[tuple[str, str]]:
    """Follow every link from `starts` on the same host; yield each page's address and text once, but none of `besides`.

    Of pages with one pattern of address, such as those of all helpers, only the first `of_a_kind` are read.
    """
    waiting, seen, kinds = [*starts], set(besides), Counter()
    while waiting and len(seen) < at_most:
        address = waiting.pop(0)
        if address in seen or kinds[kind := kind_of(address)] == of_a_kind:
            continue
        seen.add(address)
        kinds[kind] += 1
        response = client.get(address)
        if response.status_code != 200 or "text" not in response.headers.get("Content-Type", ""):
            continue
        text = b"".join(response).decode() if response.streaming else response.content.decode()
        yield address, text
        links = re.findall(r'href="(/[^"#?]*)', text)
        waiting += [link for link in links if not link.startswith(("/static", "/accounts/logout", "/dev"))]


def kind_of(address: str) -> str:
    """Return the pattern of a page's address, or the address itself if it has none."""
    with translation.override(translation.get_language_from_path(address)), contextlib.suppress(Resolver404):
        return resolve(address).route
    return address


MARK = "Kanariefågel"


@pytest.fixture
def canaries(cast: Cast) -> Cast:
    """Put a mark on all data of Kalmar."""
    cast.gunnar.name = f"{MARK} Gunnar"
    cast.gunnar.save(update_fields=["name"])
    cast.kalmar_association.name = f"{MARK} BRF"
    cast.kalmar_association.save(update_fields=["name"])
    cast.malmen.name = f"{MARK} Malmen"
    cast.malmen.save(update_fields=["name"])
    confirmed(cast, slot(cast.speaker, days=9))
    return cast


@pytest.mark.slow
@pytest.mark.parametrize("name", [None, "helle", "ruth", "niels", "sven", "karen", "palle", "anne"])
def test_no_page_of_randers_shows_anything_of_kalmar(canaries: Cast, name: str | None) -> None:
    client = visit(getattr(canaries, name) if name else None)
    pages = dict(crawl(client, "/da/", "/da/me/", "/da/staff/talks/", "/da/dashboard/", "/da/staff/helpers/"))
    assert {address for address, text in pages.items() if MARK in text} == set()
    assert 25 < len(pages) < 200, "a crawl that reaches its limit has not seen everything"


def test_the_mark_is_seen_where_it_belongs(canaries: Cast) -> None:
    pages = dict(crawl(visit(canaries.kerstin), "/sv/talks/book/", at_most=5))
    pages |= dict(crawl(visit(canaries.gunnar), "/sv/me/", at_most=5))
    assert any(MARK in text for text in pages.values())


@pytest.mark.parametrize("name", ["karen", "helle", "anne"])
def test_a_user_of_randers_is_anonymous_in_kalmar(canaries: Cast, name: str) -> None:
    client = visit(getattr(canaries, name), host="kalmar.localhost")
    for address in ("/sv/me/", "/sv/dashboard/", "/sv/staff/talks/"):
        response = client.get(address)
        assert response.status_code == 302
        assert response.url.startswith("/accounts/login/")


def test_someone_logged_in_who_may_not_administer_is_told_so_and_not_sent_in_circles(cast: Cast) -> None:
    assert visit(cast.karen).get("/admin/", follow=True).status_code == 403
    assert visit(None).get("/admin/", follow=True).redirect_chain[-1][0] == "/accounts/login/?next=/admin/"
