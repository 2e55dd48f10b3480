"""The twin of each journey: everybody can use the pages that it passes, in each of the three languages."""

import pytest
from django.utils import translation
from django.utils.dates import MONTHS, WEEKDAYS
from playwright.sync_api import Browser

from journeys.inspection import faults_of
from journeys.portal import Portal
from journeys.reader import Seating
from journeys.stops import STOPS, Stage, Stop, set_the_stage


@pytest.fixture(scope="session")
def stage(portal: Portal, seating: Seating) -> Stage:
    return set_the_stage(portal, seating)


@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.name)
def test_everybody_can_use(stage: Stage, stop: Stop) -> None:
    faults, said = [], {}
    for language in stop.languages:
        reader = stage.reader(stop.who, language)
        heard = len(reader.complaints)
        stop.arrive(stage, language)
        found = faults_of(reader.page, f"{stop.name}-{language}")
        found += reader.all_complaints()[heard:]
        if reader.page.locator("html").get_attribute("lang") != language:
            found.append("the page does not say that it is in this language")
        said[language] = sentences(reader.page.get_by_role("main").inner_text())
        if language != "en":
            found += [
                f"still in English: {one}" for one in said[language] & said.get("en", set()) if not is_a_name(one)
            ]
        faults += [f"{language}: {fault}" for fault in found]
    assert not faults, "\n".join(faults)


def sentences(text: str) -> set[str]:
    """Return the lines of a page without their figures and dates, which each language writes in its own way.

    Lines of fewer than four words are left out, since names are the same in every language.
    """
    lines = (" ".join(word for word in line.split() if is_said(word)) for line in text.splitlines())
    return {line for line in lines if len(line.split()) >= 4 and any(c.islower() for c in line)}


def is_said(word: str) -> bool:
    return word.strip(".,:;()").lower() not in OF_A_DATE and not any(c.isdigit() for c in word)


def words_of_dates() -> set[str]:
    """Return the names of months and days in the three languages, and what stands between them."""
    found = {"den", "the", "kl", "at", "on", "of", "til", "to"}
    for language in ("da", "sv", "en"):
        with translation.override(language):
            found |= {str(name).lower() for name in (*MONTHS.values(), *WEEKDAYS.values())}
    return found


OF_A_DATE = words_of_dates()


def is_a_name(line: str) -> bool:
    """Say whether a line is the same in every language because it is data: an address, a mail, a name, a title."""
    return any(mark in line for mark in DATA)


DATA = ("@", "Randers", "Eksempel", "Danmarks Statistik", "http", "forening", "Prøvevej", "Model", "Mønster")


# -- The checker itself -------------------------------------------------------------------------------------------

BROKEN = """<!doctype html><html lang="da"><title>En side</title><main><h1>En side</h1>
<img src="data:," width="9" height="9"><a href="#nowhere">Et link til ingen steder</a>
<p style="color:#bbb;background:#fff">Bleg tekst</p><div style="width:900px">Bred</div></main></html>"""


def test_the_checker_finds_what_is_planted(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(BROKEN)
    faults = "\n".join(faults_of(page, "planted"))
    page.close()
    for planted in ("image-alt", "color-contrast", "link to nowhere: #nowhere", "wider than 320 px"):
        assert planted in faults


def test_a_planted_script_is_stopped_and_heard_of(seating: Seating) -> None:
    reader = seating()
    reader.opens("/")
    assert reader.all_complaints() == []
    reader.page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'alert(1)'}))")
    reader.page.evaluate("console.error('something broke')")
    heard = "\n".join(reader.all_complaints())
    assert "policy: script-src" in heard
    assert "something broke" in heard
    reader.page.context.close()


def test_a_sentence_with_a_date_in_it_is_known_as_english_too() -> None:
    one, other = (
        "We answer by Friday 4 December 2026, at the latest.",
        "We answer by fredag den 4. december, at the latest.",
    )
    assert sentences(one) == sentences(other) != set()
    assert sentences(one) != sentences("Vi svarer senest fredag den 4. december.")
