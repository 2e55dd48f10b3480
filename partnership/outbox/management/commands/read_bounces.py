"""Read bounces: a Maildir, a folder of files, one file, or an email on standard input."""

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from partnership import clock
from partnership.outbox.returns.bouncing import record_report
from partnership.outbox.returns.reports import read


class Command(BaseCommand):
    help = (
        "Counts bounces and complaints, and stops mail to addresses that do not work. PATH is a Maildir, a folder "
        "or a file; - is standard input, for a pipe from the mail server. Reading the same twice changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path")
        parser.add_argument("--delete", action="store_true", help="delete each file that has been read")

    def handle(self, path: str, delete: bool, **options: object) -> None:
        counted: Counter[str] = Counter()
        for name, raw in _mails(path):
            reports = read(raw)
            if not reports:
                counted["no report"] += 1
            for report in reports:
                recorded = record_report(report, now=clock.now())
                counted["not ours" if recorded.message is None else recorded.kind or "arrived or delayed"] += 1
            if delete and name is not None:
                name.unlink(missing_ok=True)
        self.stdout.write(", ".join(f"{what}: {number}" for what, number in sorted(counted.items())) or "nothing there")


def _mails(path: str) -> Iterator[tuple[Path | None, bytes]]:
    if path == "-":
        yield None, sys.stdin.buffer.read()
        return
    place = Path(path)
    if not place.exists():
        raise CommandError(f"There is no {path}.")
    inside = [place / "new", place / "cur"] if (place / "new").is_dir() else [place]
    for folder in inside:
        files = sorted(folder.iterdir()) if folder.is_dir() else [folder]
        for file in files:
            if file.is_file():
                yield file, file.read_bytes()
