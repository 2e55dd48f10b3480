"""The code keeps to limits of size and shape, and each check is shown to find a breach."""

import pytest

from partnership.tests import shape
from partnership.tests.house import ROOT, module_name, modules, sources

PRODUCT = sorted(sources())
# Benchmarks are scripts, which may be long and may import inside functions.
# Squashed migrations are made, and read by nobody from beginning to end.
WRITTEN = [path for path in modules() if "benchmarks" not in path.parts and "_squashed_" not in path.name]
TEMPLATES = sorted(shape.templates())
DOCUMENTATION = sorted(shape.pages_of_documentation())
SHEETS = sorted(shape.sheets())


def test_no_file_is_too_long_to_read() -> None:
    assert [module_name(path) for path in WRITTEN if shape.too_long(path.read_text())] == []
    assert shape.too_long("x\n" * 401)
    assert not shape.too_long("x\n" * 400)


def test_no_sheet_is_too_long_to_read() -> None:
    assert [path.name for path in SHEETS if shape.too_long(path.read_text("utf-8"))] == []


def test_no_line_of_a_template_or_a_sheet_is_too_wide() -> None:
    wide = {str(path.relative_to(ROOT)): shape.wide_lines(path.read_text("utf-8")) for path in TEMPLATES + SHEETS}
    assert {name: numbers for name, numbers in wide.items() if numbers} == {}
    assert {"templates/outbox/mail.txt", "static/css/site/text.css", "talks/sheets/leaflet.typ"} <= set(wide)
    assert any(name.startswith("crispy_dkfds/") for name in wide)


def test_a_line_of_one_character_more_is_found() -> None:
    assert shape.wide_lines(f"{'x' * 120}\n{'x' * 121}\n") == [2]


def test_no_line_of_documentation_is_too_wide_except_in_tables() -> None:
    wide = {str(path.relative_to(ROOT)): shape.wide_prose(path.read_text("utf-8")) for path in DOCUMENTATION}
    assert {name: numbers for name, numbers in wide.items() if numbers} == {}
    assert {"README.md", "docs/adding-a-room.md", "docs/decisions/0001-embedded-services.md"} <= set(wide)
    assert shape.wide_prose(f"| {'x' * 120} |\n{'x' * 121}\n") == [2]


def test_no_template_is_too_long() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in TEMPLATES}
    long = {name: number for name, number in lengths.items() if number > shape.MOST_LINES_OF_A_TEMPLATE}
    assert long == {}


def test_no_function_is_too_long_to_see_at_once() -> None:
    long = {module_name(path): shape.long_functions(path.read_text()) for path in PRODUCT}
    assert {name: found for name, found in long.items() if found} == {}


@pytest.mark.parametrize(("lines", "found"), [(50, []), (51, ["work"])])
def test_a_function_of_one_line_more_is_found(lines: int, found: list[str]) -> None:
    assert shape.long_functions("def work():\n" + "    x\n" * (lines - 1)) == found


def test_every_public_function_says_what_it_promises() -> None:
    written = [*PRODUCT, *(path for path in sorted(ROOT.glob("devtools/**/*.py")) if "tests" not in path.parts)]
    silent = {module_name(path): shape.undocumented(path.read_text()) for path in written}
    assert {name: found for name, found in silent.items() if found} == {}
    assert shape.undocumented("def told():\n    'Said.'\ndef _own():\n    x\nasync def untold():\n    x") == ["untold"]


def test_nothing_is_imported_inside_a_function() -> None:
    late = {module_name(path): shape.late_imports(path.read_text()) for path in PRODUCT}
    assert {name: found for name, found in late.items() if found} == {}
    assert shape.late_imports("def late():\n    if now:\n        import this") == ["late"]


def test_nothing_is_called_by_a_signal_of_django_or_of_our_own() -> None:
    hidden = {module_name(path): shape.hidden_calls(path.read_text()) for path in PRODUCT}
    assert {name: found for name, found in hidden.items() if found} == {}


@pytest.mark.parametrize(
    "source",
    [
        "from django.db.models.signals import post_save",
        "from django.dispatch import receiver",
        "from django.core import signals",
        "import django.dispatch",
    ],
)
def test_a_signal_of_django_is_found(source: str) -> None:
    assert shape.hidden_calls(source)
    assert shape.hidden_calls("from anymail.signals import tracking") == []


def test_no_room_outgrows_the_others() -> None:
    lines = shape.lines_by_room(PRODUCT)
    table = shape.as_table(lines)
    print(table)
    share = shape.shares(lines)
    assert share.pop("partnership") <= shape.LARGEST_GROUND, table
    assert max(share.values()) <= shape.LARGEST_ROOM, table


def test_no_folder_holds_more_modules_than_are_read_in_one_look() -> None:
    folders = shape.modules_by_folder(PRODUCT)
    assert {folder: number for folder, number in folders.items() if number > shape.MOST_MODULES} == {}
    assert folders["talks/messages"] >= 4
