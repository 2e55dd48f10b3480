from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from advice.actions.publishing import Changes, publish_library
from advice.articles import read_library

LIBRARY = Path(__file__).resolve().parents[2] / "library"


class Command(BaseCommand):
    help = "Load the advice library's articles. Reads every file first; one bad line, and nothing is written."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", nargs="?", type=Path, default=LIBRARY, help="a folder of articles (default: ours)"
        )
        parser.add_argument(
            "--replace-corrected", action="store_true", help="also replace editions that staff have corrected"
        )

    def handle(self, *args, folder: Path, replace_corrected: bool, **options) -> None:
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        articles, problems = read_library(folder)
        if problems:
            listed = "\n".join(f"  {problem}" for problem in problems)
            raise CommandError(f"Nothing was loaded. Correct this and run it again:\n{listed}")
        self._tell(publish_library(articles=articles, replace_corrected=replace_corrected))

    def _tell(self, changes: Changes) -> None:
        for verb in ("added", "changed", "withdrawn", "kept"):
            for name in getattr(changes, verb):
                note = " (corrected by staff; --replace-corrected replaces it)" if verb == "kept" else ""
                self.stdout.write(f"{verb} {name}{note}")
        counts = ", ".join(f"{len(names)} {verb}" for verb, names in vars(changes).items())
        self.stdout.write(self.style.SUCCESS(f"Advice: {counts}."))
