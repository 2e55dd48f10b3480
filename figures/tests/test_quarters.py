import datetime as dt

import pytest

from figures.quarters import NotAQuarter, Quarter, four_ending, span


def test_a_quarter_reads_as_code_and_as_english_label():
    assert Quarter.parse("2025K4") == Quarter.parse("2025Q4") == Quarter(2025, 4)


@pytest.mark.parametrize("text", ["2025K0", "2025K5", "2025", "25K4", "2025 K4", "2025k4", "2025K4 ", "", "٢٠٢٥K4"])
def test_what_is_no_quarter_is_refused(text):
    with pytest.raises(NotAQuarter):
        Quarter.parse(text)


def test_quarters_are_counted_across_the_turn_of_the_year():
    assert Quarter(2025, 4).shifted(1) == Quarter(2026, 1)
    assert Quarter(2025, 1).shifted(-1) == Quarter(2024, 4)
    assert Quarter(2025, 4).since(Quarter(2023, 2)) == 10
    assert [str(one) for one in four_ending(Quarter(2023, 2))] == ["2022K3", "2022K4", "2023K1", "2023K2"]
    assert len(span(Quarter(2016, 1), Quarter(2025, 4))) == 40


def test_a_quarter_is_over_on_its_last_day_and_not_before():
    assert Quarter.ended_by(dt.date(2025, 12, 30)) == Quarter(2025, 3)
    assert Quarter.ended_by(dt.date(2025, 12, 31)) == Quarter(2025, 4)
    assert Quarter.ended_by(dt.date(2023, 8, 18)) == Quarter(2023, 2)
