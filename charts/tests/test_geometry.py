"""Where columns, lines and texts of a chart stand."""

import pytest

from charts.columns import Bracket, Datum, column_chart
from charts.lines import Line, PointLabel, line_chart, round_levels


def test_columns_stand_on_zero_and_the_largest_is_the_tallest():
    chart = column_chart([Datum("K3", 54, "54"), Datum("K4", 108, "108"), Datum("K1", 0, "0")])
    assert [column.height for column in chart.columns] == ["75.0", "150.0", "0.0"]
    assert {float(column.y) + float(column.height) for column in chart.columns} == {float(chart.base_y)}


def test_a_group_is_written_once_in_the_middle_of_its_columns():
    data = [
        Datum(label, 1, "1", group) for label, group in (("K3", "2022"), ("K4", "2022"), ("K1", "2023"), ("K2", "2023"))
    ]
    chart = column_chart(data, [Bracket(0, 1, "two"), Bracket(2, 3, "two more")])
    assert [(group.text, group.x) for group in chart.groups] == [("2022", "25.00%"), ("2023", "75.00%")]
    assert [(one.label.anchor, one.label.x) for one in chart.brackets] == [("start", "0.00%"), ("end", "100.00%")]


def test_charts_of_nothing_do_not_crash():
    assert column_chart([]).columns == []
    assert line_chart([], steps=0, ticks=[], levels=[]).lines == []
    assert round_levels(0) == []


def test_a_dashed_path_leaves_every_other_piece_out():
    chart = line_chart(
        [Line("p", "path", [(step, 1.0) for step in range(5)]), Line("a", "area", [(step, 1.0) for step in range(5)])],
        steps=4, ticks=[], levels=[],
    )  # fmt: skip
    dashed, whole = (line.path for line in chart.lines)
    assert dashed == "M10.00 26.0L32.50 26.0M55.00 26.0L77.50 26.0"
    assert whole == "M10.00 26.0L32.50 26.0L55.00 26.0L77.50 26.0L100.00 26.0"


def test_labels_stand_above_or_below_their_point():
    line = Line("a", "area", [(0, 10.0)], [PointLabel(0, 10.0, "ten"), PointLabel(0, 10.0, "ten", below=True)])
    above, below = line_chart([line], steps=1, ticks=[], levels=[]).lines[0].labels
    assert float(above.y) < float(below.y)


@pytest.mark.parametrize(("largest", "levels"), [(576, [200, 400]), (97, [50]), (7, [2, 4, 6]), (224, [100, 200])])
def test_levels_are_round_numbers(largest, levels):
    assert round_levels(largest) == levels
