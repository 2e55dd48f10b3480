"""The rules of the house as functions over the source, so that a test can show each one biting."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# From the ground up. Rooms on one floor never import each other.
FLOORS = [
    {"partnership.clock", "partnership.refusals", "devtools.embedded", "partnership.environment"},
    {"partnership.places"},
    {"partnership.people"},
    {"partnership.outbox"},
    {"partnership.pledges"},
    {"neighbours", "talks", "advice", "figures"},
    {"dashboard"},
    {"partnership.urls", "demo"},
]
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc"}
# Rows with a person in them: views reach these through a scope only.
PERSONAL = {
    "Activity", "Address", "Association", "Booking", "BookingStep", "Consent", "Evening", "Helper", "HelperStep",
    "Household", "Message", "Role", "Speaker", "User",
}  # fmt: skip


def sources(root: Path = ROOT) -> Iterator[Path]:
    """Yield the project's own modules, without tests and migrations."""
    for room in ("partnership", "neighbours", "talks", "advice", "crispy_dkfds"):
        for path in (root / room).rglob("*.py"):
            if not {"tests", "migrations"} & set(path.parts):
                yield path


def floor_of(module: str) -> int | None:
    """Return the floor that a module stands on; None for what belongs to no room."""
    for number, rooms in enumerate(FLOORS):
        if any(module == room or module.startswith(f"{room}.") for room in rooms):
            return number
    return None


def room_of(module: str) -> str:
    return next(room for rooms in FLOORS for room in rooms if module == room or module.startswith(f"{room}."))


def module_name(path: Path, root: Path = ROOT) -> str:
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def upward_imports(module: str, source: str) -> list[str]:
    """Return what `module` imports from its own floor's other rooms or from above."""
    here = floor_of(module)
    if here is None:
        return []
    wrong = []
    for name in imported(ast.parse(source)):
        there = floor_of(name)
        if there is not None and (there > here or (there == here and room_of(name) != room_of(module))):
            wrong.append(name)
    return wrong


def personal_reaches(source: str) -> list[str]:
    """Return the places where a view reads personal rows straight from the table."""
    return [
        f"{node.value.id}.objects, line {node.lineno}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and node.attr == "objects"
        and isinstance(node.value, ast.Name)
        and node.value.id in PERSONAL
    ]


def is_view_module(path: Path) -> bool:
    return path.stem == "views" or path.stem.endswith("_views") or "views" in path.parts
