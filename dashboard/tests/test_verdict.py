"""The verdict on the real figures of Randers, and what it depends on."""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils.translation import override

from dashboard import kpis, verdicts
from dashboard.kpis import Status
from dashboard.tests.builders import NOW, ON, a_goal, a_partnership, take
from figures.quarters import Quarter
from figures.shipped import load_shipped

pytestmark = pytest.mark.django_db


@pytest.fixture
def randers():
    load_shipped(now=NOW)
    return a_partnership()


def test_from_the_four_quarters_before_signing_randers_is_behind(randers):
    goal = a_goal(randers)
    found = kpis.verdict(goal, ON)
    assert (goal.baseline_count, goal.baseline, goal.target) == (285, 285, 95)
    assert (found.window.count, found.window.last, found.path) == (267, Quarter(2025, 4), 165)
    assert (found.status, found.percent, found.change) == (Status.BEHIND, -6, -18)
    assert found.is_normal_variation


@pytest.mark.parametrize(
    ("first", "last", "baseline", "target", "percent"),
    [
        ("2022K1", "2022K4", 326, 109, -18),
        ("2022K3", "2023K2", 285, 95, -6),
        ("2023K1", "2023K4", 258, 86, 3),
        ("2020K1", "2022K4", 330, 110, -19),
        ("2018K1", "2022K4", 373, 124, -28),
    ],
)
def test_the_baseline_decides_the_target_and_the_change(randers, first, last, baseline, target, percent):
    goal = a_goal(randers, first, last)
    assert (goal.baseline, goal.target, kpis.verdict(goal, ON).percent) == (baseline, target, percent)


def test_the_path_stands_at_the_baseline_when_it_begins_and_at_the_target_when_it_ends(randers):
    goal = a_goal(randers)
    assert (goal.first_quarter, goal.last_quarter) == (Quarter(2023, 2), Quarter(2028, 2))
    assert kpis.target_path(goal, Quarter(2023, 2), Quarter(2028, 2)) == [285, pytest.approx(95)]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2022K3", "2023K2", (0.84, 0.71, 1.00)),
        ("2022K1", "2022K4", (0.77, 0.65, 0.91)),
        ("2018K1", "2022K4", (0.91, 0.80, 1.04)),
    ],
)
def test_compared_with_the_rest_of_the_country(randers, first, last, expected):
    found = kpis.against_the_country(a_goal(randers, first, last), Quarter(2025, 4)).ratio
    assert (round(found.value, 2), round(found.low, 2), round(found.high, 2)) == expected


def test_had_randers_followed_the_country_there_would_have_been_about_316(randers):
    found = kpis.against_the_country(a_goal(randers), Quarter(2025, 4))
    assert (found.others_before, found.others_after, found.expected) == (13949, 15480, 316)


@pytest.mark.parametrize(
    ("on", "status"),
    [
        (dt.date(2023, 8, 20), Status.TOO_EARLY),
        (dt.date(2024, 3, 30), Status.TOO_EARLY),
        (dt.date(2024, 6, 30), Status.BEHIND),
        (dt.date(2025, 6, 30), Status.BEHIND),
    ],
)
def test_the_verdict_of_an_earlier_day_knows_only_what_was_over_then(randers, on, status):
    assert kpis.verdict(a_goal(randers), on).status == status


@pytest.mark.parametrize(
    ("counts", "status"),
    [
        ((24, 24, 24, 23), Status.REACHED),
        ((25, 25, 25, 25), Status.AHEAD),
        ((41, 41, 41, 41), Status.ON_TRACK),
        ((42, 41, 41, 41), Status.ON_TRACK),
        ((42, 42, 41, 41), Status.BEHIND),
        ((80, 80, 80, 80), Status.BEHIND),
    ],
)
def test_the_status_follows_the_newest_four_quarters(randers, counts, status):
    take(*(f"730;1320;2025K{number};{count}" for number, count in enumerate(counts, start=1)))
    assert kpis.verdict(a_goal(randers), ON).status == status


def test_when_the_time_is_up_the_target_is_reached_or_missed(randers):
    goal = a_goal(randers, ends_on=dt.date(2025, 12, 31))
    assert kpis.verdict(goal, ON).status == Status.MISSED


def test_without_one_of_the_four_quarters_there_is_no_verdict(randers):
    goal = a_goal(randers)
    take("730;1320;2025K2;..")
    assert kpis.verdict(goal, ON).status == Status.UNKNOWN


def test_a_later_revision_of_the_baseline_is_shown_and_does_not_move_the_goal(randers):
    goal = a_goal(randers)
    take("730;1320;2022K3;73", now=NOW + dt.timedelta(days=1))
    found = kpis.verdict(goal, ON)
    assert (goal.baseline, found.baseline_now, found.was_revised) == (285, 287, True)


def test_figures_grow_old_three_weeks_after_the_next_quarter_is_over():
    assert not kpis.newer_should_be_out(Quarter(2025, 4), dt.date(2026, 4, 20))
    assert kpis.newer_should_be_out(Quarter(2025, 4), dt.date(2026, 4, 21))


def test_the_sentence_says_behind_with_its_counts_in_plain_words(randers):
    with override("en"):
        told = verdicts.in_words(kpis.verdict(a_goal(randers), ON))
    assert told.sentence == (
        "We are behind: 267 burglaries were reported in the four quarters up to Q4 2025. To reach the target of 95, "
        "there could have been at most 165 at the end of 2025."
    )
    assert "18 fewer than the baseline (285 then, 267 up to the end of 2025, −6%)" in told.change
    assert "within normal variation" in told.change


@pytest.mark.parametrize(
    ("quarter", "end"), [("2025K4", "udgangen af 2025"), ("2026K3", "udgangen af 3. kvartal 2026")]
)
def test_a_quarter_says_when_it_ends(quarter, end):
    with override("da"):
        assert Quarter.parse(quarter).end_in_words == end


def test_no_percentage_stands_without_both_of_its_counts(randers):
    with override("en"):
        for first, last in (("2022K1", "2022K4"), ("2023K1", "2023K4"), ("2016K1", "2016K4")):
            partnership = a_partnership(f"p{first}".lower())
            told = verdicts.in_words(kpis.verdict(a_goal(partnership, first, last), ON))
            goal_count = str(partnership.goals.get().baseline)
            assert "%" in told.change
            assert goal_count in told.change
            assert "267" in told.change


@pytest.mark.parametrize("language", ["da", "sv", "en"])
@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_a_sentence_in_every_language(randers, status, language):
    found = kpis.verdict(a_goal(randers), ON)
    with override(language):
        told = verdicts.in_words(kpis.Verdict(status, found.goal, found.window, found.path))
    assert told.sentence
    assert "%" not in told.sentence


def test_the_comparison_is_told_without_claiming_what_is_not_sure(randers):
    comparison = kpis.against_the_country(a_goal(randers), Quarter(2025, 4))
    with override("en"):
        assert "about 316 here; there were 267" in verdicts.comparison_sentence(comparison, "Randers")
        assert "0.84 (95% interval 0.71–1.00): that may be chance" in verdicts.certainty_sentence(comparison)


@pytest.mark.parametrize(("after", "said"), [(80, "fell from 90 to 80"), (95, "rose from 90 to 95"), (90, "as many")])
def test_the_rest_of_the_country_fell_or_rose_by_its_numbers(randers, after, said):
    comparison = replace(
        kpis.against_the_country(a_goal(randers), Quarter(2025, 4)), others_before=90, others_after=after
    )
    with override("en"):
        assert said in verdicts.comparison_sentence(comparison, "Randers")
