"""The charts of the progress page, as markup."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from charts.columns import Datum, column_chart
from dashboard.goal_charts import Chart, columns_that_fit
from dashboard.progress import Progress
from dashboard.tests.builders import NOW, ON, a_goal, a_partnership, kalmar
from figures.shipped import load_shipped


@pytest.fixture
def charts(db):
    load_shipped(now=NOW)
    randers = a_partnership()
    a_goal(randers)
    with override("da"):
        yield Progress(randers, ON).charts()


def test_the_three_charts_of_randers_are_there(charts):
    assert [chart.slug for chart in charts] == ["quarters", "path", "country"]


def test_every_number_of_a_drawing_is_a_number_for_svg_in_danish_too(charts):
    for chart in charts:
        html = render_to_string("dashboard/chart.html", {"chart": chart})
        values = re.findall(r' (?:x|y|x1|x2|y1|y2|cx|cy|width|height|r)="([^"]*)"', html)
        assert values
        assert [value for value in values if not re.fullmatch(r"\d+(\.\d+)?%?", value)] == []


def test_no_drawing_needs_an_inline_style_or_a_script_and_no_text_is_stretched(charts):
    for chart in charts:
        html = render_to_string("dashboard/chart.html", {"chart": chart})
        lines = re.findall(r'<svg class="chart-plot".*?</svg>', html, re.DOTALL)
        assert [len(lines), "<text" in "".join(lines)] == [len(getattr(chart.drawing, "lines", [])), False]
        assert not re.search(
            r"style=|<script|viewBox| on\w+=", re.sub("|".join(map(re.escape, lines)) or "$^", "", html)
        )


def test_every_chart_has_its_caption_its_sentence_and_its_table(charts):
    for chart in charts:
        html = render_to_string("dashboard/chart.html", {"chart": chart})
        assert "<figcaption" in html
        assert "chart-sentence" in html
        assert html.count("<tr>") == len(chart.rows) + 1
        assert chart.sentence


def test_the_law_change_is_drawn_where_the_range_covers_it_and_not_elsewhere(charts):
    _quarters, path, country = charts
    assert [len(chart.drawing.breaks) for chart in (path, country)] == [1, 1]


def test_the_newest_four_quarters_and_the_baseline_are_told_apart_by_more_than_colour(charts):
    brackets = charts[0].drawing.brackets
    assert [bracket.kind for bracket in brackets] == ["baseline", "now"]
    assert ["285" in brackets[0].label.text, "267" in brackets[1].label.text] == [True, True]


@pytest.mark.django_db
def test_kalmar_shows_its_yearly_series_and_no_danish_one():
    load_shipped(now=NOW)
    assert [chart.slug for chart in Progress(kalmar(), ON).charts()] == ["years"]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [([71, 105, 68] * 6, 14), ([119, 149, 97] * 6, 11), ([149, 90] * 9, 14), ([None, 120, 130, 80], 11)],
)
def test_fewer_columns_are_drawn_where_two_values_of_three_digits_would_touch(counts, expected):
    assert columns_that_fit(counts) == expected


def test_words_in_a_drawing_and_its_table_stay_text():
    datum = Datum("<K1>", 1, "<1>")
    svg = column_chart([datum]).svg()
    assert "&lt;K1&gt;" in svg
    assert "&lt;1&gt;" in svg
    chart = Chart("one", "One", "", column_chart([datum]), [], [["<b>", "1 & 2"]])
    table = render_to_string("dashboard/chart.html", {"chart": chart})
    assert '<th scope="row">&lt;b&gt;</th>' in table
    assert '<td class="number">1 &amp; 2</td>' in table
