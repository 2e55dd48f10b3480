"""Files of helpers as people save them, and as programs spoil them."""

import csv
import io

import pytest
from django.utils import translation

from neighbours.lists import writing
from neighbours.lists.checking import Checked, Faulty, check
from neighbours.lists.columns import COLUMNS, column_called, meant
from neighbours.lists.doors import MOST_UNKNOWN, find_doors
from neighbours.lists.reading import MOST_BYTES, MOST_LINES, MOST_ROWS, read
from neighbours.models import HelperList
from neighbours.tests import builders as make
from neighbours.tests.list_files import HEAD, LISTS, POUL, VERA, a_file, brought, sent
from partnership.refusals import Refused
from partnership.tests.cast import visit

ANE = "Åse Ærøskøbing;aase@randers.example;;Eksempelvej 12;8900;Møde;12-11-2026;på papir"
ENGLISH = "Name;Email;Telephone;Road and number;Postcode;Source;Said yes on;Said yes how"
SWEDISH = "Namn;E-post;Telefon;Gata och nummer;Postnummer;Källa;Sade ja den;Sade ja hur"


def names(data: bytes) -> list[str]:
    return [line["cells"]["name"] for line in read(data).lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_every_way_in_which_a_spreadsheet_saves_a_table(encoding, separator):
    lines = [line.replace(";", separator) for line in (HEAD, ANE, POUL)]
    assert names(a_file(*lines[1:], head=lines[0], encoding=encoding)) == ["Åse Ærøskøbing", "Poul Papir"]


def test_empty_lines_that_a_spreadsheet_adds_below_do_not_count():
    assert names(a_file(VERA, *[";;;;;;;"] * 15_000, POUL)) == ["Vera Vestergaard", "Poul Papir"]


@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"])
def test_every_end_of_a_line_and_none_after_the_last(ends):
    assert names(ends.join([HEAD, VERA, POUL]).encode()) == ["Vera Vestergaard", "Poul Papir"]


@pytest.mark.parametrize("head", [HEAD, SWEDISH, ENGLISH, ENGLISH.upper(), SWEDISH.replace(" ", "_")])
def test_the_columns_have_names_in_each_language_whatever_the_readers(head):
    with translation.override("sv"):
        assert names(a_file(VERA, head=head)) == ["Vera Vestergaard"]


def test_the_columns_may_stand_in_any_order_with_others_between_them():
    order = [7, 0, 3, 4, 5, 6, 1]
    head = ";".join(HEAD.split(";")[number] for number in order) + ";Hund"
    line = ";".join(VERA.split(";")[number] for number in order) + ";Fido"
    table = read(a_file(line, head=head))
    assert table.ignored == ["Hund"]
    assert "Fido" not in str(table.lines)
    assert table.lines[0]["cells"]["email"] == "vera@randers.example"


def test_quotation_marks_empty_lines_and_remarks():
    quoted = VERA.replace("Eksempelvej 12", '"Eksempelvej 12; 1. tv"')
    table = read(a_file("sep=;", "", ";;;;;;;", "# En bemærkning", quoted))
    assert [(line["n"], line["cells"]["address"]) for line in table.lines] == [(6, "Eksempelvej 12; 1. tv")]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty"),
        (b"\r\n\r\n", "The file is empty"),
        (a_file(), "There are no helpers in the file"),
        (b"PK\x03\x04 xlsx", "an Excel workbook. Save or fetch the table as “CSV UTF-8”"),
        (b"\xd0\xcf\x11\xe0 xls", "an Excel workbook"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"<html></html>\n", "a web page"),
        (a_file("Vera", head="Navn"), "These columns are missing in the first line: Road and number, Postcode"),
        (a_file(VERA, head=f"{HEAD};Navn"), "Two columns are the same: Navn, Navn"),
        (a_file(VERA, head=HEAD.replace("Navn", '"Navn')), "a quotation mark is not closed"),
        (a_file(*[VERA] * (MOST_ROWS + 1)), "2,001 lines in the file"),
        (b"x" * (MOST_BYTES + 1), "The file is too large"),
        (a_file(VERA) + b"\n" * (MOST_LINES + 1), "lines in the file, and at most 2,000 fit"),
    ],
)
def test_another_file_is_refused_with_what_to_do(data, said):
    with translation.override("en"), pytest.raises(Refused) as refused:
        read(data)
    assert said in refused.value.message.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (VERA.replace("Vera", "VerÃ¦"), "letters are broken"),
        (VERA.replace("Vera", "Ve\u202era"), "a hidden character"),
        (VERA.replace("Vera", 'Ve"ra'), "a quotation mark is not closed"),
        (f"{VERA};;;x", "columns where there should be"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_apart_from_the_others(line, said):
    with translation.override("en"):
        broken, fine = read(a_file(line, POUL)).lines
    assert said in broken["said"]
    assert fine["cells"]["name"] == "Poul Papir"


@pytest.fixture
def here(cast):
    for number in ("12", "14"):
        make.home(cast.vorup, number)
    make.home(cast.vorup, "16", floor_door="1. tv")
    make.home(cast.vorup, "16", floor_door="1. th")
    return cast.randers


def checked(here, *lines: str, head: str = HEAD, language: str = "en") -> Checked:
    table = read(a_file(*lines, head=head))
    find_doors(here, table.lines)
    with translation.override(language):
        return check(here, table.lines)


WRONG = [
    (("Vera Vestergaard", ""), "Name is missing"),
    (("Vera Vestergaard", "=HYPERLINK(1)"), "Name: Begin with a letter or a number."),
    (("Vera Vestergaard", "Vera 12 34 56 78"), "Name: Enter the name only, without a number."),
    (("vera@randers.example", "vera@@randers.example"), "Email address: An email address has only one @"),
    (("vera@randers.example;", "vera@randers.example;4,51235E+09"), "is what a spreadsheet makes of another text"),
    (("vera@randers.example;", "vera@randers.example;123"), "Telephone: Enter a telephone number"),
    (("vera@randers.example;", "vera@randers.example;010170-1234"), "Leave out the personal number"),
    (("Eksempelvej 12", "Eksempelvej"), "The house number is missing"),
    (("Eksempelvej 12", "Eksempelvej 99"), "but not this house number. Nearest: Eksempelvej"),
    (("Eksempelvej 12", "Eksempelvej 16"), "several homes at this number"),
    (("Eksempelvej 12", "Ukendtvej 1"), "We do not know this street in this postcode. Is it right?"),
    (("8900", "1000"), "Nearest: Eksempelvej"),
    (("Møde i hallen 12. november", ""), "Source is missing"),
    (("Møde i hallen 12. november", "se evil.dk"), "Source: Enter it without a web address."),
    (("12-11-2026", ""), "Said yes on: Write the day"),
    (("12-11-2026", "i går"), "Said yes on: Write the day"),
    (("12-11-2026", "12-11-2126"), "The day has not come yet."),
    (("12-11-2026", "12-11-1926"), "The day is too long ago."),
    (("på papir", "telepatisk"), "Said yes how: Write one of these: on paper, by telephone, in person, by email."),
    (("på papir", ""), "Said yes how: Write one of these"),
]


@pytest.mark.parametrize(("change", "said"), WRONG)
def test_what_is_wrong_in_a_line_is_said_with_the_column(here, change, said):
    line = VERA.replace(*change, 1)
    assert line != VERA
    found = checked(here, line, POUL)
    assert [one.number for one in found.faulty] == [2]
    reasons = " ".join(found.faulty[0].reasons)
    assert said in reasons
    assert [one.name for one in found.fit] == ["Poul Papir"]


@pytest.mark.parametrize("language", ["da", "sv"])
def test_what_is_wrong_is_said_in_the_readers_language(here, language):
    for change, english in WRONG:
        found = checked(here, VERA.replace(*change, 1), language=language)
        assert english not in " ".join(found.faulty[0].reasons)


@pytest.mark.parametrize(
    "written", ["Vera@Randers.EXAMPLE", "Vera Vestergaard <vera@randers.example>", "vera@randers.example,"]
)
def test_a_mailbox_and_a_number_are_read_as_in_every_form(here, written):
    line = VERA.replace("vera@randers.example;", f'"{written}";"Tlf.: +45 12 34 56 78."')
    (vera,) = checked(here, line).fit
    assert (vera.email, vera.phone) == ("vera@randers.example", "+45 12 34 56 78")


def test_what_is_meant_by_the_words_of_each_language(here):
    head = f"{HEAD};Sprog;Medlem før;Hørt om det;Beskyttet"
    found = checked(here, f"{VERA};svenska;ja;granne;nej", f"{POUL};engelsk;nej;kommunen;x", head=head)
    vera, poul = found.fit
    assert (vera.language, vera.was_helper, vera.heard_from, vera.is_protected) == ("sv", True, "neighbour", False)
    assert (poul.language, poul.was_helper, poul.heard_from, poul.is_protected) == ("en", False, "authority", True)


def test_every_word_that_we_print_ourselves_is_read_again():
    for language in ("da", "sv", "en"):
        with translation.override(language):
            head, example = list(writing.sample())
        assert [column_called(title) for title in head] == [column.name for column in COLUMNS]
        cells = dict(zip((column.name for column in COLUMNS), example, strict=True))
        for name in ("language", "was_helper", "heard_from", "is_protected", "said_how"):
            assert meant(name, cells[name]) is not None, (language, name, cells[name])


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_the_sample_is_read_as_a_list_without_helpers(cast, language):
    answer = visit(cast.karen).get(f"/{language}/staff/helpers/import/sample.csv")
    assert answer["Content-Type"].startswith("text/csv")
    with translation.override("en"), pytest.raises(Refused) as refused:
        read(answer.content)
    assert "no helpers" in refused.value.message
    assert no_formulas(answer.content)


def no_formulas(data: bytes) -> bool:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    return not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)


