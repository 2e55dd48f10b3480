"""The pages of every journey are accessible, in each of the three languages."""

import pytest
from playwright.sync_api import Browser

from journeys.inspection import faults_of
from journeys.portal import Portal
from journeys.reader import Seating
from journeys.stage import Stage, set_the_stage
from journeys.stops import ON_THE_STAGE, Stop
from journeys.sweep import faults_at, sentences


@pytest.fixture(scope="session")
def stage(portal: Portal, seating: Seating) -> Stage:
    return set_the_stage(portal, seating)


@pytest.mark.parametrize("stop", ON_THE_STAGE, ids=lambda stop: stop.name)
def test_everybody_can_use(stage: Stage, stop: Stop) -> None:
    faults = faults_at(stop, stage)
    assert not faults, "\n".join(faults)


# -- The checker itself -------------------------------------------------------------------------------------------

BROKEN = """<!doctype html><html lang="da"><title>En side</title><main><h1>En side</h1>
<img src="data:," width="9" height="9"><a href="#nowhere">Et link til ingen steder</a>
<p style="color:#bbb;background:#fff">Bleg tekst</p><div style="width:900px">Bred</div>
<p style="width:3em;overflow-wrap:anywhere">Bliv <b>nabohjælper</b></p></main></html>"""


def test_the_checker_finds_what_is_planted(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(BROKEN)
    faults = "\n".join(faults_of(page, "planted"))
    page.close()
    too_wide = "390 px and more space in the text: wide (908 of 390): <div"
    letters = ": <b>nabohjælper</b>"
    for planted in ("image-alt", "color-contrast", "link to nowhere: #nowhere", too_wide, letters):
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
