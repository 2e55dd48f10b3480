"""The houses of the street: each kind drawn once, by hand, with its windows counted.

Pure. x runs to the right, y downwards, and `GROUND` is where the pavement begins.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from random import Random

GROUND = 210
BLOCK_WIDTH = 640
Pane = tuple[float, float, float, float, str]

BRICK, BRICK_DEEP, OCHRE, PLASTER = "#8a4b3f", "#74403a", "#b58a4c", "#9fb0aa"
FALU, SLATE, TILE, TILE_DEEP, TIMBER = "#7d3330", "#2b4650", "#5f3432", "#4d2c2e", "#3a2a28"
NIGHT, LEAF, LEAF_DEEP, CREAM, DOOR = "#17333d", "#25524a", "#1b4240", "#efe4cc", "#1f5a66"


@dataclass
class Block:
    """Half a street: its shapes and the positions of its windows, in drawing order."""

    hand: Random
    shapes: list[str] = field(default_factory=list)
    front: list[str] = field(default_factory=list)
    panes: list[Pane] = field(default_factory=list)

    def shape(self, points: list[tuple[float, float]], fill: str, *, steady: bool = False) -> None:
        """A filled outline whose corners are a little off, as if drawn by hand."""
        sway = 0 if steady else 1.1
        corners = (
            f"{x + self.hand.uniform(-sway, sway):.1f} {y + self.hand.uniform(-sway, sway):.1f}" for x, y in points
        )
        self.shapes.append(f'<path d="M{"L".join(corners)}z" fill="{fill}"/>')

    def wall(self, x: float, width: float, height: float, fill: str) -> None:
        top = GROUND - height
        self.shape([(x, GROUND + 1), (x, top), (x + width, top), (x + width, GROUND + 1)], fill)

    def stroke(self, path: str, colour: str, width: float = 1.5, opacity: float = 1) -> None:
        faint = f' stroke-opacity="{opacity}"' if opacity < 1 else ""
        self.shapes.append(f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}"{faint}/>')

    def pane(self, x: float, y: float, width: float = 14, height: float = 18, bars: str = "+") -> None:
        """A window; `bars`: + cross, | upright, - none."""
        self.panes.append((round(x, 1), round(y, 1), width, height, bars))

    def row(self, x: float, y: float, count: int, gap: float, **size) -> None:
        for number in range(count):
            self.pane(x + number * gap, y, **size)

    def door(self, x: float, colour: str = DOOR, width: float = 15, height: float = 33) -> None:
        y = GROUND - height
        self.shapes.append(
            f'<path d="M{x} {GROUND}V{y}h{width}V{GROUND}z" fill="{colour}" stroke="{CREAM}" stroke-opacity=".5"/>'
        )
        self.shapes.append(
            f'<path d="M{x + 3} {y + 4}h{width - 6}v8h-{width - 6}z" fill="{CREAM}" fill-opacity=".35"/>'
        )

    def chimney(self, x: float, y: float, fill: str = TILE_DEEP) -> None:
        self.shape([(x, y + 22), (x, y), (x + 11, y), (x + 11, y + 22)], fill)
        self.stroke(f"M{x - 1.5} {y}h14", CREAM, 2, 0.35)


def bungalow(block: Block, x: float, width: float, wall: str, roof: str) -> None:
    """Parcelhus: low and long under a wide roof."""
    top = GROUND - 50
    block.chimney(x + width * 0.68, top - 50)
    block.wall(x, width, 50, wall)
    block.shape([(x - 9, top + 2), (x + 16, top - 38), (x + width - 16, top - 38), (x + width + 9, top + 2)], roof)
    block.stroke(f"M{x + 4} {top - 16}h{width - 8}M{x - 3} {top - 5}h{width + 6}", NIGHT, 1, 0.35)
    each = 2 if width > 120 else 1
    block.door(x + width * 0.44)
    block.row(x + 12, GROUND - 38, each, 24, width=19, height=18, bars="|")
    block.row(x + width * 0.44 + 24, GROUND - 38, each, 24, width=19, height=18, bars="|")


def half_timbered(block: Block, x: float) -> None:
    """A half-timbered house, the oldest in the street."""
    width, top = 112, GROUND - 54
    block.chimney(x + 22, top - 58)
    block.wall(x, width, 54, "#d3b98c")
    posts = "".join(f"M{x + at} {top}V{GROUND}" for at in (1, 23, 45, 67, 89, 111))
    block.stroke(
        f"{posts}M{x} {top + 27}h{width}M{x} {top + 2}h{width}"
        f"M{x + 1} {GROUND - 27}l22 27M{x + 111} {GROUND - 27}l-22 27",
        TIMBER,
        3,
    )
    block.shape([(x - 7, top + 2), (x + 8, top - 48), (x + width - 8, top - 48), (x + width + 7, top + 2)], TILE)
    block.stroke(f"M{x + 2} {top - 14}h{width - 4}M{x + 6} {top - 31}h{width - 12}", NIGHT, 1, 0.35)
    for at in (26, 66):
        block.shape([(x + at - 4, top - 10), (x + at + 9, top - 38), (x + at + 22, top - 10)], TILE_DEEP)
        block.pane(x + at + 3, top - 24, 12, 13, "|")
    block.door(x + 49, "#3f6b4f", 14, 31)
    block.row(x + 5, top + 8, 2, 22, width=14, height=17)
    block.row(x + 71, top + 8, 2, 21, width=14, height=17)


def apartments(block: Block, x: float, columns: int, floors: int, wall: str, *, shop: bool = False) -> None:
    """Etageejendom: many windows, one front door, dormers in the roof."""
    width, height = columns * 27 + 11, floors * 34 + 12
    top = GROUND - height
    block.chimney(x + 16, top - 36)
    block.chimney(x + width - 30, top - 36)
    block.wall(x, width, height, wall)
    bricks = (
        f"M{x + block.hand.uniform(4, width - 12):.0f} {GROUND - block.hand.uniform(6, height - 8):.0f}h6"
        for _ in range(26)
    )
    block.stroke("".join(bricks), NIGHT, 2, 0.22)
    block.shape([(x - 4, top + 2), (x + 9, top - 26), (x + width - 9, top - 26), (x + width + 4, top + 2)], SLATE)
    block.stroke(f"M{x} {top + 4}h{width}M{x} {GROUND - 42}h{width}", CREAM, 2.5, 0.3)
    for at in range(columns - 2):
        block.pane(x + 38 + at * 27, top - 18, 12, 13, "|")
    for floor in range(floors - 1):
        block.row(x + 12, top + 14 + floor * 34, columns, 27, width=14, height=20)
    middle = columns // 2
    if shop:
        block.row(x + 11, GROUND - 36, 2, 66, width=34, height=24, bars="|")
        block.shape(
            [(x + 7, GROUND - 38), (x + 113, GROUND - 38), (x + 117, GROUND - 29), (x + 3, GROUND - 29)], "#c7674a"
        )
        block.stroke(f"M{x + 14} {GROUND - 38}l-3 9m19 -9l-2 9m18 -9v9m18 -9v9m18 -9l2 9m14 -9l3 9", CREAM, 4, 0.75)
        block.door(x + 52, "#294b45", 16, 26)
        return
    for at in range(columns):
        if at != middle:
            block.pane(x + 12 + at * 27, GROUND - 34, 14, 20)
    block.door(x + 12 + middle * 27 - 1, "#7a3b2e", 17, 35)


def terrace(block: Block, x: float, colours: list[str]) -> None:
    """Rækkehuse: one like the next, and every one with its own colour."""
    for number, colour in enumerate(colours):
        left = x + number * 43
        lift = number % 2 * 4
        top = GROUND - 84 - lift
        block.wall(left, 43, 84 + lift, colour)
        block.shape(
            [(left - 1, top + 2), (left - 1, top - 26), (left + 43, top - 26), (left + 45, top + 2)],
            TILE if number % 2 else TILE_DEEP,
        )
        block.chimney(left + 30, top - 40)
        block.pane(left + 15, top - 18, 12, 13, "|")
        block.row(left + 5, top + 12, 2, 20, width=13, height=19)
        block.door(left + 5, (DOOR, "#8c4a2f", "#3f6b4f")[number % 3], 13, 31)
        block.pane(left + 24, GROUND - 32, 15, 19)


def gabled_villa(block: Block, x: float) -> None:
    """A villa of the 1920s: its gable to the street, a window under the ridge."""
    top = GROUND - 62
    block.chimney(x + 62, top - 58)
    block.shape([(x, GROUND + 1), (x, top), (x + 46, top - 56), (x + 92, top), (x + 92, GROUND + 1)], BRICK)
    block.stroke(f"M{x - 8} {top + 7}L{x + 46} {top - 58}L{x + 100} {top + 7}", TILE_DEEP, 8)
    block.stroke(f"M{x} {GROUND - 12}h92", CREAM, 2, 0.25)
    block.row(x + 29, top - 16, 2, 19, width=15, height=20)
    block.row(x + 9, top + 18, 2, 24, width=16, height=22)
    block.door(x + 62, DOOR, 16, 37)
    block.stroke(f"M{x + 57} {GROUND - 40}l13 -7l13 7", CREAM, 3, 0.7)


def wooden_house(block: Block, x: float) -> None:
    """A red wooden house with white corners and a small veranda."""
    top = GROUND - 66
    block.chimney(x + 30, top - 46)
    block.wall(x, 96, 66, FALU)
    block.stroke("".join(f"M{x + at} {top + 4}V{GROUND}" for at in range(8, 96, 8)), NIGHT, 1, 0.25)
    block.stroke(f"M{x + 2} {top}V{GROUND}M{x + 94} {top}V{GROUND}M{x} {top + 3}h96", CREAM, 3.5, 0.75)
    block.shape([(x - 8, top + 2), (x + 12, top - 36), (x + 84, top - 36), (x + 104, top + 2)], SLATE)
    block.shape([(x + 32, top - 10), (x + 48, top - 32), (x + 64, top - 10)], FALU)
    block.pane(x + 42, top - 23, 12, 13, "|")
    block.row(x + 10, top + 18, 2, 60, width=17, height=22)
    block.door(x + 40, "#dcd0b5", 16, 34)
    block.stroke(f"M{x + 32} {GROUND}v-40h32v40M{x + 28} {GROUND - 41}l20 -11l20 11", CREAM, 3, 0.75)


def stepped_gables(block: Block, x: float) -> None:
    """Two merchants' houses with stepped gables, shoulder to shoulder."""
    for left, colour, lift in ((x, OCHRE, 0), (x + 54, PLASTER, 10)):
        top = GROUND - 92 - lift
        steps = [
            (0, 0),
            (0, -9),
            (9, -9),
            (9, -19),
            (18, -19),
            (18, -29),
            (34, -29),
            (34, -19),
            (43, -19),
            (43, -9),
            (52, -9),
            (52, 0),
        ]
        outline = [(left + right, top + rise) for right, rise in steps]
        block.shape([(left, GROUND + 1), *outline, (left + 52, GROUND + 1)], colour)
        block.pane(left + 20, top - 16, 12, 15, "|")
        block.row(left + 7, top + 10, 2, 24, width=14, height=20)
        block.row(left + 7, top + 41, 1, 24, width=14, height=18)
        block.pane(left + 7 + 24, top + 41, 14, 18)
        block.door(left + 19, "#7a3b2e" if lift else "#3d4f6b", 14, 29)


