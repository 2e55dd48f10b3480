"""Rules about the structure of the code, as functions over its source; tests show that each finds a breach."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# The Django project itself: it imports every room, and no room imports it.
PROJECT = (
    "partnership", "partnership.apps", "partnership.celery", "partnership.error_reporting", "partnership.health",
    "partnership.pages", "partnership.registrations", "partnership.search_engines", "partnership.settings",
    "partnership.urls", "partnership.wsgi", "manage",
)  # fmt: skip
# From the lowest floor up. A room imports only from floors below it, never from another room on its own floor.
FLOORS: list[list[str]] = [
    ["partnership.clock", "partnership.environment", "partnership.formats", "partnership.holidays",
     "partnership.refusals", "partnership.registers", "partnership.weekly", "charts", "crispy_dkfds", "street",
     "written"],
    ["partnership.cases", "partnership.fields", "partnership.retention", "partnership.scale"],
    ["geography", "partnership.database_roles"],
    ["partnership.places"],
    ["partnership.web", "partnership.paper"],
    ["partnership.people"],
    ["partnership.outbox"],
    ["entrance", "neighbours", "talks", "advice", "figures"],
    ["dashboard"],
    ["the project", "demo"],
]  # fmt: skip
# Tools for developing and measuring the product, which are not part of it.
OUTSIDE = ("devtools", "journeys", "benchmarks", "conftest")
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc"}
LOADED, LINKED = re.compile(r"\{%\s*load\s+([^%]+?)\s*%\}"), re.compile(r"\{%\s*url\s+[\"'](\w+):(\w+)")
URL_NAME = re.compile(r"(\w+):(\w+)")
# Packages and modules that read tables for no reader, give people their own rows (own_data), or (scopes) decide who may
# see which rows. The administration reaches its rows through `OfThisPartnership`.
ACTS = {
    "actions", "admin", "administration", "channels", "demo", "erasing", "links", "management", "messages", "models",
    "own_data", "preferences", "queue", "retention", "returns", "rules", "scale", "scopes", "tasks", "telling",
}  # fmt: skip
MANAGERS = {"objects", "_default_manager", "_base_manager"}
SHORTCUTS = {"get_object_or_404", "get_list_or_404"}


def modules(root: Path = ROOT) -> Iterator[Path]:
    """Yield every module of the project."""
    for path in root.iterdir():
        if path.suffix == ".py":
            yield path
        elif path.is_dir() and not path.name.startswith("."):
            yield from path.rglob("*.py")


def sources(root: Path = ROOT) -> Iterator[Path]:
    """Yield the modules of the product, without tests and migrations."""
    for path in modules(root):
        parts = path.relative_to(root).with_suffix("").parts
        if parts[0] not in OUTSIDE and not {"tests", "migrations"} & set(parts):
            yield path


def module_name(path: Path, root: Path = ROOT) -> str:
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def room_of(name: str) -> str | None:
    """Return the room that a module, or a name in one, belongs to; None if it has no floor."""
    if name in PROJECT or name.startswith(tuple(f"{module}." for module in PROJECT if module != "partnership")):
        return "the project"
    rooms = (room for floor in FLOORS for room in floor)
    return next((room for room in rooms if f"{name}.".startswith(f"{room}.")), None)


def floor_of(name: str) -> int | None:
    """Return the number of the floor that a module stands on, from the lowest; None if it has none."""
    room = room_of(name)
    return next((number for number, floor in enumerate(FLOORS) if room in floor), None)


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def upward_imports(module: str, source: str) -> list[str]:
    """Return what `module` imports from other rooms on its floor or from floors above."""
    here = floor_of(module)
    if here is None:
        return []
    wrong = []
    for name in imported(ast.parse(source)):
        # A name in the package itself (`from partnership import celery_app`) belongs to the project.
        there = len(FLOORS) - 1 if _is_without_floor(name) else floor_of(name)
        if there is not None and (there > here or (there == here and room_of(name) != room_of(module))):
            wrong.append(name)
    return wrong


def _is_without_floor(name: str) -> bool:
    return name.startswith("partnership.") and ".tests." not in name and floor_of(name) is None


def outside_imports(module: str, source: str) -> list[str]:
    """Return what a module of the product imports from outside the product, or from tests.

    The demonstration and the settings of development may use the development tools.
    """
    tree = ast.parse(source)
    wrong = [name for name in imported(tree) if name.split(".")[0] in OUTSIDE or ".tests." in name]
    if room_of(module) == "demo":  # not installed in production
        return [name for name in wrong if not name.startswith("devtools.")]
    if module == "partnership.settings":  # in a branch that production does not take
        at_once = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        return [name for name in wrong if name in set(imported(ast.Module(at_once, [])))]
    return wrong


def drawers(names: Iterable[str]) -> list[str]:
    """Return the modules whose names do not say what is in them, such as utils."""
    return [name for name in names if name.rpartition(".")[2] in FORBIDDEN_NAMES]


def room_of_template(path: Path, root: Path = ROOT) -> str:
    """Return the room that a template belongs to, by its folder. The ground has those of layouts and of libraries."""
    folder = path.relative_to(root / "templates").parts[0]
    return next((name for name in (folder, f"partnership.{folder}") if room_of(name) == name), "partnership.web")


def tags_from_above(room: str, template: str, libraries: Mapping[str, str]) -> list[str]:
    """Return the libraries of tags that a template loads from rooms on its own floor or above; those of
    `partnership.web` are for all. `libraries` says in which module each of ours is.
    """
    here = floor_of(room)
    ours = [name for line in LOADED.findall(template) for name in line.split() if name in libraries]
    return [name for name in ours if not _may_use(room, here, libraries[name])]


def _may_use(room: str, here: int | None, module: str) -> bool:
    there = floor_of(module)
    return room_of(module) in (room, "partnership.web") or (here is not None and there is not None and there < here)


def links_up(room: str, template: str) -> list[str]:
    """Return the pages of rooms on floors above that a template links to ("talks:book")."""
    return [f"{above}:{page}" for above, page in LINKED.findall(template) if _is_above(above, room)]


def names_up(module: str, source: str) -> list[str]:
    """Return the names of pages of rooms on floors above ("talks:book") that stand in the code of a module."""
    tree = ast.parse(source)
    said = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and node not in said)
    pages = (URL_NAME.fullmatch(text) for text in texts if isinstance(text, str))
    return [page[0] for page in pages if page and _is_above(page[1], room_of(module) or "")]


def _is_above(namespace: str, room: str) -> bool:
    """Return whether the pages with a namespace belong to a room on a floor above."""
    here, there = floor_of(room), floor_of(namespace)
    # The namespaces of the ground's rooms are without "partnership.".
    there = floor_of(f"partnership.{namespace}") if there is None else there
    return here is not None and there is not None and there > here


def is_for_a_reader(path: Path) -> bool:
    """Return whether a module may make pages, parts of them, or files: each that is not named as what acts, decides,
    sends or stores, so that a new kind of page is seen without being listed.
    """
    parts = {path.stem, *path.parts[:-1]}
    return "views" in parts or not ACTS & parts


def personal_reaches(source: str, personal: Iterable[str]) -> list[str]:
    """Return the places that read rows about people (of the models in `personal`) directly from the table."""
    names, tree = set(personal), ast.parse(source)
    # `Model.objects.none()` reads nothing.
    empty = {node.value for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "none"}
    return [
        f"{_last_name(found)}, line {found.lineno}"
        for node in ast.walk(tree)
        if node not in empty and (found := _table_read(node)) is not None and _last_name(found) in names
    ]


def _table_read(node: ast.AST) -> ast.expr | None:
    """Return the model whose table is read by `Model.objects` or `get_object_or_404(Model, …)`."""
    if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
        return node.value
    if isinstance(node, ast.Call) and _last_name(node.func) in SHORTCUTS and node.args:
        return node.args[0]
    return None


def refusals_caught(source: str) -> list[str]:
    """Return the places where a page catches a refusal itself instead of using `partnership.web.acting`."""
    return [
        f"line {node.lineno}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ExceptHandler) and node.type is not None and _last_name(node.type) == "Refused"
    ]


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
