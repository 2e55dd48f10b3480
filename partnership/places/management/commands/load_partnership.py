from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from partnership.places.actions.areas import write_areas
from partnership.places.actions.partnerships import load_profile
from partnership.places.models import Partnership
from partnership.places.profiles import areas_file, profile_file, read_profile
from partnership.places.readers.areas import read_csv
from partnership.refusals import Refused


class Command(BaseCommand):
    help = "Sets up a partnership and its local areas from a profile, or brings it up to date; says what changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="randers or kalmar; with PATH, the slug that the file must hold")
        parser.add_argument("path", nargs="?", type=Path, help="a profile of your own (JSON), areas beside it")

    def handle(self, *, name: str, path: Path | None, **options: object) -> None:
        try:
            file = path or profile_file(name)
            profile = read_profile(file)
            if profile.get("slug") != name:
                raise Refused("other_slug", f"The slug in {file} is {profile.get('slug')!r}, not {name!r}.")
            loaded = load_profile(profile=profile)
            self.stdout.write(f"{loaded.partnership}: {'set up' if loaded.is_new else 'up to date'}.")
            for field, before, after in loaded.changes:
                self.stdout.write(f"  {field}: {before!r} is now {after!r}")
            if beside := areas_file(file):
                self._load_areas(loaded.partnership, beside)
        except Refused as refused:
            raise CommandError(refused.message) from refused

    def _load_areas(self, partnership: Partnership, file: Path) -> None:
        reading = read_csv(file.read_bytes())
        if reading.errors:
            raise CommandError("\n".join(map(str, reading.errors)))
        done = write_areas(partnership=partnership, rows=reading.rows)
        self.stdout.write(f"  Areas: {done.new} new, {done.changed} changed, {done.same} as before.")
