"""The street at dusk: a row of houses whose windows light up as neighbours become active helpers.

Pure: `lit` says how many of the windows shine, `hero` and `quiet` draw. The same share always gives the same drawing.
No inline styles and no script, so that it stands under the strictest content security policy.
"""

from __future__ import annotations

import re
from html import escape

from street.houses import BLOCK_WIDTH, CREAM, GROUND, Pane, blocks
from street.skylines import KIT

GOLDEN = 0.6180339887498949
GLASS, LAMPLIGHT = "#1d3f4b", "#ffd36b"


def lit(share: float, windows: int) -> int:
    """Return how many of `windows` are lit for `share` (clamped to 0 to 1).

    Only 0 is all dark and only 1 is all lit.
    """
    share = min(max(share, 0.0), 1.0)
    if share in (0.0, 1.0):
        return int(share * windows)
    return min(max(round(share * windows), 1), windows - 1)


def windows() -> int:
    """Return how many windows the whole street has."""
    return sum(len(block.panes) for block in blocks())


def _shining(share: float) -> set[int]:
    """The numbers of the lit windows: spread over the whole street; a window never goes dark when the share grows."""
    count = windows()
    order = sorted(range(count), key=lambda number: (number + 1) * GOLDEN % 1)
    return set(order[: lit(share, count)])


def _glazing(panes: list[Pane], fill: str, frame: str) -> str:
    outline = "".join(f"M{x:g} {y:g}h{w:g}v{h:g}h-{w:g}z" for x, y, w, h, _ in panes)
    bars = "".join(
        f"M{x + w / 2:g} {y:g}v{h:g}" + (f"M{x:g} {y + h * 0.4:g}h{w:g}" if bar == "+" else "")
        for x, y, w, h, bar in panes
        if bar != "-"
    )
    return (
        f'<path class="{"lit" if fill == LAMPLIGHT else "dark"}" d="{outline}" fill="{fill}"/>'
        f'<path d="{outline}{bars}" {frame}/>'
        if panes
        else ""
    )


def _drawn(share: float) -> tuple[str, str]:
    """Both halves of the street as SVG, with `share` of the windows lit."""
    shining, halves, number = _shining(share), [], 0
    for block in blocks():
        on = [pane for at, pane in enumerate(block.panes, number) if at in shining]
        off = [pane for at, pane in enumerate(block.panes, number) if at not in shining]
        number += len(block.panes)
        glow = "".join(f'<use href="#glow" x="{x + w / 2:g}" y="{y + h / 2:g}"/>' for x, y, w, h, _ in on)
        dark = _glazing(off, GLASS, f'fill="none" stroke="{CREAM}" stroke-opacity=".38" stroke-width="1.3"')
        bright = _glazing(on, LAMPLIGHT, 'fill="none" stroke="#8a5a1c" stroke-width="1.3"')
        halves.append("".join(block.shapes) + dark + glow + bright + "".join(block.front))
    return halves[0], halves[1]


def _glow(prefix: str, reach: int) -> str:
    """The light around a window, once for the whole drawing."""
    return (
        f'<radialGradient id="{prefix}shine"><stop offset="0" stop-color="#ffd36b" stop-opacity=".75"/>'
        '<stop offset=".45" stop-color="#ffc04d" stop-opacity=".28"/>'
        '<stop offset="1" stop-color="#ffb347" stop-opacity="0"/></radialGradient>'
        f'<circle id="{prefix}glow" r="{reach}" fill="url(#{prefix}shine)"/>'
    )


SKY = (
    '<path d="M1196 26a17 17 0 1 0 15 25a14 14 0 0 1 -15 -25z" fill="#fbe9bd"/><g fill="#fbe9bd" fill-opacity=".7">'
    '<circle cx="96" cy="58" r="1.6"/><circle cx="288" cy="34" r="1.2"/><circle cx="560" cy="62" r="1.5"/>'
    '<circle cx="724" cy="30" r="1.7"/>'
    '<circle cx="1010" cy="44" r="1.3"/><circle cx="1110" cy="84" r="1.5"/>'
    '<circle cx="180" cy="100" r="1.1"/><circle cx="960" cy="96" r="1.1"/></g>'
)
GRASS = f'<path d="M-1200 {GROUND - 3}q620 -14 1240 0t1240 0 1240 0V{GROUND + 34}h-3720z" fill="#1e4744"/>'


def hero(share: float, sentence: str, *, skyline: str = "town") -> str:
    """The whole street for the front page: one long row for wide screens, two rows on a hill for narrow ones.

    Both carry `sentence` as their text alternative; the style sheet shows one of them (`street-wide`, `street-tall`).
    """
    first, second = _drawn(share)
    behind = KIT[skyline]
    title = f"<title>{escape(sentence)}</title>"
    return (
        f'<svg class="street-parts" width="0" height="0" aria-hidden="true" focusable="false"><defs>{_glow("", 26)}'
        f'<g id="street-a">{first}</g><g id="street-b">{second}</g><g id="street-town">{behind.far}</g></defs></svg>'
        f'<svg class="street street-wide" viewBox="0 0 1280 240" role="img" focusable="false">{title}'
        f'{SKY}<use href="#street-town"/>{GRASS}{behind.near}<use href="#street-a"/>'
        f'<use href="#street-b" x="{BLOCK_WIDTH}"/></svg>'
        f'<svg class="street street-tall" viewBox="0 0 640 410" role="img" focusable="false">{title}'
        f'<g transform="translate(-640 -14)">{SKY}</g><use href="#street-town" x="40" y="-10"/>'
        '<path d="M-900 420V214q560 -36 1220 -22t1220 22V420z" fill="#1e4744"/>'
        f'<g transform="translate(30 10) scale(.9)"><path d="M-60 {GROUND + 2}h760v11h-760z" fill="#3b5a5e"/>'
        '<use href="#street-b"/></g>'
        f'<g transform="translate(12 172) scale(.965)">{GRASS}{behind.near}<use href="#street-a"/></g></svg>'
    )


def quiet(share: float, sentence: str = "", *, skyline: str = "town", glow: bool = True) -> str:
    """The same street as a thin strip for the feet of pages, emails and posters.

    Without a sentence it is decoration. Without `glow` around the windows a picture of it is small.
    """
    first, second = _drawn(share)
    behind = KIT[skyline]
    alternative = f'role="img"><title>{escape(sentence)}</title>' if sentence else 'aria-hidden="true">'
    still = f'{first}<g transform="translate({BLOCK_WIDTH} 0)">{second}</g>'.replace('"#glow"', '"#quiet-glow"')
    if not glow:
        still = re.sub('<use href="#quiet-glow"[^>]*/>', "", still)
    return (
        '<svg class="street street-quiet" xmlns="http://www.w3.org/2000/svg" viewBox="0 22 1280 214" '
        f'focusable="false" {alternative}'
        f"<defs>{_glow('quiet-', 22)}</defs>"
        f"{behind.far}{GRASS}{behind.near}{still}</svg>"
    )
