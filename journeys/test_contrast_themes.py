"""Readers with a contrast theme of Windows: the browser replaces the colours of the pages by theirs."""

import pytest

from journeys.reader import Reader, Seating
from journeys.second_factor import is_one_of_the_cast

# The ratio between two colours, as WCAG counts it, and the colour of a system's word such as Canvas.
COLOURS = """
const levels = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(Number)
const light = colour => levels(colour).map(it => it / 255)
  .map(it => it <= .04045 ? it / 12.92 : ((it + .055) / 1.055) ** 2.4)
  .reduce((sum, it, index) => sum + it * [.2126, .7152, .0722][index], 0)
const contrast = (one, other) => {
  const [low, high] = [light(one), light(other)].sort((a, b) => a - b)
  return (high + .05) / (low + .05)
}
const system = word => {
  const sample = document.body.appendChild(document.createElement('i'))
  sample.style.backgroundColor = word
  const found = getComputedStyle(sample).backgroundColor
  sample.remove()
  return found
}
"""
# Text of charts that is faint on the ground, or whose edge has another colour than the ground.
UNREADABLE = f"""() => {{ {COLOURS}
  const ground = system('Canvas')
  return [...document.querySelectorAll('.chart text')].filter(it => {{
    const {{fill, stroke}} = getComputedStyle(it)
    return contrast(fill, ground) < 4.5 || (stroke !== 'none' && contrast(stroke, ground) > 1.1)
  }}).map(it => it.textContent)
}}"""
# The colours of a mark that says "chosen", and of the same place beside a control that is not.
MARK = """([control, part]) => {
  const style = getComputedStyle(control.nextElementSibling, part)
  return [style.content, style.backgroundColor, style.backgroundImage].join()
}"""

pytestmark = pytest.mark.parametrize("scheme", ["light", "dark"])


def with_a_contrast_theme(reader: Reader, scheme: str) -> Reader:
    reader.page.emulate_media(forced_colors="active", color_scheme=scheme)
    return reader


def test_the_text_of_every_chart_is_readable(seat: Seating, scheme: str) -> None:
    for home, language in (("randers", "da"), ("kalmar", "sv")):
        reader = with_a_contrast_theme(seat(home, language), scheme)
        reader.opens("/progress/")
        assert reader.page.locator(".chart text").count() > 10
        assert reader.page.evaluate(UNREADABLE) == []


def test_the_text_of_the_staffs_charts_is_readable(seat: Seating, scheme: str) -> None:
    karen = with_a_contrast_theme(seat(), scheme)
    is_one_of_the_cast(karen, "Karen Koch")
    karen.opens("/dashboard/")
    assert karen.page.locator(".chart text").count() > 10
    assert karen.page.evaluate(UNREADABLE) == []


def test_what_is_chosen_looks_different(seat: Seating, scheme: str) -> None:
    reader = with_a_contrast_theme(seat(), scheme)
    for path, control, part in (("/talks/book/", "radio", "::after"), ("/neighbours/join/", "checkbox", "::before")):
        reader.opens(path)
        box = reader.page.locator(f"main [type={control}]").first
        box.scroll_into_view_if_needed()
        before = box.evaluate(f"it => ({MARK})([it, '{part}'])")
        box.check()
        assert box.evaluate(f"it => ({MARK})([it, '{part}'])") != before
    reader.opens("/talks/book/")
    arrow = reader.page.locator("main select").first.evaluate(
        "it => [getComputedStyle(it).appearance, getComputedStyle(it).backgroundImage]"
    )
    assert arrow == ["auto", "none"], "the system draws one arrow"


def test_the_chosen_topic_differs_from_the_others(seat: Seating, scheme: str) -> None:
    reader = with_a_contrast_theme(seat(), scheme)
    reader.opens("/advice/")
    colour = "it => getComputedStyle(it).backgroundColor"
    chosen = reader.page.locator(".advice-filter a[aria-current]").first.evaluate(colour)
    other = reader.page.locator(".advice-filter a:not([aria-current])").first.evaluate(colour)
    assert chosen != other
