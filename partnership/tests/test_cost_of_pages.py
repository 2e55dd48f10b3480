"""What a public page may cost when it is made anew, counted in queries and in templates: those do not depend on the
machine. benchmarks/cold.py measures the time.
"""

from dataclasses import dataclass

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext

from partnership.tests.cast import Cast, slot, visit

# At most so many queries and templates, a quarter more than it takes with the demonstration's data.
MOST = {
    "/da/": (5, 12),
    "/da/neighbours/": (3, 10),
    "/da/neighbours/join/": (3, 62),
    "/da/talks/": (6, 14),
    "/da/talks/book/": (6, 130),
    "/da/talks/wish/": (3, 150),
    "/da/advice/": (3, 32),
    "/da/advice/search/": (4, 14),
    "/da/progress/": (10, 24),
    "/da/partnership/": (3, 12),
    "/da/privacy/": (2, 14),
    "/da/accessibility/": (2, 12),
}


@dataclass
class Cost:
    queries: int
    templates: int


def cost_of(address: str, monkeypatch: pytest.MonkeyPatch) -> Cost:
    """Return what the page costs in a process that has answered before."""
    client, drawn = visit(None), []
    assert client.get(address).status_code == 200
    draw = Template._render

    def counted(template: Template, context: Context) -> str:
        drawn.append(template.name)
        return draw(template, context)

    with (
        monkeypatch.context() as patched,
        CaptureQueriesContext(
            connection,
        ) as asked,
    ):
        patched.setattr(Template, "_render", counted)
        client.get(address)
    return Cost(len(asked), len(drawn))


@pytest.mark.parametrize("address", MOST)
def test_a_page_takes_few_queries_and_templates(address: str, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    slot(cast.speaker)
    cost = cost_of(address, monkeypatch)
    queries, templates = MOST[address]
    assert cost.templates > 0
    assert cost.queries <= queries
    assert cost.templates <= templates


@pytest.mark.parametrize("address", ["/da/talks/", "/da/talks/book/"])
def test_more_evenings_in_a_month_cost_no_query_and_no_template(
    address: str, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot(cast.speaker, hour=8)
    few = cost_of(address, monkeypatch)
    for hour in (11, 14, 17):
        slot(cast.speaker, hour=hour)
    assert cost_of(address, monkeypatch) == few


def test_evenings_in_other_months_are_counted_and_not_read(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    slot(cast.speaker)
    few = cost_of("/da/talks/", monkeypatch)
    for days in (50, 51, 85):
        slot(cast.speaker, days=days)
    assert cost_of("/da/talks/", monkeypatch) == few
    assert visit(None).get("/da/talks/").content.decode().count('class="evening"') == 1
