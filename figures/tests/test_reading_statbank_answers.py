"""Every format of the StatBank gives the same figures."""

import csv

import pytest

from figures.completeness import StatbankRequest
from figures.quarters import Quarter
from figures.straf11 import read
from figures.tests.recorded import recorded

REQUEST = StatbankRequest(("000", "082", "411", "730"))
SHAPES = [
    ("straf11_1320_csv_default_da.csv", "csv"),
    ("straf11_1320_csv_code.csv", "csv"),
    ("straf11_1320_csv_codeandvalue_da.csv", "csv"),
    ("straf11_1320_bulk_code.csv", "bulk"),
    ("straf11_1320_jsonstat_da.json", "jsonstat"),
]
SMALL = "OMRÅDE;OVERTRÆD;TID;INDHOLD\r\n411;1320;2023K1;1\r\n411;1320;2023K3;2\r\n"


def figures(data: bytes, **more):
    reading = read(data, **more)
    assert reading.errors == []
    return {row.key: row.count for row in reading.rows}


@pytest.mark.parametrize(("name", "shape"), SHAPES)
def test_every_recorded_shape_gives_the_same_128_figures(name, shape):
    data = recorded(f"statbank/{name}")
    assert read(data, request=REQUEST).format == shape
    found = figures(data, request=REQUEST)
    assert len(found) == 4 * 32
    assert found == figures(recorded("statbank/straf11_1320_csv_code.csv"))


def test_the_figures_are_those_of_the_reference_file():
    lines = recorded("burglaries/straf11_1320_quarterly.csv").decode("utf-8-sig").splitlines()
    reference = {
        (row["area"], "1320", Quarter.parse(row["quarter"])): int(row["burglaries"])
        for row in csv.DictReader(lines, delimiter=";")
    }
    found = figures(recorded("statbank/straf11_1320_jsonstat_da.json"))
    assert {key: reference[key] for key in found} == found


def test_what_bulk_leaves_out_is_zero_in_the_areas_and_quarters_asked_for_and_nowhere_else():
    request = StatbankRequest(("411",), (Quarter(2023, 1), Quarter(2023, 2), Quarter(2023, 3)))
    counts = {str(key[2]): count for key, count in figures(SMALL.encode(), request=request).items()}
    assert counts == {"2023K1": 1, "2023K2": 0, "2023K3": 2}


def test_bulk_without_a_question_fills_only_the_quarters_that_it_spans():
    assert len(figures(SMALL.encode())) == 3


def test_csv_writes_its_own_zeros_so_a_missing_row_stays_unknown():
    assert len(figures(b"\xef\xbb\xbf" + SMALL.encode())) == 2


def test_a_bulk_answer_that_was_cut_short_is_refused_rather_than_filled_with_zeros():
    lines = recorded("statbank/straf11_1320_bulk_code.csv").splitlines(keepends=True)
    reading = read(b"".join(lines[:-10]), request=REQUEST)
    assert "730 2021K3 is missing and cannot be zero" in str(reading.errors[0])


def test_a_last_line_without_its_end_is_refused_since_a_digit_may_be_missing():
    assert "cut off" in str(read(SMALL.rstrip().encode()).errors[0])


def test_a_country_is_never_filled_with_zero():
    assert "000 2023K1 is missing" in str(read(SMALL.encode(), request=StatbankRequest(("000", "411"))).errors[0])


def test_two_dots_mean_unknown_and_not_zero():
    found = figures(SMALL.replace("K3;2", "K3;..").encode())
    assert found["411", "1320", Quarter(2023, 3)] is None


def test_json_stat_2_keeps_its_sizes_outside_and_may_leave_values_out():
    data = (
        '{"version":"2.0","id":["OMRÅDE","OVERTRÆD","Tid"],"size":[1,1,2],"value":{"0":54},"dimension":{'
        '"OMRÅDE":{"category":{"index":["730"]}},"OVERTRÆD":{"category":{"index":["1320"]}},'
        '"Tid":{"category":{"index":{"2025K4":1,"2025K3":0}}}}}'
    )
    assert figures(data.encode()) == {
        ("730", "1320", Quarter(2025, 3)): 54,
        ("730", "1320", Quarter(2025, 4)): None,
    }
