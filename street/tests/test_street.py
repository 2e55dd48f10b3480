"""The street shows the real share, the same way every time, and is small and safe enough for any page."""

import gzip
import re
from xml.etree import ElementTree

import pytest

from street import drawing as street
from street.skylines import KIT, wordmark


def lit_windows(svg: str) -> int:
    return sum(path.count("M") for path in re.findall(r'class="lit" d="([^"]*)"', svg))


def dark_windows(svg: str) -> int:
    return sum(path.count("M") for path in re.findall(r'class="dark" d="([^"]*)"', svg))


def test_the_street_has_between_sixty_and_a_hundred_windows():
    assert 60 <= street.windows() <= 100


@pytest.mark.parametrize("share", [0, 0.12, 0.5, 0.999, 1])
def test_as_many_windows_shine_as_the_share_says(share):
    drawn = street.hero(share, "x")
    assert lit_windows(drawn) == street.lit(share, street.windows())
    assert lit_windows(drawn) + dark_windows(drawn) == street.windows()


def test_one_helper_is_seen_and_one_missing_helper_too():
    assert street.lit(1 / 3500, 79) == 1
    assert street.lit(3499 / 3500, 79) == 78
    assert street.lit(0, 79) == 0
    assert street.lit(1, 79) == 79


@pytest.mark.parametrize(("share", "expected"), [(-1, 0), (1.4, 79)])
def test_a_share_outside_nought_to_one_is_cut_off(share, expected):
    assert street.lit(share, 79) == expected


def test_a_window_that_shines_stays_lit_when_more_join():
    before, after = street._shining(0.2), street._shining(0.3)
    assert before < after


def test_the_lit_windows_are_spread_over_both_halves():
    first = len(street.blocks()[0].panes)
    shining = street._shining(0.25)
    assert {number < first for number in shining} == {True, False}


def test_the_same_share_gives_the_same_drawing():
    assert street.hero(0.31, "x") == street.hero(0.31, "x")


def test_the_sentence_is_the_text_alternative_of_both_compositions_and_is_escaped():
    drawn = street.hero(0.1, "436 of 3,500 <helpers> & more")
    assert drawn.count("<title>436 of 3,500 &lt;helpers&gt; &amp; more</title>") == 2
    assert drawn.count('role="img"') == 2


def test_the_quiet_street_without_a_sentence_is_decoration():
    assert 'aria-hidden="true"' in street.quiet(0.5)
    assert "<title>" not in street.quiet(0.5)
    assert "<title>Half</title>" in street.quiet(0.5, "Half")


@pytest.mark.parametrize("draw", [street.hero, street.quiet])
def test_it_needs_no_inline_style_and_no_script(draw):
    drawn = draw(1, "x")
    assert "style=" not in drawn
    assert "<script" not in drawn
    ElementTree.fromstring(f"<div>{drawn}</div>")


def test_the_front_page_street_is_at_most_ten_kilobytes_on_the_wire():
    assert len(gzip.compress(street.hero(1, "x" * 200).encode())) <= 10_000


@pytest.mark.parametrize("skyline", KIT)
def test_a_skyline_is_in_each_drawing_and_lights_no_window_of_its_own(skyline):
    for drawn in (street.hero(0.2, "x", skyline=skyline), street.quiet(0.2, skyline=skyline)):
        assert KIT[skyline].far in drawn
        assert KIT[skyline].near in drawn
        assert lit_windows(drawn) == street.lit(0.2, street.windows())


def test_a_skyline_of_its_own_adds_less_than_two_kilobytes_to_a_page():
    sizes = [len(gzip.compress((street.hero(0.2, "x", skyline=name) + wordmark(name)).encode())) for name in KIT]
    assert max(sizes) - sizes[0] < 500
