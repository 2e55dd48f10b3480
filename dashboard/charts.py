"""Charts as plain geometry; templates turn them into SVG. Pure: no database, no request.

x is in per cent and y in pixels, so that text keeps its 16 px on a phone; only the lines, which hold no text, stand in
a viewBox that is stretched to the chart's width. Numbers are strings here, since
a template would write 12,5 % in Danish and the SVG would be broken.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from django.utils.safestring import SafeString

TEXT = 18  # the height that a line of text needs, in px


def percent_of(value: float) -> SafeString:
    """Return an x coordinate for SVG; a template need not escape it, since it is made of digits."""
    return SafeString(f"{value:.2f}%")


def px(value: float) -> SafeString:
    """Return a length for SVG with one decimal; a template need not escape it."""
    return SafeString(f"{value:.1f}")


# -- Columns ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Datum:
    """One column to draw. `value` is None if the count is unknown."""

    label: str
    value: int | None
    shown: str
    group: str = ""
    kind: str = "plain"


@dataclass(frozen=True, slots=True)
class Bracket:
    """A line beneath some columns, with what they add up to."""

    first: int
    last: int
    label: str
    kind: str = "plain"


class Column(NamedTuple):
    """Where a column stands, and its texts; a template unpacks it, which costs less than asking for each by name."""

    x: str
    centre: str
    width: str
    y: str
    height: str
    value_y: str
    label: str
    shown: str
    kind: str


@dataclass(frozen=True, slots=True)
class Text:
    x: str
    y: str
    text: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class DrawnBracket:
    """The line beneath some columns, and the text beneath it."""

    x1: str
    x2: str
    y: str
    label: Text
    kind: str


@dataclass(frozen=True, slots=True)
class ColumnChart:
    height: int
    base_y: str
    label_y: str
    columns: list[Column]
    groups: list[Text]
    brackets: list[DrawnBracket]


PLOT_TOP, PLOT_HEIGHT = 22, 150
GAP = 0.22  # of the width that each column has, between it and its neighbours


def column_chart(data: Sequence[Datum], brackets: Sequence[Bracket] = ()) -> ColumnChart:
    """Lay out columns from zero, each with its value above and its label beneath."""
    width = 100 / max(len(data), 1)
    largest = max((datum.value or 0 for datum in data), default=0) or 1
    base = PLOT_TOP + PLOT_HEIGHT
    columns = []
    for index, datum in enumerate(data):
        height = PLOT_HEIGHT * (datum.value or 0) / largest
        columns.append(
            Column(
                x=percent_of((index + GAP / 2) * width),
                centre=percent_of((index + 0.5) * width),
                width=percent_of((1 - GAP) * width),
                y=px(base - height),
                height=px(height),
                value_y=px(base - height - 6),
                label=datum.label,
                shown=datum.shown,
                kind=datum.kind,
            )
        )
    groups_y = base + 2 * TEXT + 4
    lowest = groups_y if any(datum.group for datum in data) else base + TEXT
    return ColumnChart(
        height=round(lowest + (36 if brackets else 8)),
        base_y=px(base),
        label_y=px(base + TEXT + 2),
        columns=columns,
        groups=_drawn_groups(data, width, groups_y),
        brackets=[_drawn_bracket(bracket, width, lowest + 10) for bracket in brackets],
    )


def _drawn_groups(data: Sequence[Datum], width: float, y: float) -> list[Text]:
    """Write each group (a year) once, in the middle below its columns."""
    before = ["", *(datum.group for datum in data)]
    starts = [index for index, datum in enumerate(data) if datum.group and datum.group != before[index]]
    ends = [*starts[1:], len(data)]
    return [
        Text(percent_of((start + end) / 2 * width), px(y), data[start].group)
        for start, end in zip(starts, ends, strict=False)
    ]


def _drawn_bracket(bracket: Bracket, width: float, y: float) -> DrawnBracket:
    left, right = bracket.first * width, (bracket.last + 1) * width
    anchor, x = "middle", (left + right) / 2
    # At an edge a centred text would be cut off on a phone.
    if bracket.first == 0:
        anchor, x = "start", left
    elif right > 100 - width / 2:
        anchor, x = "end", right
    return DrawnBracket(
        x1=percent_of(left + GAP / 2 * width),
        x2=percent_of(right - GAP / 2 * width),
        y=px(y),
        label=Text(percent_of(x), px(y + TEXT + 2), bracket.label, anchor),
        kind=bracket.kind,
    )


# -- Lines ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One line to draw: (step, value) in order, a style by `kind`, and texts at chosen points."""

    name: str
    kind: str
    points: Sequence[tuple[int, float]]
    labels: Sequence["PointLabel"] = ()


