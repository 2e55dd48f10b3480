"""manage.py import_burglaries FILE | --from-api"""

import argparse
import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from figures import statbank
from figures.actions.importing import Outcome, import_straf11
from figures.areas import areas
from figures.completeness import StatbankRequest
from partnership import clock
from partnership.refusals import Refused


def a_day(text: str) -> dt.date:
    """Return the day of an argument such as 2026-02-15; for anything else argparse says what to write."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no day: write it as 2026-02-15.") from error


class Command(BaseCommand):
    help = "Import reported burglaries in dwellings (STRAF11) from a file in any of its shapes, or from the StatBank."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="a file of STRAF11: CSV, BULK, JSON-stat or hand-saved")
        parser.add_argument("--from-api", action="store_true", help="ask the StatBank for all areas and quarters")
        parser.add_argument("--areas", nargs="+", metavar="CODE", help="which areas were (or are to be) asked for")
        parser.add_argument("--fetched-on", type=a_day, help="the day a file was saved (default: now)")
        parser.add_argument("--sure", action="store_true", help="import figures that are stored under other years")
        parser.add_argument("--address", default=statbank.ADDRESS, help="where the StatBank answers")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["file"]) == options["from_api"]:
            raise CommandError("Give a file, or --from-api, and not both.")
        codes = options["areas"]
        if unknown := [code for code in codes or () if code not in areas()]:
            raise CommandError(f"Not an area of the table: {', '.join(unknown)}.")
        try:
            outcome = self._import(options, codes)
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        self._report(outcome)

    def _import(self, options: dict[str, Any], codes: list[str] | None) -> Outcome:
        now = clock.now()
        if options["from_api"]:
            codes = codes or sorted(areas())
            data = statbank.ask(statbank.question(codes), address=options["address"])
            return import_straf11(
                data,
                fetched_at=now,
                now=now,
                request=StatbankRequest(tuple(codes), is_whole=True),
                is_sure=options["sure"],
            )
        try:
            data = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"Cannot read {options['file']}: {error.strerror}.") from error
        saved_on = options["fetched_on"]
        fetched_at = _noon(saved_on, now) if saved_on else now
        request = StatbankRequest(tuple(codes)) if codes else None
        return import_straf11(data, fetched_at=fetched_at, now=now, request=request, is_sure=options["sure"])

    def _report(self, outcome: Outcome) -> None:
        if outcome.unchanged:
            self.stdout.write(f"{outcome.rows} figures read; all of them were here already. {outcome.summary}.")
            return
        self.stdout.write(
            f"{outcome.rows} figures imported: {outcome.new} new, {outcome.revised} revised. {outcome.summary}; "
            f"{outcome.shown} now shown, {outcome.older} kept as older."
        )


def _noon(day: dt.date, now: dt.datetime) -> dt.datetime:
    """Return noon of the day that a file was saved; this moment if that is today, when noon may be ahead."""
    return now if day == clock.local(now).date() else clock.at(day, dt.time(12))
