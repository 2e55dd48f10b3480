"""A query that a public page does not read costs nothing: it is not part of what the page is kept under."""

import re
from urllib.parse import urlencode

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnership.tests.cast import Cast, slot, visit
from partnership.tests.costs import seconds
from partnership.tests.test_open_urls import every_address
from partnership.web.tests.test_viewing import shown

INVENTED = ("x", "utm_source", "page", "lang", "month", "who")


def public_pages() -> dict[str, set[str]]:
    """Return the address of every public page, with the parameters that it reads."""
    found = {}
    for where, pattern in every_address():
        reads = getattr(pattern.callback, "reads", None)
        if reads is not None and "<" not in where:
            found[f"/{where}"] = set(reads)
    return found


@pytest.fixture(autouse=True)
def long_rush(settings: LazySettings) -> None:
    settings.RUSH_SECONDS = 600


def test_the_pages_are_found() -> None:
    found = public_pages()
    assert {"/da/", "/da/privacy/", "/da/share.png", "/sitemap.xml"} <= set(found)
    assert found["/da/talks/"] == {"month"}
    assert len(found) > 18


@pytest.mark.parametrize("page", public_pages())
def test_invented_queries_cost_as_much_as_a_page_that_is_kept(page: str, cast: Cast, keeping: None) -> None:
    client, asked = visit(None), 15
    names = [name for name in INVENTED if name not in public_pages()[page]] + ["x"]
    queries = [urlencode({names[number % len(names)]: number}) for number in range(asked)]
    assert client.get(page).status_code == 200
    with CaptureQueriesContext(connection) as anew:
        invented = seconds(lambda: [client.get(f"{page}?{query}") for query in queries])
    assert len(anew) == 0
    assert invented < 3 * seconds(lambda: [client.get(page) for _query in queries])


@pytest.mark.parametrize(("page", "value"), [("/da/talks/?month=", "x{}"), ("/da/advice/?who=", "{}")])
def test_a_value_that_the_page_does_not_know_is_none(page: str, value: str, cast: Cast, keeping: None) -> None:
    client = visit(None)
    first = shown(client, page.partition("?")[0])
    with CaptureQueriesContext(connection) as anew:
        assert {shown(client, page + value.format(number)) for number in range(20)} == {first}
    assert len(anew) == 0


def test_what_a_page_does_read_makes_another_page(cast: Cast, keeping: None) -> None:
    client = visit(None)
    on = slot(cast.speaker, days=70)
    month = f"{on.starts_at:%Y-%m}"
    slot(cast.speaker, days=10)
    page = shown(client, f"/da/talks/?month={month}")
    assert page != shown(client)
    # The same page in another language keeps what it reads, and nothing else.
    assert f'href="/sv/talks/?month={month}"' in shown(client, f"/da/talks/?x=1&month={month}")
    assert not re.search(r'href="/sv/talks/\?[^"]*x=', page)
    assert shown(client, "/da/advice/?who=owner") != shown(client, "/da/advice/?who=tenant")
    assert "lås" in shown(client, "/da/advice/search/?q=lås&x=1")
