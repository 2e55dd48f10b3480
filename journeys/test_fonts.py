"""Text is as wide and as high before its own font is there."""

import pytest

from journeys.inspection import DOES_NOT_FIT, SET_TEXT
from journeys.portal import Portal
from journeys.reader import Seating

# Each text in one line, so that one that breaks elsewhere does not count for more than it is.
IN_ONE_LINE = "h1, h2, p { white-space: nowrap !important; width: max-content !important; max-width: none !important }"
MEASURES = """kind => [...document.querySelectorAll(kind)].map(it => it.getBoundingClientRect())
  .reduce(([wide, high], it) => [wide + it.width, high + it.height], [0, 0])"""
ON_THEIR_WAY = 'html { font-family: "Arial as Plex", "Roboto as Plex" }'


def test_text_is_as_wide_and_as_high_while_fonts_are_on_their_way(portal: Portal, seat: Seating) -> None:
    reader = seat()
    for path in ("/", "/accessibility/", "/progress/"):
        reader.opens(path)
        found = []
        for css in ("", ON_THEIR_WAY):
            reader.page.evaluate(SET_TEXT, IN_ONE_LINE + css)
            reader.page.evaluate("document.fonts.ready.then(() => true)")
            found.append([reader.page.evaluate(MEASURES, kind) for kind in ("main h1, main h2", "main p")])
        (heads, body), (heads_before, body_before) = found
        assert heads_before == pytest.approx(heads, rel=0.02), path
        assert body_before == pytest.approx(body, rel=0.02), path


def test_nothing_sticks_out_of_a_telephone_while_fonts_are_on_their_way(portal: Portal, seat: Seating) -> None:
    reader = seat(width=320)
    for path in ("/", "/accessibility/", "/neighbours/join/", "/progress/"):
        reader.opens(path)
        reader.page.evaluate(SET_TEXT, ON_THEIR_WAY)
        assert reader.page.evaluate(DOES_NOT_FIT) == [], path
