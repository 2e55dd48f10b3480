"""Text stands where it will stand before its own font is there."""

import pytest

from journeys.inspection import DOES_NOT_FIT, SET_TEXT
from journeys.portal import Portal
from journeys.reader import Seating

HEIGHTS = "() => [...document.querySelectorAll('header, h1, main')].map(it => it.getBoundingClientRect().height)"
ON_THEIR_WAY = 'html { font-family: "Arial as Plex", "Roboto as Plex" }'


@pytest.mark.parametrize("width", [320, 412, 1280])
def test_nothing_moves_or_sticks_out_while_fonts_are_on_their_way(portal: Portal, seat: Seating, width: int) -> None:
    reader = seat(width=width)
    for path in ("/", "/accessibility/", "/neighbours/join/", "/progress/"):
        reader.opens(path)
        assert reader.page.evaluate(DOES_NOT_FIT) == [], path
        there = reader.page.evaluate(HEIGHTS)
        reader.page.evaluate(SET_TEXT, ON_THEIR_WAY)
        assert reader.page.evaluate(DOES_NOT_FIT) == [], path
        assert reader.page.evaluate(HEIGHTS) == pytest.approx(there, rel=0.02), path
