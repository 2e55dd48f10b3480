"""Charts of lines over equal steps of time, with levels across and breaks in the series."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.safestring import SafeString

from charts.svg import TEXT_HEIGHT, Text, across, percent_of, px, text_at, whole


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
    """A point of a line that has a printed value."""

    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Level:
    """A horizontal line at `y`, and the number above it."""

    y: str
    label: Text


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line, with its dots and their texts in their places."""

    name: str
    kind: str
    # What an SVG path draws, in a box that is 100 wide and as high as the chart.
    path: str
    dots: list[Dot]
    labels: list[Text]

    def parts(self, height: int) -> list[str]:
        """Return the line in a chart of this height, its dots and their texts, as SVG."""
        plot = f'<svg class="chart-plot" height="{height}" viewBox="0 0 100 {height}" preserveAspectRatio="none">'
        dots = (
            f'<circle class="chart-dot chart-dot-{self.kind}" cx="{dot.x}" cy="{dot.y}" r="4"></circle>'
            for dot in self.dots
        )
        texts = (text_at(one.x, one.y, one.text, f"chart-note chart-{one.anchor}") for one in self.labels)
        return [f'{plot}<path class="chart-line chart-line-{self.kind}" d="{self.path}"></path></svg>', *dots, *texts]


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines, levels, ticks and breaks in their places."""

    height: int
    base_y: str
    label_y: str
    lines: list[DrawnLine]
    levels: list[Level]
    ticks: list[Text]
    breaks: list[Text] = field(default_factory=list)

    def svg(self) -> SafeString:
        """Return the chart as drawn."""
        parts = []
        for level in self.levels:
            label = level.label
            parts += [across(level.y, "chart-level"), text_at(label.x, label.y, label.text, "chart-label chart-start")]
        parts.append(across(self.base_y, "chart-base"))
        for one in self.breaks:
            parts.append(f'<line class="chart-break" x1="{one.x}" x2="{one.x}" y1="4" y2="{self.base_y}"></line>')
            parts.append(text_at(one.x, one.y, one.text, "chart-label chart-start", ' dx="6"'))
        parts += [text_at(tick.x, tick.y, tick.text, "chart-label") for tick in self.ticks]
        return whole(self.height, [*parts, *(part for line in self.lines for part in line.parts(self.height))])


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
    """Place lines from zero over `steps` steps. `levels` are the horizontal lines, `breaks` the vertical ones."""
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
                        px(down(label.value) + (TEXT_HEIGHT + 4 if label.below else -9)),
                        label.text,
                        label.anchor,
                    )
                    for label in line.labels
                ],
            )
        )
    return LineChart(
        height=base + TEXT_HEIGHT + 10,
        base_y=px(base),
        label_y=px(base + TEXT_HEIGHT + 2),
        lines=drawn,
        levels=[Level(px(down(level)), Text("0", px(down(level) - 4), text, "start")) for level, text in levels],
        ticks=[Text(across(step), px(base + TEXT_HEIGHT + 2), text) for step, text in ticks],
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
