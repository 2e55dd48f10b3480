"""Makes the database roles that the portal works as."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from partnership.database_roles import RolesRefused, guarded_tables, is_first_superuser, make_roles, stop_using_roles


class Command(BaseCommand):
    help = (
        "Make the roles <database>_web and <database>_erase, and let the portal's connections start as the first, "
        "which cannot change or delete look-ups, consents and steps. Run it once; migrate keeps their rights."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--stop", action="store_true", help="let connections work as the log-in itself again")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["stop"]:
            stop_using_roles()
            self.stdout.write("New connections work as the log-in itself. Restart the portal.")
            return
        try:
            roles = make_roles()
        except RolesRefused as refused:
            raise CommandError(str(refused)) from None
        if options["verbosity"] and is_first_superuser():
            self.stderr.write(
                f"{roles.web} and {roles.erase} are made, and the portal does not work as them: it logs in as the "
                "superuser that the server was made with, which must keep its rights to clean up. Make the portal a "
                'log-in of its own (deploy/README.md, "Database roles") and run this again.'
            )
        elif options["verbosity"]:
            self.stdout.write(
                f"New connections start as {roles.web}, which only adds to {len(guarded_tables())} tables. "
                "Restart the portal."
            )