@dataclass(frozen=True, slots=True)
class PointLabel:
    """A printed value beside a point."""

    step: int
    value: float
    text: str
    anchor: str = "middle"
    below: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Level:
    """A horizontal line at `y`, and the number above it."""

    y: str
    label: Text


@dataclass(frozen=True, slots=True)
class DrawnLine:
    name: str
    kind: str
    # What an SVG path draws, in a box that is 100 wide and as high as the chart.
    path: str
    dots: list[Dot]
    labels: list[Text]


@dataclass(frozen=True, slots=True)
class LineChart:
    height: int
    base_y: str
    label_y: str
    lines: list[DrawnLine]
    levels: list[Level]
    ticks: list[Text]
    breaks: list[Text] = field(default_factory=list)


LINES_TOP, LINES_HEIGHT = 26, 210
LEAD = 0.1  # of the width, to keep the levels' numbers clear of the lines


def line_chart(
    lines: Sequence[Line],
    *,
    steps: int,
    ticks: Sequence[tuple[float, str]],
    levels: Sequence[tuple[float, str]],
    breaks: Sequence[tuple[float, str]] = (),
) -> LineChart:
    """Lay out lines from zero over `steps` steps. `levels` are the horizontal lines, `breaks` the vertical ones."""
    top = max([value for line in lines for _, value in line.points] + [level for level, _ in levels], default=1) or 1
    base = LINES_TOP + LINES_HEIGHT

    def share(step: float) -> float:
        return 100 * (LEAD + (1 - LEAD) * step / max(steps, 1))

    def across(step: float) -> str:
        return percent_of(share(step))

    def down(value: float) -> float:
        return base - LINES_HEIGHT * value / top

    drawn = []
    for line in lines:
        points = [(share(step), down(value)) for step, value in line.points]
        drawn.append(
            DrawnLine(
                line.name,
                line.kind,
                _path(points, dashed=line.kind == "path"),
                [Dot(across(label.step), px(down(label.value))) for label in line.labels],
                [
                    Text(
                        across(label.step),
                        px(down(label.value) + (TEXT + 4 if label.below else -9)),
                        label.text,
                        label.anchor,
                    )
                    for label in line.labels
                ],
            )
        )
    return LineChart(
        height=base + TEXT + 10,
        base_y=px(base),
        label_y=px(base + TEXT + 2),
        lines=drawn,
        levels=[Level(px(down(level)), Text("0", px(down(level) - 4), text, "start")) for level, text in levels],
        ticks=[Text(across(step), px(base + TEXT + 2), text) for step, text in ticks],
        breaks=[Text(across(step), px(14), text, "start") for step, text in breaks],
    )


def _path(points: Sequence[tuple[float, float]], *, dashed: bool) -> SafeString:
    """Join the points. A dashed line leaves out every other piece: a dash array would not follow the quarters."""
    drawn = [f"{x:.2f} {y:.1f}" for x, y in points]
    pieces = [f"M{start}L{end}" for start, end in list(pairwise(drawn))[::2]] if dashed else ["M", "L".join(drawn)]
    return SafeString("".join(pieces))


def round_levels(largest: float, *, wanted: int = 3) -> list[int]:
    """Return a few round numbers from zero up to `largest`, for horizontal lines."""
    if largest <= 0:
        return []
    size = 1
    while size * 10 * wanted <= largest:
        size *= 10
    step = next(size * factor for factor in (1, 2, 5, 10, 20, 50) if size * factor * (wanted + 1) > largest)
    return list(range(step, int(largest) + 1, step))