def tree(block: Block, x: float, height: float, spread: float) -> None:
    """Draw a tree whose trunk stands at `x`, `height` high, with a crown about `spread` to each side."""
    top, bough = GROUND - height, GROUND - height * 0.35
    block.front.append(
        f'<path d="M{x} {GROUND}L{x} {bough}M{x} {bough + 8}l{spread * 0.3:.0f} -14" stroke="{TIMBER}" '
        'stroke-width="4"/>'
    )
    for dx, dy, size, fill in ((-0.45, 0.52, 0.55, LEAF_DEEP), (0.45, 0.5, 0.58, LEAF_DEEP), (0, 0.3, 0.72, LEAF)):
        radius = spread * size
        block.front.append(
            f'<circle cx="{x + dx * spread:.0f}" cy="{top + dy * height:.0f}" r="{radius:.0f}" fill="{fill}"/>'
        )


def hedge(block: Block, x: float, width: float) -> None:
    """Draw a hedge from `x` to the right, in bumps of 22; a rest of `width` is left out."""
    bumps = "".join(f"q{half} -{self_height} {2 * half} 0" for half, self_height in [(5, 7), (6, 5)] * int(width // 22))
    block.front.append(f'<path d="M{x} {GROUND + 2}v-12{bumps}V{GROUND + 2}z" fill="{LEAF}"/>')


def lamp(block: Block, x: float) -> None:
    """Draw a street lamp whose post stands at `x` and whose light hangs to the right."""
    block.front.append(
        f'<use href="#glow" x="{x + 13}" y="{GROUND - 70}"/>'
        f'<path d="M{x} {GROUND + 4}v-72q0 -8 8 -8h5" fill="none" stroke="{NIGHT}" stroke-width="3"/>'
    )
    block.front.append(
        f'<path d="M{x + 7} {GROUND - 76}h12l3 7h-18z" fill="{NIGHT}"/>'
        f'<circle cx="{x + 13}" cy="{GROUND - 67}" r="3.5" fill="#fff1c4"/>'
    )


def bicycle(block: Block, x: float) -> None:
    """Draw a parked bicycle whose rear wheel is at `x`."""
    y = GROUND + 1
    block.front.append(
        f'<g fill="none" stroke="#0f2a33" stroke-width="2"><circle cx="{x}" cy="{y - 8}" r="8"/>'
        f'<circle cx="{x + 26}" cy="{y - 8}" r="8"/>'
        f'<path d="M{x} {y - 8}l7 -13h14l-9 13zM{x + 12} {y - 8}l-6 -16m-4 0h8M{x + 26} {y - 8}l-6 -17l6 -2"/></g>'
    )


def neighbours(block: Block, x: float) -> None:
    """Two people who stand and talk, and a dog that waits."""
    y = GROUND + 6
    for at, coat, hair in ((x, "#c7674a", "#e2c9a6"), (x + 17, "#2f7f8a", "#5a3b2e")):
        block.front.append(f'<path d="M{at - 2.5} {y}v-12M{at + 2.5} {y}v-12" stroke="{NIGHT}" stroke-width="3.5"/>')
        block.front.append(f'<path d="M{at - 5.5} {y - 9}q-1 -18 5.5 -18t5.5 18z" fill="{coat}"/>')
        block.front.append(
            f'<circle cx="{at}" cy="{y - 31}" r="4.6" fill="#e8bd97"/>'
            f'<path d="M{at - 4.8} {y - 31}a4.8 4.8 0 0 1 9.6 0q-5 -3 -9.6 0z" fill="{hair}"/>'
        )
    block.front.append(
        f'<path d="M{x + 30} {y}v-7h13v7m-13 -6q-4 -2 -4 -6m17 7v-9l5 1v4z" fill="#4a3630" stroke="#4a3630" '
        'stroke-width="2.2" stroke-linejoin="round"/>'
    )


@lru_cache(maxsize=1)
def blocks() -> tuple[Block, Block]:
    """Return the street's two blocks, drawn once for the process and always the same."""
    first, second = Block(Random(1918)), Block(Random(1302))  # noqa: S311 - a drawing hand, no secret
    bungalow(first, 60, 136, OCHRE, TILE)
    half_timbered(first, 226)
    apartments(first, 352, 5, 4, BRICK)
    terrace(first, 510, [PLASTER, BRICK_DEEP, OCHRE])
    for x, height, spread in ((30, 96, 27), (206, 62, 15), (346, 50, 12), (504, 66, 13)):
        tree(first, x, height, spread)
    hedge(first, 62, 58)
    hedge(first, 140, 60)
    lamp(first, 212)
    lamp(first, 498)
    gabled_villa(second, 10)
    apartments(second, 148, 4, 4, "#5d6f73", shop=True)
    wooden_house(second, 302)
    stepped_gables(second, 412)
    bungalow(second, 534, 92, PLASTER, TILE_DEEP)
    for x, height, spread in ((124, 78, 18), (284, 92, 17), (524, 58, 12)):
        tree(second, x, height, spread)
    hedge(second, 370, 32)
    lamp(second, 292)
    bicycle(second, 106)
    neighbours(second, 240)
    return first, second
