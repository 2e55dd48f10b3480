"""Automatic checks of a page's accessibility. They never prove that everybody can use it."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TELEPHONE = 390
WIDTHS = (1280, TELEPHONE)
# In milliseconds, after a new size: Chromium has drawn everything anew by then.
SETTLED_AFTER = 300
# A telephone, in px, and how its reader may have set the text (WCAG 1.4.4, 1.4.10 and 1.4.12). The root is 10 px.
SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
    "p { margin-bottom: 2em !important }"
)
TEXTS = {
    390: {
        "390 px and twice the size of text": "html { font-size: 125% !important }",
        "390 px and more space in the text": SPACING,
    },
    320: {"320 px": ""},
    **{
        width: {
            f"{width} px and 150 % of the size of text": "html { font-size: 93.75% !important }",
            f"{width} px and 200 % of the size of text": "html { font-size: 125% !important }",
        }
        for width in (700, 768, 900, 1024)
    },
}
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
SET_TEXT = """css => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  document.adoptedStyleSheets = css ? [sheet] : []
}"""
# What sticks out of the page, what its own frame cuts off, what stands in a column of single letters, and short words
# that a line breaks.
DOES_NOT_FIT = """async () => {
  await document.fonts.ready
  // Until what moves to a new size has arrived: before that, everything still has its old one.
  await new Promise(requestAnimationFrame)
  const moves = document.getAnimations().filter(it => it instanceof CSSTransition)
  await Promise.all(moves.map(it => it.finished.catch(() => null)))
  const edge = document.documentElement.clientWidth
  const all = [...document.querySelectorAll('body *')].filter(it => it.getClientRects().length && !it.closest('svg'))
  const words = all.filter(it => !it.children.length && it.textContent.trim() && !it.closest('.sr-only, .skip'))
  const right = it => it.getBoundingClientRect().right
  const where = it => `${Math.round(right(it))} of ${edge}`
  const said = (what, found) => found.slice(-3).map(it => `${what} (${where(it)}): ${it.outerHTML.slice(0, 90)}`)
  const scrolls = it => ['auto', 'scroll'].includes(getComputedStyle(it).overflowX)
  const hides = it => ['hidden', 'clip'].includes(getComputedStyle(it).overflowX)
  const above = (it, test) => { while ((it = it.parentElement) && !test(it)); return it }
  const wide = words.filter(it => right(it) > edge + 1 && !above(it, scrolls))
  const frames = new Map()
  const frameOf = it => {
    const up = it.parentElement
    if (!frames.has(up)) frames.set(up, !up || hides(up) || scrolls(up) ? up : frameOf(up))
    return frames.get(up)
  }
  const cut = words.filter(it => {
    const frame = frameOf(it)
    return frame && hides(frame) && right(it) > right(frame) + 1
  })
  const stacked = words.filter(it => {
    const letter = parseFloat(getComputedStyle(it).fontSize)
    return it.textContent.trim().length > 6 && it.clientWidth && it.clientWidth < 2 * letter
      && it.clientHeight > 6 * letter
  })
  const blockOf = it => { while (getComputedStyle(it).display.startsWith('inline')) it = it.parentElement; return it }
  const isBroken = node => [...node.data.matchAll(/(?<!\\S)\\p{P}*(\\p{L}{4,12})\\p{P}*(?!\\S)/gu)].some(found => {
    const range = document.createRange()
    const start = found.index + found[0].indexOf(found[1])
    range.setStart(node, start)
    range.setEnd(node, start + found[1].length)
    const tops = [...range.getClientRects()].map(it => it.top)
    return Math.max(...tops) - Math.min(...tops) > 4
  })
  const broken = all.filter(it => {
    const nodes = [...it.childNodes].filter(node => node.nodeType === Node.TEXT_NODE && node.data.trim())
    return nodes.length && !it.closest('.sr-only, .skip')
      && blockOf(it).clientWidth < 12 * parseFloat(getComputedStyle(it).fontSize) && nodes.some(isBroken)
  })
  // A box of a date that does not show all digits: with others in it, and its own again.
  const tight = [...document.querySelectorAll('.date-group input')].filter(it => {
    const typed = it.value
    it.value = it.closest('.form-group-year') ? '2028' : '28'
    const hidden = it.scrollWidth > it.clientWidth
    it.value = typed
    return hidden
  })
  const sideways = document.documentElement.scrollWidth > edge ? all.filter(it => right(it) > edge + 1) : []
  return [...said('wide', wide.length ? wide : sideways), ...said('cut', cut), ...said('stacked', stacked),
    ...said('broken', broken), ...said('tight', tight)]
}"""
# With each way of setting the text at one width: asking the browser once takes half as long as once a way.
DOES_NOT_FIT_WITH = f"""async sheets => {{
  const setText = {SET_TEXT}
  const look = {DOES_NOT_FIT}
  const found = []
  for (const css of sheets) {{ setText(css); found.push(await look()) }}
  return found
}}"""


def faults_of(page: Page, name: str, *, in_full: bool = True) -> list[str]:
    """Return the page's faults: axe at both widths, broken anchors, and what does not fit on a telephone.

    Not `in_full`, axe looks on the telephone only and leaves the contrast out: of a page in another language, which
    differs only in its words.
    """
    page.evaluate("document.querySelectorAll('details').forEach(it => { it.open = true })")
    faults = [f"link to nowhere: {href}" for href in page.evaluate(DEAD_LINKS)]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if in_full or width == TELEPHONE:
            faults += [f"{width} px: {fault}" for fault in _axe(page, colours=in_full)]
        _keep_a_picture(page, f"{name}-{width}")
    for width, texts in TEXTS.items():
        page.set_viewport_size({"width": width, "height": 700})
        faults += [f"does not fit {fault}" for fault in _what_does_not_fit(page, texts)]
    page.evaluate(SET_TEXT, "")
    if page.get_by_role("heading", level=1).count() != 1:
        faults.append("not exactly one main heading")
    return faults


def _what_does_not_fit(page: Page, texts: dict[str, str]) -> list[str]:
    """Return what does not fit with each of the texts, also a moment later: right after a new size Chromium now and
    then still measures a line as long as it was.
    """
    faults = []
    for (how, css), found in zip(texts.items(), page.evaluate(DOES_NOT_FIT_WITH, [*texts.values()]), strict=True):
        if found:
            page.evaluate(SET_TEXT, css)
            page.wait_for_timeout(SETTLED_AFTER)
            faults += [f"{how}: {element}" for element in page.evaluate(DOES_NOT_FIT)]
    return faults


def _axe(page: Page, *, colours: bool) -> list[str]:
    """Return what axe finds, also a moment later: see `_what_does_not_fit`."""
    if not page.evaluate("'axe' in window"):  # half a megabyte: once a page, not once a width
        page.evaluate(Axe().axe_script)
    rules = {**RULES, "rules": {"color-contrast": {"enabled": colours}}}
    look = "([place, rules]) => axe.run(place, rules).then(it => it.violations)"
    found = page.evaluate(look, [PLACE, rules])
    if found:
        page.wait_for_timeout(SETTLED_AFTER)
        found = page.evaluate(look, [PLACE, rules])
    return [f"{one['id']} ({one['help']}): {node['html'][:160]}" for one in found for node in one["nodes"][:3]]


def _keep_a_picture(page: Page, name: str) -> None:
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
