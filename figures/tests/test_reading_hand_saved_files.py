"""Files saved by hand from the web page: Latin-1, comma, wide by quarter, a blank first column, perhaps a title."""

import pytest

from figures.straf11 import read

TITLE = '"Anmeldte forbrydelser efter område, overtrædelsens art og tid"\r\n'
TABLE = (
    '" "," ","2025K3","2025K4"\r\n'
    '"Hele landet","Indbrud i beboelser",3671,5641\r\n'
    '"København","Indbrud i beboelser",..,700\r\n'
    '"Randers","Indbrud i beboelser",54,84\r\n'
)
EXPECTED = {
    ("000", "2025K3"): 3671,
    ("000", "2025K4"): 5641,
    ("101", "2025K3"): None,
    ("101", "2025K4"): 700,
    ("730", "2025K3"): 54,
    ("730", "2025K4"): 84,
}


def figures(text: str, encoding: str = "latin-1") -> dict[tuple[str, str], int | None]:
    reading = read(text.encode(encoding))
    assert reading.errors == []
    assert reading.format == "wide"
    return {(row.area, str(row.quarter)): row.count for row in reading.rows}


@pytest.mark.parametrize("title", ["", TITLE, TITLE + "\r\n"])
@pytest.mark.parametrize("encoding", ["latin-1", "utf-8", "utf-8-sig", "cp1252"])
def test_a_wide_file_is_read_with_and_without_a_title_in_any_encoding(title, encoding):
    assert figures(title + TABLE, encoding) == EXPECTED


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_are_understood(separator):
    assert figures(TABLE.replace(",", separator)) == EXPECTED


def test_a_label_that_stands_once_counts_for_the_lines_beneath_it():
    text = (
        '"","","2025K3","2025K4"\n"Indbrud i beboelser","Hele landet",3671,5641\n'
        '"","København",..,700\n"","Randers",54,84\n'
    )
    assert figures(text) == EXPECTED


def test_the_offence_may_stand_in_the_title_alone():
    text = '"Anmeldte forbrydelser, Indbrud i beboelser"\n"","2025K4"\n"Randers",84\n'
    assert figures(text) == {("730", "2025K4"): 84}


def test_english_labels_and_quarters_are_understood():
    text = '"","","2025Q4"\n"All Denmark","Residential burglaries",5641\n'
    assert figures(text) == {("000", "2025K4"): 5641}


def test_a_star_marks_a_preliminary_quarter():
    reading = read(b'"","","2025K3","2025K4*"\n"Randers","Indbrud i beboelser",54,84\n')
    assert [row.preliminary for row in reading.rows] == [False, True]


def test_a_footnote_of_the_table_is_passed_over():
    assert figures(TABLE + '"Kilde: Danmarks Statistik"\r\n') == EXPECTED


def test_a_file_that_never_names_its_offence_is_refused():
    assert "unknown offence ''" in str(read(b'"","2025K4"\n"Randers",84\n').errors[0])


def test_an_area_that_is_unknown_is_refused_with_its_name():
    assert str(read(TABLE.replace("Randers", "Ranners").encode("latin-1")).errors[0]).startswith(
        "Line 4: unknown area 'Ranners'"
    )


def test_a_line_with_a_column_too_few_is_refused():
    assert "3 columns where there should be 4" in str(read((TABLE + '"Aarhus","",12\r\n').encode("latin-1")).errors[0])
