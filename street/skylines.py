"""What stands behind and before the houses, and the mark beside the name: a small kit that a partnership picks from.

Pure, like the street. A landmark stands between x = 50 and x = 220, where both compositions show it; no window of a
skyline is lit, since a lit window stands for helpers.
"""

from dataclasses import dataclass

from street.houses import CREAM, GROUND

NIGHT, TEAL, WAVES = "#0b3443", "#00566b", "#a9d3d6"


@dataclass(frozen=True)
class Skyline:
    """The far town, what lies before the pavement, and the mark of 40 by 40."""

    far: str
    near: str
    mark: str


def _window(x: float, y: float, width: float, height: float) -> str:
    """The lit window of a mark."""
    return (
        f'<path d="M{x} {y}h{width}v{height}h-{width}z" fill="#ffd36b" stroke="#8a5a1c" stroke-width="1.5"/>'
        f'<path d="M{x + width / 2} {y}v{height}" stroke="#8a5a1c" stroke-width="1.5"/>'
    )


def _waves(y: float) -> str:
    return (
        f'<path d="M2 {y}q4.5 -4 9 0t9 0 9 0 9 0" fill="none" stroke="{TEAL}" stroke-width="3" stroke-linecap="round"/>'
    )


def _water(colour: str) -> str:
    """Water behind the houses, up to a far shore."""
    return (
        f'<path d="M-1200 180h3720v40h-3720z" fill="{colour}" fill-opacity=".85"/>'
        f'<path d="M-1200 189h3720M-1180 198h3700" stroke="{WAVES}" stroke-opacity=".5" stroke-width="1.5" '
        'stroke-dasharray="22 34"/>'
    )


_PAVEMENT = f'<path d="M-1200 {GROUND + 2}h3720v12h-3720z" fill="#3b5a5e"/>'
ROAD = (
    f'{_PAVEMENT}<path d="M-1200 {GROUND + 13}h3720v400h-3720z" fill="#122d36"/>'
    f'<path d="M-1200 {GROUND + 23}h3720" stroke="{CREAM}" stroke-opacity=".4" stroke-width="2" '
    'stroke-dasharray="26 22"/>'
)
# The street runs along a quay.
QUAY = (
    f'{_PAVEMENT}<path d="M-1200 {GROUND + 13}h3720v400h-3720z" fill="#1f5f72"/>'
    f'<path d="M-1200 {GROUND + 20}h3720M-1180 {GROUND + 28}h3700" stroke="{WAVES}" stroke-opacity=".6" '
    'stroke-width="2" stroke-dasharray="26 38"/>'
)

# Roofs and a church.
_TOWN = (
    '<path d="M-900 214V176q300 -34 560 -14t420 -6l16 -10 16 10h22v-18l14 -12 14 12v14h24v-20l20 -14 20 '
    "14v22h10v-56l2 -8v-22l2 -20 2 20v22l2 8"
    "v56h62l18 -14 18 14h52v-22l12 -10 12 10v26h84l20 -12 20 12h240v-30l16 -14 16 14v30q140 -20 300 2t300 "
    '-20 420 12v62z"'
    ' fill="#2f6470" fill-opacity=".8"/>'
)
_HOUSE = (
    f'<path d="M5 37V19L20 5l15 14v18z" fill="{TEAL}"/>'
    f'<path d="M1.5 21L20 4l18.5 17" fill="none" stroke="{NIGHT}" stroke-width="4" stroke-linecap="round" '
    'stroke-linejoin="round"/>'
    f'<path d="M28 6h5v8l-5 -4z" fill="{NIGHT}"/>{_window(13, 20, 14, 12)}'
)

# A brick church with a long roof and a ridge turret, merchants' houses with stepped gables, and a chimney by the river.
_BRICK = (
    '<path d="M-900 214v-34q420 -22 940 -6h10v-62h8v-10h6v-10h8l4 -8h104l26 36v54h44v-78h8v-9h8v-9h8v-9h14v9h8v9h8v9'
    "h8v78h360v-64h7v-8h7v-8h14v8h7v8h7v64h240v-30h40v-12h40v42h200v-92l2 -10h10l2 10v92q300 -14 1300 0v36z"
    '" fill="#8a5648" fill-opacity=".85"/>'
    '<path d="M116 86V68h2l6 -34 6 34h2v18z" fill="#5f3b36"/>'
)
_GABLE = (
    '<path d="M6 30V19h4v-5h4V9h4V4h4v5h4v5h4v5h4v11z" fill="#8a4b3f"/>'
    f"{_window(14, 17, 12, 9)}{_waves(32.5)}{_waves(37)}"
)

# A castle with round towers under their spires, a low coast, and sails.
_CASTLE = (
    '<path d="M-900 214v-36q500 -12 952 -2V96q0 -14 13 -18l2 -16 2 16q13 4 13 18v12h38V78q0 -14 16 -20l3 -24 3 24q16 6 '
    "16 20v30h38V96q0 -14 13 -18l2 -16 2 16q13 4 13 18v80h240q600 -14 1290 4t1300 -4v38z"
    '" fill="#4d7480" fill-opacity=".9"/>'
)
_SAILS = (
    f'<path d="M1238 174V92l34 82zM1232 174v-62l-22 62zM340 176v-54l18 54z" fill="{CREAM}" fill-opacity=".8"/>'
    '<path d="M1206 176h70l-8 10h-54z" fill="#5f3432"/>'
)
_TOWERS = (
    '<path d="M4 30V16q0 -4 4 -6l1 -4 1 4q4 2 4 6v3h2v-6q0 -4 3 -6l1 -5 1 5q3 2 3 6v6h2v-3q0 -4 4 -6l1 -4 1 4q4 2 4 '
    f'6v14z" fill="{TEAL}"/>{_window(15, 20, 10, 8)}{_waves(32.5)}{_waves(37)}'
)

KIT = {
    "town": Skyline(_TOWN, ROAD, _HOUSE),
    "river": Skyline(_BRICK + _water("#2c6f86"), QUAY, _GABLE),
    "castle": Skyline(_CASTLE + _water("#2f7d93") + _SAILS, QUAY, _TOWERS),
}


def wordmark(name: str) -> str:
    """The mark that stands beside a partnership's name, as decoration."""
    return (
        f'<svg viewBox="0 0 40 40" width="40" height="40" aria-hidden="true" focusable="false">{KIT[name].mark}</svg>'
    )
