"""A file is read whole or refused: what is missing is named, and nothing else than a refusal leaves a reader."""

import codecs
import datetime as dt
import unicodedata
from itertools import product

import pytest
from django.utils import translation

from figures.actions.importing import BadFile, import_straf11
from figures.areas import REGIONS, areas
from figures.completeness import StatbankRequest
from figures.models import BurglaryCount, Import
from figures.quarters import Quarter, span
from figures.shipped import DATA, load_yearly
from figures.straf11 import read
from figures.tests.recorded import recorded
from partnership.refusals import Refused
from partnership.tests.mutating import spoiled

HEAD = "OMRÅDE;OVERTRÆD;TID;INDHOLD\r\n"
QUARTERS = [str(one) for one in span(Quarter(2024, 1), Quarter(2025, 4))]
MUNICIPALITIES = [code for code in areas() if code not in ("000", "998", *REGIONS)][:83]
NOW = dt.datetime(2026, 2, 20, 9, 0, tzinfo=dt.UTC)


def count(area: str, quarter: str) -> int:
    return int(area) % 90 + int(quarter[-1]) * 100


def long_file(*, mark: str = "\ufeff", most: int = 83) -> str:
    cells = product(MUNICIPALITIES[:most], QUARTERS)
    lines = [f"{area};1320;{quarter};{count(area, quarter)}\r\n" for area, quarter in cells]
    return mark + HEAD + "".join(lines)


def wide_file(most: int = 83) -> str:
    head = '"","",' + ",".join(f'"{one}"' for one in QUARTERS) + "\r\n"
    lines = [
        f'"{areas()[area].danish}","Indbrud i beboelser",{",".join(str(count(area, one)) for one in QUARTERS)}\r\n'
        for area in MUNICIPALITIES[:most]
    ]
    return head + "".join(lines)


def counts(data: bytes, **more) -> dict[tuple[str, str], int | None]:
    reading = read(data, **more)
    assert reading.errors == []
    return {(row.area, str(row.quarter)): row.count for row in reading.rows}


def first_error(data: bytes, **more) -> str:
    return str(read(data, **more).errors[0])


def test_a_wide_file_whose_last_digit_was_cut_is_refused():
    data = wide_file().encode("latin-1").rstrip()
    assert "the last line is cut off" in first_error(data)
    assert "the last line is cut off" in first_error(data[:-1])
    assert len(counts(wide_file().encode("latin-1"))) == 664


def test_a_long_file_cut_at_a_line_end_names_what_it_lacks():
    lines = long_file().encode().splitlines(keepends=True)
    errors = read(b"".join(lines[:331])).errors
    assert "306 has no figure for 2024K3, 2024K4, 2025K1, 2025K2 and 2 more" in str(errors[0])
    assert len(errors) == 2
    assert len(counts(b"".join(lines))) == 664


@pytest.mark.parametrize("shape", ["csv_default_da", "bulk_code"])
def test_no_cut_of_a_recorded_answer_gives_a_figure_that_the_whole_does_not(shape):
    data = recorded(f"statbank/straf11_1320_{shape}.csv")
    true = counts(data)
    for end in range(1, len(data), 37):
        reading = read(data[:end])
        found = {(row.area, str(row.quarter)): row.count for row in reading.rows}
        assert reading.errors or found.items() <= true.items(), end
    for end in (at for at in range(60, len(data)) if data[at - 1 : at] == b"\n"):
        reading = read(data[:end])
        found = {(row.area, str(row.quarter)): row.count for row in reading.rows}
        assert reading.errors or found.items() <= true.items(), end


def test_bulk_that_was_saved_again_with_a_mark_is_refused_with_the_reason():
    body = "730;1320;2025K3;54\r\n730;1320;2025K4;84\r\n411;1320;2025K4;1\r\n"
    assert counts((HEAD + body).encode())["411", "2025K3"] == 0
    data = codecs.BOM_UTF8 + (HEAD + body).encode()
    assert "411 has no figure for" in first_error(data)
    assert "it has lost its zeros" in str(read(data).errors[-1])


def test_csv_that_was_saved_again_without_its_mark_is_not_filled_as_bulk():
    data = recorded("statbank/straf11_1320_csv_code.csv").removeprefix(codecs.BOM_UTF8)
    assert read(data).format == "csv"
    lines = data.splitlines(keepends=True)
    quiet = next(at for at, line in enumerate(lines) if line.startswith(b"411") and line.strip().endswith(b";0"))
    assert "411 has no figure for" in first_error(b"".join(lines[:quiet] + lines[quiet + 1 :]))


def test_bulk_whose_last_area_ends_early_may_be_cut_and_is_refused():
    data = (HEAD + "740;1320;2025K3;2\r\n740;1320;2025K4;3\r\n741;1320;2025K3;2\r\n").encode()
    assert "the file ends with 741 in 2025K3" in first_error(data)
    request = StatbankRequest(("740", "741"), is_whole=True)
    assert counts(data, request=request)["741", "2025K4"] == 0


def test_an_area_that_was_asked_for_and_is_absent_is_no_row_of_zeros():
    data = (HEAD + "730;1320;2025K4;84\r\n").encode()
    assert "746 2025K4 is missing" in first_error(data, request=StatbankRequest(("730", "746"), is_whole=True))
    assert "746 is not in the file" in first_error(codecs.BOM_UTF8 + data, request=StatbankRequest(("730", "746")))
    assert counts(data, request=StatbankRequest(("730", "411"), is_whole=True))["411", "2025K4"] == 0


