"""The migrated database that others are copied from."""

import ast
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from devtools import migrated
from devtools.embedded import PROJECT

pytestmark = pytest.mark.django_db


@pytest.fixture
def copy() -> Iterator[str]:
    """Return the name of a database for one test of one worker."""
    name = f"{connection.settings_dict['NAME']}_copy"
    yield name
    migrated.drop(name)


@pytest.fixture
def migrations(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Use separate originals, and a migration of one table; return the databases that it has been run on."""
    run: list[str] = []

    def migrate(name: str) -> None:
        run.append(name)
        ask(name, "CREATE TABLE migrated (n int)")

    monkeypatch.setattr(migrated, "PREFIX", f"{connection.settings_dict['NAME']}_original_")
    monkeypatch.setattr(migrated, "_migrate", migrate)
    yield run
    for name in originals():
        ask("postgres", f"ALTER DATABASE {name} IS_TEMPLATE false")
        migrated.drop(name)


def ask(name: str, words: str) -> list[tuple]:
    with closing(connection.copy()) as own:
        own.settings_dict["NAME"] = name
        own.settings_dict["OPTIONS"].pop("options")  # a busy machine may be slow
        with own.cursor() as cursor:
            cursor.execute(words)
            return cursor.fetchall() if cursor.description else []


def originals() -> list[str]:
    return [name for (name,) in ask("postgres", "SELECT datname FROM pg_database") if name.startswith(migrated.PREFIX)]


def test_the_tests_own_database_lacks_no_migration() -> None:
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


def test_a_second_copy_costs_no_migration_and_holds_nothing_of_the_first(migrations: list[str], copy: str) -> None:
    migrated.make_copy(copy)
    ask(copy, "INSERT INTO migrated VALUES (1)")
    migrated.make_copy(copy)
    assert ask(copy, "SELECT count(*) FROM migrated") == [(0,)]
    assert len(migrations) == 1


def test_changed_migrations_make_a_new_original_and_drop_the_old(
    migrations: list[str], copy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = (migrated.PREFIX + when for when in ("before", "after"))
    for name in (before, after):
        monkeypatch.setattr(migrated, "name_of_original", lambda name=name: name)
        migrated.make_copy(copy)
    assert migrations == [before, after]
    assert originals() == [after]


def test_an_unfinished_original_is_made_again(migrations: list[str], copy: str) -> None:
    ask("postgres", f"CREATE DATABASE {migrated.name_of_original()}")
    migrated.make_copy(copy)
    assert migrations == [migrated.name_of_original()]
    assert ask(copy, "SELECT count(*) FROM migrated") == [(0,)]


def test_two_that_begin_at_once_make_one_original(migrations: list[str], copy: str) -> None:
    with ThreadPoolExecutor(2) as both:
        list(both.map(migrated.make_copy, [copy, f"{copy}_too"]))
    migrated.drop(f"{copy}_too")
    assert len(migrations) == 1


@pytest.mark.parametrize(
    "change, is_felt",
    [
        (lambda room: (room / "migrations" / "0001_first.py").write_text("# otherwise"), True),
        (lambda room: (room / "migrations" / "0002_second.py").write_text("# more"), True),
        (lambda room: (room / "migrations" / "0001_first.py").rename(room / "migrations" / "0001_renamed.py"), True),
        (lambda room: (room / "models.py").write_text("# otherwise"), True),
        (lambda room: (room / "views.py").write_text("# otherwise"), False),
    ],
)
def test_the_name_follows_what_the_original_is_made_from(
    tmp_path: Path, change: Callable[[Path], object], is_felt: bool
) -> None:
    room = tmp_path / "room"
    (room / "migrations").mkdir(parents=True)
    (room / "migrations" / "0001_first.py").write_text("# one")
    before = migrated.name_of_original(tmp_path)
    change(room)
    assert (migrated.name_of_original(tmp_path) != before) == is_felt


def test_whatever_a_migration_imports_is_among_what_the_original_is_made_from() -> None:
    known = {path for pattern in migrated.MADE_FROM for path in PROJECT.glob(pattern)}
    rooms = {path.parent.name for path in PROJECT.glob("*/__init__.py")}
    for migration in (path for path in known if path.parent.name == "migrations"):
        for name in imported_by(migration):
            if name.split(".")[0] in rooms:
                place = PROJECT / name.replace(".", "/")
                files = place.with_suffix(".py"), place / "__init__.py", place.parent.with_suffix(".py")
                assert known.intersection(files), f"{migration.name} imports {name}"


def imported_by(path: Path) -> Iterator[str]:
    """Yield each module that a file imports, and each name that it takes from one, with its module."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)
