"""Counts the size and shape of the code."""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from partnership.tests.house import ROOT, imported, sources

MOST_LINES = 400
LONGEST_FUNCTION = 50
# About twenty can be read at a glance; more should be split into packages.
MOST_MODULES = 22
LARGEST_ROOM = 0.25
LARGEST_GROUND = 0.45
WIDEST_LINE = 120
MOST_LINES_OF_A_TEMPLATE = 120


def too_long(source: str) -> bool:
    return len(source.splitlines()) > MOST_LINES


def templates(root: Path = ROOT) -> Iterator[Path]:
    """Yield the templates of pages and mails."""
    for folder in (root / "templates", *root.glob("*/templates")):
        yield from (path for path in folder.rglob("*") if path.suffix in {".html", ".txt"})


def sheets(root: Path = ROOT) -> Iterator[Path]:
    """Yield what else decides how pages and paper look: our own style sheets and scripts, and the Typst sheets."""
    for path in (root / "static").rglob("*"):
        if path.suffix in {".css", ".js"} and "vendor" not in path.parts:
            yield path
    for path in root.iterdir():
        if path.is_dir() and not path.name.startswith("."):
            yield from path.rglob("*.typ")


def pages_of_documentation(root: Path = ROOT) -> Iterator[Path]:
    """Yield what somebody reads who is new to the project."""
    yield from (root / "README.md", root / "CONTRIBUTING.md", root / "deploy" / "README.md")
    yield from (root / "docs").rglob("*.md")


def wide_prose(markdown: str) -> list[int]:
    """Return the numbers of the lines that are too wide, except those of tables, which cannot be wrapped."""
    lines = markdown.splitlines()
    return [number for number in wide_lines(markdown) if not lines[number - 1].lstrip().startswith("|")]


def wide_lines(text: str) -> list[int]:
    """Return the numbers of the lines that are too wide."""
    return [number for number, line in enumerate(text.splitlines(), 1) if len(line) > WIDEST_LINE]


def functions(source: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def long_functions(source: str) -> list[str]:
    return [one.name for one in functions(source) if one.end_lineno - one.lineno >= LONGEST_FUNCTION]


def undocumented(source: str) -> list[str]:
    """Return the public functions of a module that have no docstring."""
    named = (one for one in ast.parse(source).body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))
    return [one.name for one in named if not one.name.startswith("_") and not ast.get_docstring(one)]


def late_imports(source: str) -> list[str]:
    """Return the functions that contain an import."""
    return [one.name for one in functions(source) if any(imported(one))]


def hidden_calls(source: str) -> list[str]:
    """Return uses of Django's signals and of our own, and their receivers. Signals of other packages (allauth's,
    anymail's) are allowed.
    """
    return [name for name in imported(ast.parse(source)) if name.startswith("django.") and _is_of_signals(name)]


def _is_of_signals(name: str) -> bool:
    return "dispatch" in name.split(".") or "signals" in name.split(".")


def lines_by_room(paths: Iterable[Path], root: Path = ROOT) -> Counter[str]:
    """Return how many lines each top-level folder has in these modules; a top-level module counts by itself."""
    lines: Counter[str] = Counter()
    for path in paths:
        lines[path.relative_to(root).parts[0]] += len(path.read_text(encoding="utf-8").splitlines())
    return lines


def shares(lines: Counter[str]) -> dict[str, float]:
    return {room: number / lines.total() for room, number in lines.most_common()}


def modules_by_folder(paths: Iterable[Path], root: Path = ROOT) -> Counter[str]:
    return Counter(str(path.parent.relative_to(root)) for path in paths if path.stem != "__init__")


def as_table(lines: Counter[str]) -> str:
    """Return each room's lines and its share of the product's."""
    rows = [f"{room:<14} {lines[room]:>6} {share:>6.1%}" for room, share in shares(lines).items()]
    return "\n".join([*rows, f"{'all':<14} {lines.total():>6}"])


if __name__ == "__main__":
    print(as_table(lines_by_room(sources())))
