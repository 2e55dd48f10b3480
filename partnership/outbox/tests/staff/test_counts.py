"""How many messages of each kind are in each state: the table below the staff's list."""

import datetime as dt
import re

import pytest
from django.utils import translation

from partnership.outbox.models import Message
from partnership.outbox.tests.posted import post_one
from partnership.tests.cast import NOW, Cast, visit

pytestmark = pytest.mark.django_db

PAGE = "/da/staff/messages/"


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_two_counts_of_different_things_have_different_names(cast: Cast, language: str) -> None:
    """The table counts what is planned for later among what is not sent; the list above it does not."""
    post_one(cast.randers, cast.helle, "test.planned", due_at=NOW + dt.timedelta(days=900))
    with translation.override(language):
        context = visit(cast.karen).get(PAGE.replace("/da/", f"/{language}/")).context
        tab = next(tab for tab in context["tabs"] if tab.name == "waiting")
        (_kind, by_state, _sum) = context["counts"][0]
        counted = dict(by_state)[Message.State.QUEUED.label]
        assert (tab.count, counted) == (0, 1)
        assert tab.label.lower() != str(Message.State.QUEUED.label).lower()


def test_a_count_of_none_is_an_empty_cell_so_that_what_there_is_stands_out(cast: Cast) -> None:
    post_one(cast.randers, cast.helle, "test.planned", due_at=NOW + dt.timedelta(days=900))
    table = (
        visit(cast.karen).get(PAGE).content.decode().partition('aria-labelledby="counts"')[2].partition("</table>")[0]
    )
    cells = re.findall(r"<td[^>]*>(.*?)</td>", table)
    assert [cell for cell in cells if cell] == ["1", "1"], "one that waits, and the sum"
