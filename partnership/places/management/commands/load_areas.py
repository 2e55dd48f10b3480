from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from partnership.places.actions.areas import write_areas
from partnership.places.models import Partnership
from partnership.places.readers.areas import read_areas
from partnership.refusals import Refused


class Command(BaseCommand):
    help = "Reads local areas with their outlines from GeoJSON (or without, from our own CSV). All or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--partnership", required=True, help="its slug, such as randers")

    def handle(self, *, file: Path, partnership: str, **options: object) -> None:
        ours = Partnership.objects.filter(slug=partnership).first()
        if ours is None:
            raise CommandError(f"There is no partnership {partnership!r}: run load_partnership first.")
        try:
            reading = read_areas(file.read_bytes())
            if reading.errors:
                raise CommandError("\n".join([*map(str, reading.errors), "Nothing was imported."]))
            done = write_areas(partnership=ours, rows=reading.rows)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except Refused as refused:
            raise CommandError(f"{refused.message} Nothing was imported.") from refused
        self.stdout.write(f"Areas: {done.new} new, {done.changed} changed, {done.same} as before.")
