"""Read bounces: a Maildir, a folder of files, one file, or an email on standard input."""

import logging
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError

from partnership import clock
from partnership.outbox.returns.bouncing import record_report
from partnership.outbox.returns.reports import LARGEST, read

log = logging.getLogger(__name__)

UNREADABLE = "could not be read"
# The folders of a Maildir that hold emails.
MAILDIR = ("new", "cur")


class Command(BaseCommand):
    help = (
        "Counts bounces and complaints, and stops mail to addresses that do not work. PATH is a Maildir, a folder "
        "or a file; - is standard input, for a pipe from the mail server. Reading the same twice changes nothing, and "
        "a file that cannot be read is counted and logged, and stops nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path")
        parser.add_argument(
            "--delete",
            action="store_true",
            help="delete each file that has been read; move one that cannot be read to the folder “unreadable”",
        )

    def handle(self, path: str, delete: bool, **options: object) -> None:
        counted: Counter[str] = Counter()
        for file in _files(path):
            try:
                counted.update(_recorded(file))
            except (OperationalError, InterfaceError):
                # The database is away: this file and the others are read next time.
                raise
            except Exception:
                # Anybody can send email here: what cannot be read must not keep the others from being read.
                log.exception("%s could not be read", file or "The email on standard input")
                counted[UNREADABLE] += 1
                if delete and file is not None:
                    self._set_aside(file)
            else:
                if delete and file is not None:
                    file.unlink(missing_ok=True)
        self.stdout.write(", ".join(f"{what}: {number}" for what, number in sorted(counted.items())) or "nothing there")

    def _set_aside(self, file: Path) -> None:
        """Move a file where no later run reads it, and somebody can look at it."""
        folder = file.parent.parent if file.parent.name in MAILDIR else file.parent
        aside = folder / "unreadable"
        try:
            aside.mkdir(exist_ok=True)
            file.rename(aside / file.name)
        except OSError as error:
            self.stderr.write(f"{file} stays where it is: {error.strerror}.")
        else:
            self.stderr.write(f"{file} is set aside in {aside}.")


def _recorded(file: Path | None) -> Counter[str]:
    """Read an email, from standard input if it is no file, and return how many results of which kind it brought."""
    if file is None:
        raw = sys.stdin.buffer.read(LARGEST)
    else:
        try:
            with file.open("rb") as opened:
                raw = opened.read(LARGEST)
        except FileNotFoundError:
            # Another run was quicker.
            return Counter()
    recorded = [record_report(report, now=clock.now()) for report in read(raw)]
    found = ["not ours" if one.message is None else one.kind or "arrived or delayed" for one in recorded]
    return Counter(found or ["no report"])


def _files(path: str) -> Iterator[Path | None]:
    """Yield the files of a Maildir or a folder, or the one file; None for standard input."""
    if path == "-":
        yield None
        return
    place = Path(path)
    if not place.exists():
        raise CommandError(f"There is no {path}.")
    inside = [place / name for name in MAILDIR] if (place / "new").is_dir() else [place]
    for folder in inside:
        files = sorted(folder.iterdir()) if folder.is_dir() else [folder]
        yield from (file for file in files if file.is_file())
