"""Checks on every page, in each language and compared with the other languages."""

import os
from pathlib import Path

from django.utils import translation
from django.utils.dates import MONTHS, WEEKDAYS

from journeys.inspection import faults_of
from journeys.reader import Reader
from journeys.stage import Stage
from journeys.stops import Stop

# JOURNEYS_SOURCES=/a/folder stores the HTML of every page, as our server sent it.
SOURCES = os.environ.get("JOURNEYS_SOURCES")


def faults_at(stop: Stop, stage: Stage) -> list[str]:
    """Return a page's faults in its languages, also untranslated sentences."""
    faults, said = [], {}
    for language in stop.languages:
        reader = stage.reader(stop.who, language)
        heard = len(reader.complaints)
        stop.arrive(stage, language)
        _keep_the_source(reader, f"{stop.name}-{language}")
        found = faults_of(reader.page, f"{stop.name}-{language}", in_full=language == stop.languages[0])
        found += reader.all_complaints()[heard:]
        if reader.page.locator("html").get_attribute("lang") != language:
            found.append("the page does not say that it is in this language")
        quoted = "\n".join(reader.page.locator("main q[lang]").all_inner_texts())
        said[language] = sentences(reader.page.get_by_role("main").inner_text()) - sentences(quoted)
        if language != "en":
            found += [
                f"still in English: {one}" for one in said[language] & said.get("en", set()) if not is_a_name(one)
            ]
        faults += [f"{language}: {fault}" for fault in found]
    return faults


def _keep_the_source(reader: Reader, name: str) -> None:
    if SOURCES and reader.answered:
        Path(SOURCES).mkdir(parents=True, exist_ok=True)
        Path(SOURCES, f"{name}.html").write_bytes(reader.answered.body())


def sentences(text: str) -> set[str]:
    """Return the lines of a page without numbers and dates, which differ between languages.

    Lines of fewer than four words are left out, since names are the same in every language.
    """
    lines = (" ".join(word for word in line.split() if is_said(word)) for line in text.splitlines())
    return {line for line in lines if len(line.split()) >= 4 and any(c.islower() for c in line)}


def is_said(word: str) -> bool:
    return word.strip(".,:;()").lower() not in OF_A_DATE and not any(c.isdigit() for c in word)


def words_of_dates() -> set[str]:
    """Return the names of months and days in the three languages, and the words between them."""
    found = {"den", "the", "kl", "at", "on", "of", "til", "to"}
    for language in ("da", "sv", "en"):
        with translation.override(language):
            found |= {str(name).lower() for name in (*MONTHS.values(), *WEEKDAYS.values())}
    return found


OF_A_DATE = words_of_dates()


def is_a_name(line: str) -> bool:
    """Return whether a line is the same in every language because it is data: an address, an email, a name, a title."""
    return any(mark in line for mark in DATA)


DATA = ("@", "Randers", "Eksempel", "Danmarks Statistik", "http", "forening", "Prøvevej", "Model", "Mønster")
