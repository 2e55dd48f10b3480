"""Whoever adds a room reads of every register, and of every room and floor."""

import ast
import importlib
import itertools
import re
from collections.abc import Iterator

from partnership.registers import Register
from partnership.tests.house import FLOORS, PROJECT, ROOT, module_name, sources
from partnership.web.templatetags import portal

GUIDE = (ROOT / "docs" / "adding-a-room.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
TOP = [name for name in PROJECT if name != "partnership"] + ["demo"]
# From the top floor down, as both pages draw them.
DRAWN = [TOP, *reversed(FLOORS[:-1])]


def registers_of_the_product() -> Iterator[Register]:
    """Yield each register that a module makes."""
    for path in sources():
        for node in ast.parse(path.read_text("utf-8")).body:
            value = getattr(node, "value", None)
            if isinstance(value, ast.Call) and ast.unparse(value.func).startswith("Register"):
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                yield getattr(importlib.import_module(module_name(path)), target.id)


def register_called(name: str) -> object:
    """Return what the guide calls "web.menus.main"; None if there is no such thing."""
    module, _dot, attribute = f"partnership.{name}".rpartition(".")
    return getattr(importlib.import_module(module), attribute, None)


def named_in_the_table(page: str) -> list[str]:
    """Return the first column of the guide's table of registers."""
    table = page.partition("| register |")[2].partition("\n\n")[0]
    return re.findall(r"^\| `([a-z_.]+)`", table, re.MULTILINE)


def tags_in_the_table(page: str) -> set[str]:
    """Return the tags and filters in the first column of the table of tags."""
    table = page.partition("| tag |")[2].partition("\n\n")[0]
    column = " ".join(re.findall(r"^\| (.+?) \| ", table, re.MULTILINE))
    return set(re.findall(r"(?:\{% |\|)(\w+)", column))


def leaf(name: str) -> str:
    return name.rpartition(".")[2]


def floors_in(block: str) -> list[set[str]]:
    """Return the names on each of the README's floors, from the top down. A line further in goes on with its floor."""
    floors = re.sub(r"\n {8}", " ", block).splitlines()
    return [{leaf(name) for name in re.findall(r"[\w.]+", floor)} - {"and"} for floor in floors]


def test_the_guide_names_every_register_and_nothing_else() -> None:
    named = [register_called(name) for name in named_in_the_table(GUIDE)]
    made = list(registers_of_the_product())
    assert [one.name for one in made if one not in named] == []
    assert [one for one in named if not isinstance(one, Register)] == []
    assert len(named) == len(made) > 15


def test_a_register_that_the_table_lacks_is_seen() -> None:
    """The control."""
    table = "| register | what |\n|---|---|\n| `web.menus.main` | x |\n\n`web.menus.staff`"
    assert named_in_the_table(table) == ["web.menus.main"]


def test_the_page_on_templates_names_every_tag_and_filter_and_nothing_else() -> None:
    page = (ROOT / "docs" / "front-end.md").read_text("utf-8")
    assert tags_in_the_table(page) == {*portal.register.tags, *portal.register.filters}


def test_a_tag_that_the_table_lacks_is_seen() -> None:
    """The control."""
    table = '| tag | gives |\n|---|---|\n| `{% icon "check" %}` | x |\n| `{{ key|in_fours }}` | y |\n\n`{% dial %}`'
    assert tags_in_the_table(table) == {"icon", "in_fours"}


def test_the_readme_has_the_floors_of_the_house() -> None:
    block = README.partition("checks it):\n\n")[2].partition("\n\n")[0]
    assert floors_in(block) == [{leaf(name) for name in floor} for floor in DRAWN]


def test_the_readme_says_what_each_room_is_for() -> None:
    """A module that is one file needs no line."""
    listed = set(re.findall(r"^\| `([\w/]+)/`", README, re.MULTILINE))
    rooms = {name.replace(".", "/") for floor in FLOORS for name in floor}
    assert listed == {name for name in rooms if (ROOT / name).is_dir()} | {"partnership", "demo"}


def test_the_drawing_of_the_architecture_has_the_floors_of_the_house_in_their_order() -> None:
    drawing = ARCHITECTURE.partition("```")[2].partition("```")[0]
    rows = [[_row(drawing, leaf(name)) for name in floor] for floor in DRAWN]
    assert all(max(above) < min(below) for above, below in itertools.pairwise(rows))


def _row(drawing: str, name: str) -> int:
    """Return the first line on which a name stands as a word; an error if there is none."""
    return next(number for number, line in enumerate(drawing.splitlines()) if re.search(rf"\b{name}\b", line))
