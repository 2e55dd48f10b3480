"""A bad file is refused, and the error names the line."""

import json

import pytest

from figures.quarters import Quarter
from figures.straf11 import read
from partnership.tests.costs import seconds

HEAD = "OMRÅDE;OVERTRÆD;TID;INDHOLD\r\n"


def errors(text: str, *, encoding: str = "utf-8-sig") -> list[str]:
    return [str(error) for error in read(text.encode(encoding), newest=Quarter(2025, 4)).errors]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("730;1320;2025K5;84", "'2025K5' is not a quarter"),
        ("730;1320;2025;84", "'2025' is not a quarter"),
        ("730;1320;2025M04;84", "'2025M04' is not a quarter"),
        ("730;1320;1999K1;84", "'1999K1' is not a quarter"),
        ("730;1320;2026K1;84", "2026K1 is not over yet"),
        ("731;1320;2025K4;84", "unknown area '731'"),
        ("Randes;1320;2025K4;84", "unknown area 'Randes'"),
        ("730 Aarhus;1320;2025K4;84", "unknown area '730 Aarhus'"),
        ("730;13200;2025K4;84", "unknown offence '13200'"),
        ("730;Indbrud;2025K4;84", "unknown offence 'Indbrud'"),
        ("730;1316;2025K4;84", "'1316' is not burglary in dwellings"),
        ("730;1324 Indbrud i ubeboede bebyggelser;2025K4;84", "is not burglary in dwellings"),
        ("730;1320;2025K4;-84", "'-84' is not a count"),
        ("730;1320;2025K4;8.4", "'8.4' is not a count"),
        ("730;1320;2025K4;", "'' is not a count"),
        ("730;1320;2025K4;²", "'²' is not a count"),
        ("730;1320;2025K4;999999999999", "is not a count"),
        ("730;1320;2025K4", "3 columns where there should be 4"),
    ],
)
def test_a_line_that_is_wrong_is_named_with_its_reason(line, reason):
    found = errors(f"{HEAD}000;1320;2025K4;5641\r\n{line}\r\n")
    assert len(found) == 1
    assert found[0].startswith("Line 3: ")
    assert reason in found[0]


def test_a_number_in_digits_of_another_script_is_the_same_number():
    (row,) = read(f"{HEAD}000;1320;2025K4;٨٤\r\n".encode(), newest=Quarter(2025, 4)).rows
    assert row.count == 84


def test_the_same_figure_twice_is_refused_even_when_it_agrees():
    found = errors(HEAD + "730;1320;2025K4;84\r\nRanders;1320;2025Q4;84\r\n")
    assert found == ["Line 3: 730 2025K4 stands already in line 2"]


def test_letters_broken_by_a_wrong_encoding_are_refused():
    broken = (HEAD + "København;1320;2025K4;84\r\n").encode().decode("latin-1").replace("OMRÃ\x85DE", "OMRÅDE")
    found = errors(broken)
    assert len(found) == 1
    assert "letters are broken" in found[0]


def test_a_letter_that_is_lost_is_refused():
    assert "letters are broken" in errors(HEAD + "K\ufffdbenhavn;1320;2025K4;84\r\n")[0]


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", b"hello", b"{", b"[]", b'{"value": [1]}', b"%PDF-1.7 \xff\xfe"])
def test_what_is_no_file_of_figures_is_refused_without_a_crash(data):
    assert read(data).errors


def test_a_header_without_figures_is_refused():
    assert errors(HEAD) == ["there are no figures in it"]


def test_a_part_that_is_larger_than_its_whole_is_refused():
    found = errors(HEAD + "082;1320;2025K4;83\r\n730;1320;2025K4;84\r\n")
    assert found == ["2025K4: 730 has 84, more than 082 with 83"]


def jsonstat(areas: list[str], offences: list[str], quarters: list[str]) -> bytes:
    """Return a table of these codes without a single value."""
    codes = {"OMRÅDE": areas, "OVERTRÆD": offences, "Tid": quarters}
    sizes = [len(one) for one in codes.values()]
    dimension = {name: {"category": {"index": found}} for name, found in codes.items()}
    document = {"dimension": {"id": list(codes), "size": sizes, **dimension}, "value": {}}
    return json.dumps({"dataset": document}).encode()


def test_a_code_that_is_unknown_is_one_error_however_many_cells_the_file_says_it_has() -> None:
    made_up = [[f"{letter}{number}" for number in range(50)] for letter in "abc"]
    reading = read(jsonstat(*made_up))
    assert len(reading.errors) == 150
    assert not reading.rows


def test_a_small_file_that_says_it_has_millions_of_cells_is_refused_unread() -> None:
    quarters = [f"{year}K{quarter}" for year in range(1000, 9999) for quarter in (1, 2, 3, 4)]
    thousands, millions = (jsonstat(["730"] * areas, ["1320"], quarters) for areas in (5, 50))
    assert len(read(millions).errors) == 1
    # As long a file with a tenth of the cells costs as much: no cell is looked at.
    assert seconds(lambda: read(millions)) < 4 * seconds(lambda: read(thousands))


QUOTED = '"OMRÅDE;OVERTRÆD;TID;INDHOLD"\r\n'


def test_a_file_whose_whole_lines_are_in_quotes_is_read():
    for lines in ('"730;1320;2025K4;84"\r\n', "730;1320;2025K4;84\r\n"):
        reading = read((QUOTED + lines).encode("utf-8-sig"), newest=Quarter(2025, 4))
        assert [(row.area, row.count) for row in reading.rows] == [("730", 84)]
        assert reading.errors == []


@pytest.mark.parametrize(
    "head",
    ['"OMRÅDE;OVERTRÆD;TID;INDHOLD\r\n', 'OMRÅDE;"OVERTRÆD;TID;INDHOLD"\r\n', '"OMRÅDE;OVERTRÆD";"TID;INDHOLD"\r\n'],
)
@pytest.mark.parametrize("line", ["", "730;1320;2025K4;84\r\n", '"730;1320;2025K4;84"\r\n', '"730;1320;2025K4;84\r\n'])
def test_a_line_of_names_whose_quotes_do_not_match_is_refused(head, line):
    assert errors(head + line)
