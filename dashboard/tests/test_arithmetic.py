"""The formulas of change, on the counts that they were worked out for by hand."""

import datetime as dt
from fractions import Fraction
from itertools import pairwise

import pytest

from dashboard.arithmetic import change_z, even_course, is_normal_variation, path, percent, ratio

THIRD = Fraction(1, 3)


def test_the_path_falls_by_the_same_share_in_every_quarter():
    steps = [path(285, THIRD, step=step, steps=20) for step in range(21)]
    assert steps[0] == 285
    assert steps[20] == pytest.approx(95)
    shares = {round(after / before, 9) for before, after in pairwise(steps)}
    assert len(shares) == 1


def test_half_way_the_path_from_285_stands_at_165():
    assert round(path(285, THIRD, step=10, steps=20)) == 165


def test_before_its_start_and_after_its_end_the_path_is_level():
    assert path(285, THIRD, step=-3, steps=20) == 285
    assert path(285, THIRD, step=25, steps=20) == pytest.approx(95)


def test_two_single_counts_have_the_factor_of_the_square_root_of_two():
    assert change_z(110, 153) == pytest.approx(2.66, abs=0.005)
    assert change_z(163, 211) == pytest.approx(2.5, abs=0.05)


def test_a_baseline_of_many_years_comes_near_the_factor_two():
    assert change_z(110, 153, years=1000) == pytest.approx(3.76, abs=0.01)


def test_up_to_three_standard_deviations_is_normal_variation():
    assert is_normal_variation(change_z(285, 267))
    assert is_normal_variation(change_z(110, 153))
    assert not is_normal_variation(change_z(508, 267))


@pytest.mark.parametrize(
    ("before", "after", "expected"), [(326, 267, -18), (285, 267, -6), (258, 267, 3), (607, 546, -10), (540, 463, -14)]
)
def test_percentages_come_from_counts(before, after, expected):
    assert percent(before, after) == expected


def test_small_counts_carry_no_percentage():
    assert percent(12, 6) is None


@pytest.mark.parametrize(
    ("before", "others_before", "expected"),
    [
        # 0.655: it would round to 0.66 only if the country's counts had no variation of their own.
        (326, 14899 - 326, (0.77, 0.65, 0.91)),
        (285, 14234 - 285, (0.84, 0.71, 1.00)),
        # The five years 2018-2022 together: the length of the baseline cancels out.
        (1867, 100451 - 1867, (0.91, 0.80, 1.04)),
    ],
)
def test_the_ratio_to_the_rest_of_the_country_has_its_interval(before, others_before, expected):
    found = ratio(before=before, after=267, others_before=others_before, others_after=15747 - 267)
    assert (round(found.value, 2), round(found.low, 2), round(found.high, 2)) == expected


def test_an_interval_that_reaches_one_as_it_is_shown_is_not_called_clear():
    assert not ratio(before=285, after=267, others_before=13949, others_after=15480).is_clear
    assert ratio(before=326, after=267, others_before=14573, others_after=15480).is_clear


def test_there_is_no_ratio_with_a_zero_in_it():
    assert ratio(before=0, after=3, others_before=10, others_after=10) is None


def test_an_even_course_to_3500_in_five_years_stands_at_about_2300_after_40_months():
    days = (dt.date(2028, 8, 18) - dt.date(2023, 8, 18)).days
    day = (dt.date(2026, 11, 29) - dt.date(2023, 8, 18)).days
    assert even_course(3500, day=day, days=days) == 2300
    assert even_course(3500, day=days, days=days) == 3500


def test_before_its_first_day_and_after_its_last_there_is_no_even_course():
    assert even_course(3500, day=0, days=100) is None
    assert even_course(3500, day=101, days=100) is None


def test_a_small_number_on_course_is_not_rounded():
    assert even_course(50, day=3, days=10) == 15
