from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from partnership.places.actions.addresses import AddressesWritten, write_addresses
from partnership.places.models import Partnership
from partnership.places.readers.addresses import Point, read
from partnership.places.readers.dar_points import house_points
from partnership.refusals import Refused

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Reads the address register from a DAR extract (Adresse, NDJSON) or from our own CSV. An address lies in the "
        "area whose outline holds its point; where there is no point, in the area that its line or --area names. "
        "Nothing of a file with a bad line is imported, unless --skip-bad-lines. An address that has ended in a DAR "
        "extract is closed: it is no longer offered, and its household keeps it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--partnership", required=True, help="its slug, such as randers")
        parser.add_argument("--house-numbers", type=Path, help="DAR's Husnummer extract, to find the points")
        parser.add_argument("--points", type=Path, help="DAR's Adressepunkt extract, to find the points")
        parser.add_argument("--area", default="", help="code of the area of those lines that name none")
        parser.add_argument("--skip-bad-lines", action="store_true")
        parser.add_argument("--whole", action="store_true", help="close the addresses that the file does not hold")
        parser.add_argument("--close-many", action="store_true", help="close also more than one address in twenty")

    def handle(self, *, file: Path, partnership: str, skip_bad_lines: bool, **options: object) -> None:
        ours = Partnership.objects.filter(slug=partnership).first()
        if ours is None:
            raise CommandError(f"There is no partnership {partnership!r}: run load_partnership first.")
        try:
            points = self._points(options["house_numbers"], options["points"])
            with file.open("rb") as lines:
                rows = read(lines, points, str(options["area"]))
                done = write_addresses(
                    partnership=ours,
                    rows=rows,
                    skip_bad=skip_bad_lines,
                    is_whole=bool(options["whole"]),
                    may_close_many=bool(options["close_many"]),
                )
        except Refused as refused:
            raise CommandError(f"{refused.message} Nothing was imported.") from refused
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be read: {error.strerror}.") from error
        self._report(done, skip_bad_lines)

    def _points(self, house_numbers: object, points: object) -> dict[str, Point]:
        if (house_numbers is None) != (points is None):
            raise CommandError("Give both --house-numbers and --points, or neither.")
        if not isinstance(house_numbers, Path) or not isinstance(points, Path):
            return {}
        with house_numbers.open("rb") as houses, points.open("rb") as places:
            found = house_points(houses, places)
        if not found:
            raise CommandError("These files hold no points: give DAR's extracts of Husnummer and of Adressepunkt.")
        return found

    def _report(self, done: AddressesWritten, skipped: bool) -> None:
        for error in done.errors[:SHOWN]:
            self.stderr.write(str(error))
        if done.bad > SHOWN:
            self.stderr.write(f"… and {done.bad - SHOWN} more.")
        if done.bad and not skipped:
            raise CommandError(f"{done.bad} bad lines. Nothing was imported.")
        self.stdout.write(
            f"Addresses: {done.new} new, {done.changed} changed, {done.same} as before, {done.closed} closed, "
            f"{done.bad} lines left out."
        )
