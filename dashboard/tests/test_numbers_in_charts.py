"""Numbers of a thousand and more in the charts, where each is grouped as the reader writes it; none is left raw."""

import datetime as dt
import re

import pytest
from django.utils.translation import override

from dashboard.goal_charts import Chart, count_or_unknown, country_chart, path_chart, quarters_chart, yearly_chart
from dashboard.kpis import Status, Verdict, Window
from dashboard.models import Goal
from figures.models import YearlyCount
from figures.quarters import Quarter, span
from figures.series import Series

FIRST, LAST = Quarter(2022, 1), Quarter(2025, 4)
GOAL = Goal(
    baseline_from="2022K1",
    baseline_to="2022K4",
    baseline_count=6000,
    starts_on=dt.date(2023, 1, 1),
    ends_on=dt.date(2027, 12, 31),
)
RAW = re.compile(r"\d{4,}")


def series(**counts: int | None) -> Series:
    """Return 1,500 burglaries in each quarter, except in those of `counts`."""
    known: dict[Quarter, int | None] = dict.fromkeys(span(FIRST, LAST), 1500)
    known |= {Quarter.parse(quarter): count for quarter, count in counts.items()}
    return Series("730", "1320", known, frozenset(), frozenset())


@pytest.fixture(autouse=True)
def danish():
    with override("da"):
        yield


def quarters() -> Chart:
    chart = quarters_chart(series(), GOAL, "Randers")
    assert chart
    return chart


def path(now: Quarter = LAST, count: int = 6000) -> Chart:
    on_path = round(6000 / 3 ** (now.since(Quarter(2022, 4)) / 20))
    chart = path_chart(series(), Verdict(Status.BEHIND, GOAL, Window(count, now), on_path), "Words.", "Randers")
    assert chart
    return chart


def test_columns_brackets_and_table_of_quarters_group_their_numbers() -> None:
    chart = quarters()
    assert {column.shown for column in chart.drawing.columns} == {"1.500"}
    assert [bracket.label.text for bracket in chart.drawing.brackets] == ["Seneste: 6.000"]
    assert chart.rows[0] == ["4. kvartal 2025", "1.500", "6.000"]
    assert chart.rows[-1] == ["1. kvartal 2022", "1.500", "ukendt"]


def test_the_bracket_of_the_baseline_groups_its_number() -> None:
    short = Series("730", "1320", dict.fromkeys(span(FIRST, Quarter(2023, 4)), 1500), frozenset(), frozenset())
    chart = quarters_chart(short, GOAL, "Randers")
    assert chart
    assert [bracket.label.text for bracket in chart.drawing.brackets] == ["Udgangspunkt: 6.000", "Seneste: 6.000"]


def test_an_unknown_quarter_is_a_question_mark_and_never_zero() -> None:
    chart = quarters_chart(series(**{"2025K1": None, "2025K2": 0}), GOAL, "Randers")
    assert chart
    shown = {(column.label, column.shown) for column in chart.drawing.columns[-4:]}
    assert shown == {("K1", "?"), ("K2", "0"), ("K3", "1.500"), ("K4", "1.500")}
    assert [row[1] for row in chart.rows[:4]] == ["1.500", "1.500", "0", "ukendt"]
    assert [row[2] for row in chart.rows[:4]] == ["ukendt"] * 4


def test_labels_of_the_path_say_where_it_begins_ends_and_should_be_now() -> None:
    drawn = path().drawing
    on_path, counted = drawn.lines
    assert [label.text for label in on_path.labels] == ["6.000", "Mål 2.000", "3.104"]
    assert [label.anchor for label in on_path.labels] == ["end", "end", "middle"]
    assert [label.text for label in counted.labels] == ["6.000"]
    assert [level.label.text for level in drawn.levels] == ["2.000", "4.000", "6.000"]
    assert [tick.text for tick in drawn.ticks] == ["2023", "2026"]


@pytest.mark.parametrize(
    ("now", "is_printed"),
    [(Quarter(2023, 2), False), (Quarter(2023, 3), True), (Quarter(2027, 1), True), (Quarter(2027, 2), False)],
)
def test_the_label_of_now_is_left_out_near_either_end_of_the_path(now: Quarter, is_printed: bool) -> None:
    assert len(path(now).drawing.lines[0].labels) == (3 if is_printed else 2)


def test_the_table_of_the_path_has_whole_numbers_and_dashes_where_there_are_none() -> None:
    rows = {row[0]: row[1:] for row in path().rows}
    assert rows["4. kvartal 2022"] == ["6.000", "6.000"]
    assert rows["1. kvartal 2023"] == ["6.000", "5.679"]
    assert rows["2. kvartal 2023"] == ["6.000", "5.376"]
    assert rows["4. kvartal 2027"] == ["–", "2.000"]


def test_the_table_of_the_path_has_dashes_before_the_agreement() -> None:
    later = Goal(baseline_from="2022K1", baseline_to="2022K4", baseline_count=6000,
                 starts_on=dt.date(2024, 1, 1), ends_on=dt.date(2025, 12, 31))  # fmt: skip
    chart = path_chart(series(), Verdict(Status.BEHIND, later, Window(6000, LAST), 2000), "Words.", "Randers")
    assert chart
    assert {row[0]: row[1:] for row in chart.rows}["3. kvartal 2023"] == ["6.000", "–"]


def test_an_index_is_rounded_and_grouped_in_drawing_and_table() -> None:
    here = series(**{str(quarter): 10 for quarter in span(FIRST, Quarter(2022, 4))} | {"2025K4": 151})
    others = dict.fromkeys(here.counts, 1000) | dict.fromkeys(span(FIRST, Quarter(2022, 4)), 100) | {LAST: 1807}
    whole = {quarter: (here.counts[quarter] or 0) + count for quarter, count in others.items()}
    goal = Goal(baseline_from="2022K1", baseline_to="2022K4", baseline_count=40)
    country = Series("000", "1320", whole, frozenset(), frozenset())
    chart = country_chart(here, country, goal, "Words.", "Randers")
    assert chart.rows[-1] == ["4. kvartal 2022", "100", "100"]
    # 100 × (1500 + 1500 + 1500 + 151) / 40, and 100 × (1000 + 1000 + 1000 + 1807) / 400
    assert chart.rows[0] == ["4. kvartal 2025", "11.628", "1.202"]
    assert [[label.text for label in line.labels] for line in chart.drawing.lines] == [["1.202"], ["11.628"]]
    assert [level.label.text for level in chart.drawing.levels] == ["100", "200"]


def test_a_yearly_series_groups_counts_and_no_years() -> None:
    chart = yearly_chart([YearlyCount(year=2015, count=1540), YearlyCount(year=2016, count=407)], "Kalmar", [])
    assert chart
    assert [(column.label, column.shown) for column in chart.drawing.columns] == [("15", "1.540"), ("16", "407")]
    assert chart.rows == [["2016", "407"], ["2015", "1.540"]]


def test_a_count_is_written_as_the_reader_writes_it() -> None:
    for language, written in (("da", "15.747"), ("sv", "15\u00a0747"), ("en", "15,747")):
        with override(language):
            assert count_or_unknown(15747) == written


@pytest.mark.parametrize("chart", [quarters, path])
def test_no_number_is_left_raw(chart) -> None:
    """Years are four digits too, and stand in labels of quarters alone."""
    cells = [cell for row in chart().rows for cell in row[1:]]
    assert [cell for cell in cells if RAW.search(cell)] == []
