"""A table is decoded once for every room: encodings, separators, cut files, and what cannot be seen."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from partnership.fields import tables
from partnership.fields.lines import LineError
from partnership.fields.tables import Line, check_text, number, records, separator_of, text_lines, text_of, whole

pytestmark = pytest.mark.usefixtures("english")
TABLE = "name;homes\nÅgade;7\n"


@pytest.fixture
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def read(data: bytes, columns: tuple[str, ...] = ("name", "homes")) -> list[dict[str, str] | str]:
    """Return the cells of each line, or the words of its error."""
    lines = records(text_lines(data.splitlines(keepends=True)), columns)
    return [str(one) if isinstance(one, LineError) else one.cells or {} for one in lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_table_is_read_in_each_encoding_and_with_each_end_of_a_line(encoding: str, end: str) -> None:
    assert read(TABLE.replace("\n", end).encode(encoding)) == [{"name": "Ågade", "homes": "7"}]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_separator_is_the_one_that_a_line_has_most_of_outside_quotation_marks(separator: str) -> None:
    assert separator_of(f'"a;,\t;,\tb"{separator}c') == separator
    assert read(TABLE.replace(";", separator).encode()) == [{"name": "Ågade", "homes": "7"}]


def test_columns_stand_in_any_order_and_case_with_empty_ones_to_the_right() -> None:
    assert read(b"HOMES;Name;;\n7;Ringvej;;\n") == [{"name": "Ringvej", "homes": "7"}]


def test_remarks_and_empty_lines_are_left_out() -> None:
    assert read(f"# made up\n\nsep=;\n;;\n\u00a0\n{TABLE}".encode()) == [{"name": "Ågade", "homes": "7"}]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty. Its first line must be name;homes."),
        (b"name;flats\nA;1\n", "Line 1: The columns must be name;homes. Here they are name;flats."),
        (b"name;homes\nA\n", "Line 2: 1 columns where there should be 2"),
        (b'name;homes\n"A;1\n', "Line 2: a quotation mark is not closed"),
        (b"name;homes\n" + b"A" * 100_001 + b";1\n", "Line 2: the line is too long to be a line of a table"),
        ("name;homes\nÃ\u0085gade;1\n".encode(), "Line 2: letters are broken"),
        ("name;homes\nÃ\u00adbro;1\n".encode(), "Line 2: letters are broken"),
        (b"name;homes\nA\0;1\n", "Line 2: the line holds a hidden character"),
        ("name;homes\nA\u202e;1\n".encode(), "Line 2: the line holds a hidden character"),
        ("name;homes\nA\u2028B;1\n".encode(), "Line 2: the line holds a hidden character"),
        (b"%PDF-1.7\n", "This is a PDF."),
        (b"PK\x03\x04", "This is an Excel workbook."),
    ],
)
def test_what_is_wrong_is_said_once_with_its_line(data: bytes, words: str) -> None:
    (said,) = read(data)
    assert isinstance(said, str)
    assert said.startswith(words)


@pytest.mark.parametrize("header", [b'"name;homes\n', "Ã\u0085;homes\n".encode(), b"name\0;homes\n"])
def test_nothing_is_read_after_a_first_line_that_cannot_be_read(header: bytes) -> None:
    (said,) = read(header + b"A;1\nB;2\n")
    assert str(said).startswith("Line 1: ")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_table_that_ends_within_a_line_may_be_cut(encoding: str) -> None:
    *_rows, said = read(TABLE.removesuffix("\n").encode(encoding))
    assert str(said).startswith("Line 2: the last line is cut off")


@pytest.mark.parametrize("start", ["", "\ufeff", "\n "])
def test_json_says_itself_where_it_ends(start: str) -> None:
    assert text_of(f'{start}{{"a": 1}}'.encode()).strip() == '{"a": 1}'


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u200d", "\u2060", "\ufeff", "\u3164", "\ufe0f", "\U000e0041"])
def test_what_cannot_be_seen_is_left_out(sign: str) -> None:
    assert read(f"name;homes\nÅ{sign}gade;{sign}7\n".encode()) == [{"name": "Ågade", "homes": "7"}]


def test_every_blank_is_an_ordinary_one_and_letters_are_composed() -> None:
    (row,) = text_lines(["A\u030agade\u00a07\u2009B\n".encode()])
    assert row == Line(1, "Ågade 7 B")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "name is missing"),
        (" .", "name is missing"),
        ("A" * 6, "name is longer than 5 characters"),
        ("A\u202e", "name holds a hidden character; write it again"),
        ("AAAAA", ""),
    ],
)
def test_a_text_is_checked_for_one_fault_at_a_time(text: str, words: str) -> None:
    said = ""
    try:
        check_text("name", text, 5)
    except ValueError as error:
        said = str(error)
    assert said == words


def test_numbers_have_a_point_or_a_comma_and_nothing_else() -> None:
    assert (number("-1.5"), number("1,5"), whole("007", 7)) == (-1.5, 1.5, 7)
    for text in ("nan", "1e9", "", " 1", "١"):
        with pytest.raises(ValueError, match=f"^{text}$"):
            number(text)
    for text in ("8", "-1", "1.0", "٧"):
        with pytest.raises(ValueError, match=f"^{text}$"):
            whole(text, 7)


def test_a_hidden_character_stays_to_be_refused() -> None:
    assert tables.visible("Å\u00adgade") == "Ågade"
    assert tables.visible("Å\u202egade") == "Å\u202egade"
