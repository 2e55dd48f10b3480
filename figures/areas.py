"""The areas and offences of table STRAF11, by code and by Danish or English label."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

COUNTRY = "000"
UNKNOWN_MUNICIPALITY = "998"
REGIONS = ("081", "082", "083", "084", "085")
DWELLINGS = "1320"
# So small that a whole year may pass without a burglary: Christiansø, Ærø, Fanø, Samsø, Læsø; and the unknown.
MAY_BE_EMPTY = ("411", "492", "563", "741", "825", UNKNOWN_MUNICIPALITY)

# Neighbouring offences are named so that a file of the wrong one gets a helpful error.
OFFENCES = {
    DWELLINGS: ("Indbrud i beboelser", "Indbrud i beboelse", "Residential burglaries"),
    "1316": ("Indbrud i forretning, virksomhed mv.", "Burglary - business and community"),
    "1324": ("Indbrud i ubeboede bebyggelser", "Burglary (uninhabited buildings)"),
}
DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class StatisticalArea:
    code: str
    danish: str
    english: str
    region: str

    def name(self, language: str) -> str:
        return self.english if language == "en" else self.danish


def lines_without_remarks(text: str) -> list[str]:
    """Return the lines of a small file of our own, without the comments that name its source."""
    return [line for line in text.splitlines() if not line.startswith("#")]


@cache
def areas() -> dict[str, StatisticalArea]:
    """Return every area of the table by its code."""
    text = (DATA / "straf11_areas.csv").read_text(encoding="utf-8")
    found = csv.DictReader(lines_without_remarks(text), delimiter=";")
    return {row["code"]: StatisticalArea(**row) for row in found}


@cache
def _area_codes() -> dict[str, str]:
    return {word.casefold(): area.code for area in areas().values() for word in (area.code, area.danish, area.english)}


@cache
def _offence_codes() -> dict[str, str]:
    return {word.casefold(): code for code, labels in OFFENCES.items() for word in (code, *labels)}


def area_code(text: str) -> str | None:
    """Return the code of an area given as "730", "Randers" or "730 Randers"; None when the table has no such area."""
    return _looked_up(text, _area_codes(), len(COUNTRY))


def offence_code(text: str) -> str | None:
    """Return the code of a burglary offence given as code, label or both; None when it is none that we know."""
    return _looked_up(text, _offence_codes(), len(DWELLINGS))


def _looked_up(text: str, codes: dict[str, str], width: int) -> str | None:
    word = " ".join(text.split()).casefold()
    if re.fullmatch("[0-9]{1,2}", word):
        word = word.zfill(width)  # a spreadsheet makes 82 of 082
    if word in codes:
        return codes[word]
    head, space, label = word[:width], word[width : width + 1], word[width + 1 :]
    both_agree = space == " " and head in codes and codes.get(label) == codes[head]
    return codes[head] if both_agree else None
