"""Bring a database up to date and load the demonstration, in one process: each start of Django costs a second."""

import os
import sys

import django
from django.core.management import CommandError, call_command, get_commands
from django.db import OperationalError


def main() -> int:
    """Migrate, make the database roles, load the demonstration once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")
    try:
        django.setup()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("create_roles", verbosity=0)
        if "seed_demo" in get_commands():
            call_command("seed_demo")
    except (CommandError, OperationalError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
