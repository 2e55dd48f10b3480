"""The house keeps its shape, and each rule is shown to bite."""

import pytest

from partnership.tests.house import (
    FORBIDDEN_NAMES,
    is_view_module,
    module_name,
    personal_reaches,
    sources,
    upward_imports,
)

EVERY_SOURCE = sorted(sources())


def test_a_room_imports_only_from_rooms_below_it() -> None:
    wrong = {module_name(path): upward_imports(module_name(path), path.read_text()) for path in EVERY_SOURCE}
    assert {module: names for module, names in wrong.items() if names} == {}


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("partnership.places.actions", "from partnership.people.models import User"),
        ("partnership.outbox.post", "import talks.models"),
        ("talks.views", "from neighbours.models import Helper"),
        ("neighbours.models", "def late():\n    from dashboard import kpis"),
    ],
)
def test_an_import_that_goes_up_or_sideways_is_found(module: str, source: str) -> None:
    assert upward_imports(module, source)


def test_importing_from_below_is_fine() -> None:
    assert upward_imports("talks.views", "from partnership.outbox.post import post") == []


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    assert [module_name(path) for path in EVERY_SOURCE if path.stem in FORBIDDEN_NAMES] == []
    assert "utils" in FORBIDDEN_NAMES


def test_views_reach_people_through_a_scope() -> None:
    wrong = {module_name(path): personal_reaches(path.read_text()) for path in EVERY_SOURCE if is_view_module(path)}
    assert {module: found for module, found in wrong.items() if found} == {}


def test_a_view_that_reads_the_table_itself_is_found() -> None:
    assert personal_reaches("def page(request):\n    return Helper.objects.all()") == ["Helper.objects, line 2"]


def test_there_are_views_to_look_at() -> None:
    assert len([path for path in EVERY_SOURCE if is_view_module(path)]) >= 6
