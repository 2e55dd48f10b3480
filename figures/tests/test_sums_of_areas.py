"""Municipalities + 411 + 998 = 000, and 081-085 + 998 = 000, in every quarter."""

import csv
from collections import defaultdict

from figures.areas import COUNTRY, REGIONS, areas
from figures.straf11 import read
from figures.tests.recorded import recorded

HEAD = "OMRÅDE;OVERTRÆD;TID;INDHOLD\r\n"


def file_of(counts: dict[str, int]) -> bytes:
    return ("\ufeff" + HEAD + "".join(f"{code};1320;2025K4;{count}\r\n" for code, count in counts.items())).encode()


def every_municipality(each: int) -> dict[str, int]:
    return {code: each for code in areas() if code != COUNTRY and code not in REGIONS}


def test_the_table_has_98_municipalities_christiansoe_and_the_unknown():
    assert len(every_municipality(1)) == 98 + 2


def test_municipalities_that_add_up_to_the_country_are_taken():
    assert read(file_of({"000": 300, **every_municipality(3)})).errors == []


def test_one_burglary_too_many_in_a_municipality_is_found():
    found = read(file_of({"000": 300, **every_municipality(3), "730": 4})).errors
    assert [str(error) for error in found] == ["2025K4: municipalities + 411 + 998 is 301, but the country is 300"]


def test_regions_and_the_unknown_municipality_add_up_to_the_country():
    regions = dict.fromkeys(REGIONS, 10)
    assert read(file_of({"000": 52, **regions, "998": 2})).errors == []
    found = read(file_of({"000": 53, **regions, "998": 2})).errors
    assert [str(error) for error in found] == ["2025K4: regions + 998 is 52, but the country is 53"]


def test_a_suppressed_part_leaves_the_sum_unchecked():
    data = file_of({"000": 53, **dict.fromkeys(REGIONS, 10), "998": 2}).replace(
        b"998;1320;2025K4;2", b"998;1320;2025K4;.."
    )
    assert read(data).errors == []


def test_the_reference_figures_never_show_more_in_a_part_than_in_its_whole():
    text = recorded("burglaries/straf11_1320_quarterly.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines(), delimiter=";"))
    lines = [f"{row['area']};1320;{row['quarter']};{row['burglaries']}\r\n" for row in rows]
    reading = read(("\ufeff" + HEAD + "".join(lines)).encode())
    assert reading.errors == []
    known: dict[str, set[str]] = defaultdict(set)
    for row in reading.rows:
        known[str(row.quarter)].add(row.area)
    assert set(map(len, known.values())) == {23}
