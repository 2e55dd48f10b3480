"""A room's style sheets and scripts are loaded only by its own pages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

TEMPLATES = settings.BASE_DIR / "templates"
# The last one is a script of allauth's that its pages with a form load.
COMMON = ("vendor", "css", "js", "icons", "account", "charts")
NAMED = re.compile(r'{% static "([^"]+)" %}')


def files_named() -> Iterator[tuple[str, str]]:
    """Yield each template's folder, and the static files that it names."""
    for path in sorted(TEMPLATES.rglob("*.html")):
        folder = path.relative_to(TEMPLATES).parts[0]
        yield from ((folder, name) for name in NAMED.findall(path.read_text(encoding="utf-8")))


def strangers(named: Iterator[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the static files of one room that a template of another names."""
    return [(folder, name) for folder, name in named if Path(name).parts[0] not in (folder, *COMMON)]


def test_each_room_loads_its_own_files_and_the_common_ones() -> None:
    assert strangers(files_named()) == []
    assert {"advice", "dashboard", "neighbours", "talks"} <= {folder for folder, _name in files_named()}


@pytest.mark.parametrize("folder", ["layouts", "people", "advice"])
def test_a_file_of_another_room_is_found(folder: str) -> None:
    assert strangers(iter([(folder, "talks/talks.css")]))


def test_every_file_that_a_template_names_is_there() -> None:
    assert [name for _folder, name in files_named() if not finders.find(name)] == []
