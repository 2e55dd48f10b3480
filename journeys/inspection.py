"""Automatic checks of a page's accessibility. They never prove that everybody can use it."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTHS = (390, 1280)
NARROWEST = 320
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,
}
# The rows of a long table are alike: only the first five are checked, since all would take axe half a minute.
PLACE = {"exclude": [["tbody tr:nth-child(n+6)"]]}
# JOURNEYS_SHOTS=/a/folder stores a screenshot of every page that is checked.
SHOTS = os.environ.get("JOURNEYS_SHOTS")

DEAD_LINKS = """() => [...document.querySelectorAll('a[href^="#"]')].map(link => link.getAttribute('href'))
  .filter(href => href.length < 2 || !document.getElementById(decodeURIComponent(href.slice(1))))"""
TOO_WIDE = """() => {
  const edge = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= edge) return []
  const out = [...document.querySelectorAll('body *')].filter(it => it.getBoundingClientRect().right > edge + 1)
  return out.slice(-3).map(it => it.outerHTML.slice(0, 90))
}"""


def faults_of(page: Page, name: str) -> list[str]:
    """Return the page's faults: axe at both widths, broken anchors, sideways scrolling."""
    page.evaluate("document.querySelectorAll('details').forEach(it => { it.open = true })")
    faults = [f"link to nowhere: {href}" for href in page.evaluate(DEAD_LINKS)]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        faults += [f"{width} px: {fault}" for fault in _axe(page)]
        _keep_a_picture(page, f"{name}-{width}")
    page.set_viewport_size({"width": NARROWEST, "height": 700})
    faults += [f"wider than {NARROWEST} px: {element}" for element in page.evaluate(TOO_WIDE)]
    if page.get_by_role("heading", level=1).count() != 1:
        faults.append("not exactly one main heading")
    return faults


def _axe(page: Page) -> list[str]:
    if not page.evaluate("'axe' in window"):  # half a megabyte: once a page, not once a width
        page.evaluate(Axe().axe_script)
    found = page.evaluate("([place, rules]) => axe.run(place, rules).then(it => it.violations)", [PLACE, RULES])
    return [f"{one['id']} ({one['help']}): {node['html'][:160]}" for one in found for node in one["nodes"][:3]]


def _keep_a_picture(page: Page, name: str) -> None:
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
