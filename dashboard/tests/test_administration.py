"""Only administrators see goals and imports, and nobody can edit them there."""

import pytest

from dashboard.models import Goal
from dashboard.tests.builders import a_goal, take
from figures.models import Import
from partnership.tests.cast import Cast, visit

pytestmark = pytest.mark.django_db
LISTS = ["/admin/dashboard/goal/", "/admin/figures/import/"]
BASELINE = [f"{code};1320;{quarter};{count}" for code, count in (("730", 70), ("000", 4000))
            for quarter in ("2022K3", "2022K4", "2023K1", "2023K2")]  # fmt: skip


@pytest.fixture
def goal(cast: Cast) -> Goal:
    take(*BASELINE)
    return a_goal(cast.randers, approver="Styregruppen for Randers")


@pytest.mark.parametrize("page", LISTS)
def test_an_administrator_sees_the_list_and_each_row(cast: Cast, goal: Goal, page: str) -> None:
    anne = visit(cast.anne)
    assert anne.get(page).status_code == 200
    row = goal if "goal" in page else Import.objects.get()
    answer = anne.get(f"{page}{row.pk}/change/")
    assert answer.status_code == 200
    assert row.source in answer.content.decode()


def test_the_goal_is_shown_with_its_target_and_who_approved_it(cast: Cast, goal: Goal) -> None:
    html = visit(cast.anne).get(LISTS[0]).content.decode()
    assert goal.target == 93
    assert ">93<" in html
    assert "Styregruppen for Randers" in html


@pytest.mark.parametrize("name", ["karen", "palle", "helle", "niels", "kerstin", None])
@pytest.mark.parametrize("page", LISTS)
def test_nobody_else_comes_in(cast: Cast, goal: Goal, page: str, name: str | None) -> None:
    browser = visit(getattr(cast, name) if name else None, host="randers.localhost")
    for address in (page, f"{page}{goal.pk}/change/"):
        assert browser.get(address).status_code in (302, 403, 404)


@pytest.mark.parametrize("model", [Goal, Import])
@pytest.mark.parametrize("what", ["add", "change", "delete"])
def test_nothing_is_edited_here(cast: Cast, goal: Goal, model: type, what: str) -> None:
    row = model.objects.get()
    where = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
    answer = visit(cast.anne).post(f"{where}add/" if what == "add" else f"{where}{row.pk}/{what}/", {"source": "x"})
    assert answer.status_code == 403
    row.refresh_from_db()
    assert row.source != "x"


def test_another_partnerships_goal_is_not_there(cast: Cast, goal: Goal) -> None:
    theirs = a_goal(cast.kalmar, approver="Styrgruppen i Kalmar", locked=False)
    anne = visit(cast.anne)
    assert "Styrgruppen i Kalmar" not in anne.get(LISTS[0]).content.decode()
    assert anne.get(f"{LISTS[0]}{theirs.pk}/change/").status_code == 302
