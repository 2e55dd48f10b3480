"""Charts of columns, with brackets below them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from charts.svg import TEXT_HEIGHT, Text, across, percent_of, px, text_at, whole


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
    """A line below some columns, with what they add up to."""

    first: int
    last: int
    label: str
    kind: str = "plain"


@dataclass(frozen=True, slots=True)
class Column:
    """Where a column stands, and its texts."""

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
class DrawnBracket:
    """The line below some columns, and the text below it."""

    x1: str
    x2: str
    y: str
    label: Text
    kind: str


@dataclass(frozen=True, slots=True)
class ColumnChart:
    """Columns, groups (years) and brackets in their places."""

    height: int
    base_y: str
    label_y: str
    columns: list[Column]
    groups: list[Text]
    brackets: list[DrawnBracket]

    def svg(self) -> SafeString:
        """Return the chart as drawn."""
        # Every second text from the right is left out on a phone.
        seconds = [" chart-second" if left % 2 == 0 else "" for left in range(len(self.columns), 0, -1)]
        parts = [
            f'<rect class="chart-column chart-column-{column.kind}" x="{column.x}" y="{column.y}" '
            f'width="{column.width}" height="{column.height}"></rect>\n'
            f"{text_at(column.centre, column.value_y, column.shown, f'chart-value{second}')}\n"
            f"{text_at(column.centre, self.label_y, column.label, f'chart-label{second}')}"
            for column, second in zip(self.columns, seconds, strict=True)
        ]
        parts.append(across(self.base_y, "chart-base"))
        parts += [text_at(group.x, group.y, group.text, "chart-label") for group in self.groups]
        for bracket in self.brackets:
            label = bracket.label
            parts.append(across(bracket.y, f"chart-bracket chart-bracket-{bracket.kind}", bracket.x1, bracket.x2))
            parts.append(text_at(label.x, label.y, label.text, f"chart-note chart-{label.anchor}"))
        return whole(self.height, parts)


PLOT_TOP, PLOT_HEIGHT = 22, 150
GAP = 0.22  # of the width that each column has, between it and its neighbours


def column_chart(data: Sequence[Datum], brackets: Sequence[Bracket] = ()) -> ColumnChart:
    """Place columns from zero, each with its value above and its label below."""
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
    groups_y = base + 2 * TEXT_HEIGHT + 4
    lowest = groups_y if any(datum.group for datum in data) else base + TEXT_HEIGHT
    return ColumnChart(
        height=round(lowest + (36 if brackets else 8)),
        base_y=px(base),
        label_y=px(base + TEXT_HEIGHT + 2),
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
        label=Text(percent_of(x), px(y + TEXT_HEIGHT + 2), bracket.label, anchor),
        kind=bracket.kind,
    )