def test_lines_that_cannot_be_added_are_downloaded_corrected_and_read_again(cast, here):
    line = POUL.replace("12 34 56 78", "+45 12 34 56 78").replace("Eksempelvej 14", "Eksempelvej 144")
    evil = "=HYPERLINK(A1);+x@randers.example;-1;@x;8900;=cmd;12-11-2026;på papir"
    found = brought(cast.karen, a_file(VERA, line, evil))
    answer = visit(cast.karen).get(f"{LISTS}{found.pk}/not-added.csv")
    assert no_formulas(answer.content)
    assert "no-store" in answer["Cache-Control"]
    again = read(answer.content.replace(b"Eksempelvej 144", b"Eksempelvej 14"))
    assert [one["cells"]["name"] for one in again.lines] == ["Poul Papir", "=HYPERLINK(A1)"]
    find_doors(here, again.lines)
    assert [one.phone for one in check(here, again.lines).fit] == ["+45 12 34 56 78"]


def test_a_reason_is_no_formula_either():
    rows = writing.faulty(Checked(faulty=[Faulty(2, ["=1"], {"source": "@x"})]))
    assert not any(cell.startswith(("=", "@")) for row in rows for cell in row)


def test_a_file_of_another_town_is_refused_as_a_whole(cast, here):
    lines = [VERA.replace("Eksempelvej 12", f"Ukendtvej {number}") for number in range(1, MOST_UNKNOWN + 10)]
    with translation.override("en"), pytest.raises(Refused) as refused:
        brought(cast.karen, a_file(*lines))
    assert "Several hundred" in refused.value.message
    assert not HelperList.objects.exists()


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"PK\x03\x04", "medlemmer.xlsx", "Gem eller hent tabellen som"),
        (b"", "tom.csv", "Filen er tom"),
        (a_file(VERA), "0101701234.csv", "uden CPR-nummer"),
    ],
)
def test_staff_read_at_the_field_why_a_file_is_refused(cast, data, name, said):
    answer = visit(cast.karen).post(LISTS, sent(data, name))
    assert answer.status_code == 400
    assert said in answer.content.decode()


def test_no_file_at_all_is_said(cast):
    answer = visit(cast.karen).post(LISTS, {"submission": "x"})
    assert answer.status_code == 400
    assert "Vælg en fil" in answer.content.decode()