def test_quarters_that_were_asked_for_must_be_there():
    request = StatbankRequest(("730",), (Quarter(2025, 3), Quarter(2025, 4)))
    data = codecs.BOM_UTF8 + (HEAD + "730;1320;2025K4;84\r\n").encode()
    assert "730 has no figure for 2025K3" in first_error(data, request=request)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_file_in_any_usual_form_gives_the_same_figures(encoding, separator):
    long, wide = long_file(mark="").replace(";", separator), wide_file().replace(",", separator)
    true = {pair: count(*pair) for pair in product(MUNICIPALITIES, QUARTERS)}
    quoted = "".join('"' + separator.join(f"{line}".split(separator)).replace(separator, f'"{separator}"') + '"\r\n'
                     for line in long.splitlines())  # fmt: skip
    padded = long.replace(separator, f" {separator}  ")
    for text in (long, wide, quoted, padded, unicodedata.normalize("NFD", wide) if "utf" in encoding else wide):
        assert counts(text.encode(encoding)) == true


def test_a_spreadsheet_that_took_the_zeros_of_the_codes_is_understood():
    data = "\ufeffsep=;\r\n" + HEAD + "0;1320;2025K4;5641\r\n82;1320;2025K4;900\r\n;;;\r\n"
    assert counts(data.encode()) == {("000", "2025K4"): 5641, ("082", "2025K4"): 900}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04\x14\0", "This is an Excel workbook. Save or fetch the table as “CSV UTF-8”"),
        (b"\xd0\xcf\x11\xe0\xa1", "This is an Excel workbook."),
        (b"%PDF-1.7", "This is a PDF."),
        (b"\r\n<!DOCTYPE html>", "This is a web page."),
        (b'CHARSET="ANSI";\n', "This is a PC-Axis file."),
        (b"navn;antal\r\nRanders;5\r\n", "the first line is “navn;antal”"),
        (b'{"errorTypeCode": "REQUEST-LIMIT"}', "this is not JSON-stat"),
        (b"[" * 100_000, "this is not JSON-stat"),
        (b'{"dimension":{"id":["a"],"size":[9999999999],"a":{"category":{"index":[]}}},"value":{}}', "JSON-stat"),
        (b'{"dimension":{"id":[["a"]],"size":[1]},"value":[NaN]}', "JSON-stat"),
        ((HEAD + '"730;1320;2025K4;84\r\n').encode(), "Line 2: a quotation mark is not closed"),
        ((HEAD + "730;1320;2025K4;8\0 4\r\n").encode(), "Line 2: the line holds a hidden character"),
        ("OMRÅDE;OVERTRÆD;TID;INDHOLD\r\nKøbenhavn;1320;2025K4;1\r\n".encode("cp850"), "letters are broken"),
    ],
)
def test_a_refusal_names_what_was_found_and_what_is_wanted(data, words):
    assert words in first_error(data)


def test_a_refusal_is_in_the_readers_language():
    data = (HEAD + "731;1320;2025K4;1\r\n").encode()
    with translation.override("da"):
        assert first_error(data).startswith("Linje 2: ukendt område '731'")
    with translation.override("sv"):
        assert first_error(data).startswith("Rad 2: okänt område '731'")


@pytest.mark.parametrize("good", ["long", "bulk", "wide", "jsonstat"])
def test_a_spoiled_file_is_read_or_refused_and_nothing_else(good):
    data = {
        "long": lambda: long_file(most=12).encode(),
        "bulk": lambda: long_file(mark="", most=12).encode(),
        "wide": lambda: wide_file(12).encode("latin-1"),
        "jsonstat": lambda: recorded("statbank/straf11_1320_jsonstat_da.json"),
    }[good]()
    assert read(data).errors == []
    assert sum(bool(read(one, newest=Quarter(2025, 4)).errors) for one in spoiled(data)) > 100


@pytest.mark.django_db
def test_a_spoiled_yearly_series_is_read_or_refused_and_nothing_else():
    data = (DATA / "bra_0880_1996_2025.csv").read_bytes()
    refused = 0
    for one in spoiled(data):
        try:
            load_yearly(one, source="Brå", fetched_at=NOW, now=NOW)
        except BadFile:
            refused += 1
    assert refused > 100
    cut = data.splitlines(keepends=True)
    with pytest.raises(BadFile, match="0880 has no count for 2001"):
        load_yearly(b"".join(line for line in cut if b";2001;" not in line), source="Brå", fetched_at=NOW, now=NOW)


def take(text: str, fetched_at: dt.datetime = NOW):
    return import_straf11(f"\ufeff{HEAD}{text}".encode(), fetched_at=fetched_at, now=NOW)


@pytest.mark.django_db
def test_an_import_says_what_was_read_and_what_is_shown():
    newer = take("730;1320;2025K3;55\r\n")
    assert (newer.summary, newer.shown, newer.older) == ("1 area, 2025K3 to 2025K3", 1, 0)
    older = take("730;1320;2025K3;54\r\n", NOW - dt.timedelta(days=30))
    assert (older.shown, older.older, older.revised, older.record.revised) == (0, 1, 0, 0)
    assert older.record.replaces is None
    assert take("730;1320;2025K1;1\r\n746;1320;2025K1;1\r\n").summary == "2 areas, 2025K1 to 2025K1"
    assert "(without 2025K2, 2025K3)" in take("740;1320;2025K1;1\r\n740;1320;2025K4;1\r\n").summary


@pytest.mark.django_db
def test_a_day_of_fetching_that_cannot_be_is_refused():
    with pytest.raises(Refused) as refusal:
        take("730;1320;2025K3;55\r\n", NOW + dt.timedelta(days=1))
    assert refusal.value.reason == "fetched_later"
    with pytest.raises(BadFile, match="2025K3 is not over yet, or was not when the file was fetched"):
        take("730;1320;2025K3;55\r\n", dt.datetime(2025, 8, 1, tzinfo=dt.UTC))
    assert not Import.objects.exists()
    assert not BurglaryCount.objects.exists()
