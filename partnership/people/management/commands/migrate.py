"""Django's `migrate`, as the owner of the tables, whatever role the log-in starts its connections as."""

from typing import Any

from django.core.management import CommandError
from django.core.management.commands import migrate
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from partnership.database_roles import as_owner, renew_rights

# The last version with the migrations that the squashed ones replace.
LAST_BEFORE = "e632bfdd"


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        _refuse_older_than_squashed()
        with as_owner():
            try:
                # An index of a large table takes longer than a page may.
                self._execute("SET statement_timeout = 0")
                super().handle(*args, **options)
            finally:
                self._execute("RESET statement_timeout")
            if not (options["plan"] or options["check_unapplied"]):
                renew_rights()

    def _execute(self, statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)


def _refuse_older_than_squashed() -> None:
    """Refuse a database that has some of the migrations that a squashed one replaces, and not all: Django would make
    its tables a second time.
    """
    loader = MigrationLoader(connection)
    for replacement in loader.replacements.values():
        missing = [one for one in replacement.replaces if one not in loader.applied_migrations]
        if 0 < len(missing) < len(replacement.replaces):
            raise CommandError(
                f"This database is of a version before {LAST_BEFORE}: it lacks the migration {'.'.join(missing[0])}. "
                f"Nothing was changed. Run `manage.py migrate` of version {LAST_BEFORE} first, and then this one."
            )
