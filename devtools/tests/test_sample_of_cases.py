"""A sample of a test's cases, for the second run of the same tests (`.ci/run`)."""

import subprocess
import sys

import pytest

from conftest import spread
from devtools.embedded import PROJECT


@pytest.mark.parametrize(
    ("count", "most", "chosen"),
    [(1, 5, {0}), (5, 5, {0, 1, 2, 3, 4}), (6, 5, {0, 1, 2, 4, 5}), (9, 3, {0, 4, 8}), (100, 2, {0, 99}), (7, 1, {0})],
)
def test_the_sample_is_spread_from_the_first_case_to_the_last(count: int, most: int, chosen: set[int]) -> None:
    assert spread(count, most) == chosen


@pytest.mark.parametrize("most", range(1, 9))
def test_the_sample_is_as_large_as_it_may_be(most: int) -> None:
    assert [len(spread(count, most)) for count in range(1, 60)] == [min(count, most) for count in range(1, 60)]


@pytest.mark.parametrize(("most", "shown"), [("0", 6), ("3", 3)])
def test_the_option_leaves_cases_out(most: str, shown: int) -> None:
    this = f"{__file__}::test_the_sample_is_spread_from_the_first_case_to_the_last"
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", "--cases", most, this]
    listed = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    assert listed.count("::") == shown
