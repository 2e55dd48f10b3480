"""Django's `migrate`, as the owner of the tables, whatever role the log-in starts its connections as."""

from typing import Any

from django.core.management.commands import migrate

from partnership.database_roles import as_owner, renew_rights


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner():
            super().handle(*args, **options)
            if not (options["plan"] or options["check_unapplied"]):
                renew_rights()
