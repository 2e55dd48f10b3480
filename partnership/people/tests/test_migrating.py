"""Migrations may take longer than a page, and the portal runs meanwhile."""

import importlib

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddIndex, CreateModel, RemoveIndex
from django.db.models import Index
from django.db.models.signals import pre_migrate


def limit() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return cursor.fetchone()[0]


@pytest.mark.slow
def test_no_statement_of_a_migration_is_stopped_and_those_of_pages_still_are(db: None) -> None:
    before, during = limit(), []

    def note(**_more: object) -> None:
        during.append(limit())

    pre_migrate.connect(note)
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        pre_migrate.disconnect(note)
    assert set(during) == {"0"}
    assert limit() == before == "10s"


def indexes_that_stop_writing() -> set[str]:
    """Return the migrations that make or drop an index of a table that may have rows, while writing to it waits."""
    found = set()
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        if migration.__module__.startswith(("django", "allauth")) or migration.initial:
            continue
        made = {operation.name_lower for operation in migration.operations if isinstance(operation, CreateModel)}
        for operation in migration.operations:
            is_one = isinstance(operation, AddIndex | RemoveIndex)
            is_running = isinstance(operation, AddIndexConcurrently | RemoveIndexConcurrently)
            if is_one and not is_running and operation.model_name_lower not in made:
                found.add(f"{app}.{name}")
    return found


def test_indexes_of_tables_with_rows_are_made_while_the_portal_runs() -> None:
    assert indexes_that_stop_writing() == set()


def test_one_that_is_not_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    index = Index(fields=["name"], name="planted")
    counted = importlib.import_module("neighbours.migrations.0023_many_helpers_are_counted").Migration
    monkeypatch.setattr(counted, "operations", [AddIndex("helper", index)])
    assert indexes_that_stop_writing() == {"neighbours.0023_many_helpers_are_counted"}
