"""`manage.py migrate` on a database that is older than the squashed migrations."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db


def forget(app: str, name: str) -> None:
    """Let the database be as before one squashed migration, and the newest that it replaces."""
    replaces = MigrationLoader(connection).replacements[app, name].replaces
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied(app, name)
    recorder.record_unapplied(*replaces[-1])


@pytest.mark.parametrize("app", ["talks", "people", "dashboard"])
def test_a_database_older_than_the_squashed_migrations_is_refused_with_what_to_do(app: str) -> None:
    [name] = [name for room, name in MigrationLoader(connection).replacements if room == app]
    forget(app, name)
    with pytest.raises(CommandError, match=rf"lacks the migration {app}\.\d{{4}}_.* Run `manage.py migrate` of"):
        call_command("migrate", verbosity=0, interactive=False)


def test_a_database_that_has_all_of_them_takes_the_squashed_ones_for_done() -> None:
    recorder = MigrationRecorder(connection)
    for app, name in MigrationLoader(connection).replacements:
        recorder.record_unapplied(app, name)
    call_command("migrate", verbosity=0, interactive=False)
    assert set(MigrationLoader(connection).replacements) <= set(recorder.applied_migrations())
