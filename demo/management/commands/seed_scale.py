import argparse
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from partnership import clock
from partnership.database_roles import renew_statistics
from partnership.people.models import User
from partnership.places.models import Partnership
from partnership.scale import HELPERS, PARTNERSHIPS, SLUG, Scale, makers, sizes


class Command(BaseCommand):
    help = (
        f"Makes {HELPERS:,} helpers in {PARTNERSHIPS} partnerships, beside the demonstration or in an empty database. "
        "Refuses where there are real people."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--helpers", type=int, default=HELPERS, help="fewer for a quick look")

    def handle(self, *, helpers: int, **options: Any) -> None:
        if helpers < 1:
            raise CommandError("At least one helper, please.")
        began = time.monotonic()
        with transaction.atomic(), connection.cursor() as cursor:
            refuse_real_people()
            cursor.execute("SET LOCAL statement_timeout = 0")
            scale = Scale(sizes(helpers), clock.now())
            for make in makers:
                make(scale, cursor)
                # Otherwise what comes next, and the constraints, are planned for empty tables.
                renew_statistics()
        self.stdout.write(f"{helpers:,} helpers in {time.monotonic() - began:.0f} s.")


def refuse_real_people() -> None:
    """Raise unless everybody in the database belongs to a demonstration, and nobody to a scale made before."""
    if Partnership.objects.filter(slug__startswith=SLUG).exists():
        raise CommandError("The database has such data already. Delete the database, and begin again.")
    if Partnership.objects.filter(is_demonstration=False).exists():
        raise CommandError("Here is a partnership that is no demonstration: choose another database.")
    # Also a demonstration that is open to everybody may have been joined.
    if (
        User.objects.exclude(partnership__is_demonstration=True, email__endswith=".example")
        .exclude(partnership__is_demonstration=True, email=None)
        .exists()
    ):
        raise CommandError("Here are people who belong to no demonstration: choose another database.")
