"""Address files are read line by line."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from geography.utm import to_degrees
from partnership.fields.lines import LineError
from partnership.places.readers.addresses import COLUMNS, AddressRow, EndedRow, read
from partnership.places.readers.dar_points import house_points

DATA = Path(__file__).parents[4] / "shared" / "data" / "addresses"
HEADER = ";".join(COLUMNS).encode()
GOOD = b"r1;Eksempelvej;7;;8900;Randers C;56.46;10.03;8182"


def dar(adressebetegnelse: object = "Eksempelvej 7, 2. th, 8900 Randers C", **changes: object) -> bytes:
    floor, door = ("2", "th") if "2. th" in str(adressebetegnelse) else ("", "")
    record = {
        "id": "a1", "registreringtil": None, "virkningtil": None, "status": "3",
        "adressebetegnelse": adressebetegnelse,
        "dørbetegnelse": door, "etagebetegnelse": floor, "husnummer_id": "h1",
    }  # fmt: skip
    return json.dumps(record | changes).encode()


def without(name: str, new_name: str = "") -> bytes:
    """Return an address of DAR whose field is missing, or has another name."""
    record = json.loads(dar())
    value = record.pop(name)
    return json.dumps(record | ({new_name: value} if new_name else {})).encode()


def only(lines: list[bytes], **more: object) -> AddressRow | LineError:
    (one,) = read(lines, **more)
    return one


def test_an_address_of_dar_is_taken_apart() -> None:
    assert only([dar()]) == AddressRow(1, "a1", "Eksempelvej", "7", "2. th", "8900", "Randers C")


@pytest.mark.parametrize(
    ("words", "street", "number"),
    [
        ("Østre Stationsvej 41N, 8900 Randers C", "Østre Stationsvej", "41N"),
        ("H C Andersens Vej 2, 8900 Randers C", "H C Andersens Vej", "2"),
        ("Vej 3 12, 8900 Randers C", "Vej 3", "12"),
    ],
)
def test_streets_and_numbers_come_apart(words: str, street: str, number: str) -> None:
    row = only([dar(adressebetegnelse=words, etagebetegnelse="", dørbetegnelse="")])
    assert (row.street, row.number, row.floor_door) == (street, number, "")


def test_a_village_between_the_door_and_the_town_is_no_door() -> None:
    row = only([dar(adressebetegnelse="Eksempelvej 7, Enslev, 8983 Gjerlev J", etagebetegnelse="", dørbetegnelse="")])
    assert (row.floor_door, row.postcode, row.town) == ("", "8983", "Gjerlev J")


@pytest.mark.parametrize("ended", [{"registreringtil": "2020-01-01"}, {"virkningtil": "2014-01-01"}, {"status": "4"}])
def test_what_dar_keeps_as_history_is_passed_over(ended: dict) -> None:
    assert list(read([dar(**ended)])) == [EndedRow("a1")]
    assert list(read([dar(**ended), dar()])) == [replace(only([dar()]), line=2)]
    assert list(read([dar(), dar(**ended)])) == [only([dar()])]


@pytest.mark.parametrize(
    ("floor", "door", "words"),
    [
        ("2", "", "Eksempelvej 7, 2. th, 8900 Randers C"),
        ("", "", "Eksempelvej 7, 2. th, 8900 Randers C"),
        ("", "th", "Eksempelvej 7, 2. th, 8900 Randers C"),
        ("", "", "Eksempelvej 7, st., 8900 Randers C"),
        ("", "", "Eksempelvej 7, kl2. 4, Enslev, 8983 Gjerlev J"),
        ("1", "th", "Eksempelvej 7, 2. th, 8900 Randers C"),
        ("2", "th", "Eksempelvej 7, 8900 Randers C"),
        (0, 12, "Eksempelvej 7, 2. th, 8900 Randers C"),
        ([2], {"a": 1}, "Eksempelvej 7, 2. th, 8900 Randers C"),
        (2.0, "th", "Eksempelvej 7, 2. th, 8900 Randers C"),
    ],
)
def test_a_door_that_the_address_does_not_say_is_a_bad_line(floor: object, door: object, words: str) -> None:
    one = only([dar(words, etagebetegnelse=floor, dørbetegnelse=door)])
    assert isinstance(one, LineError)
    assert "floor and door are" in str(one)


@pytest.mark.parametrize(
    ("floor", "door", "words", "read_as"),
    [
        ("ST", "TV", "Eksempelvej 7, st. tv, 8900 Randers C", "ST. TV"),
        ("st", "mf", "Eksempelvej 7, st. mf, Enslev, 8983 Gjerlev J", "st. mf"),
        ("1", "", "Eksempelvej 7, 1., 8900 Randers C", "1."),
        (2, 12, "Eksempelvej 7, 2. 12, 8900 Randers C", "2. 12"),
    ],
)
def test_a_door_that_the_address_says_too_is_read(floor: object, door: object, words: str, read_as: str) -> None:
    one = only([dar(words, etagebetegnelse=floor, dørbetegnelse=door)])
    assert isinstance(one, AddressRow)
    assert one.floor_door == read_as


@pytest.mark.parametrize(
    ("name", "new_name"),
    [
        ("dørbetegnelse", "doerbetegnelse"), ("etagebetegnelse", "etage"), ("husnummer_id", "husnummer"),
        ("adressebetegnelse", "betegnelse"), ("dørbetegnelse", ""),
    ],
)  # fmt: skip
def test_a_field_with_another_name_is_no_field_of_dar(name: str, new_name: str) -> None:
    one = only([without(name, new_name)])
    assert isinstance(one, LineError)
    assert f"the record has no {name}" in str(one)


@pytest.mark.parametrize(
    "line", [b"{broken", b"{\xff}", b"[1]", dar(adressebetegnelse="Nowhere"), dar(adressebetegnelse=None), dar(id="")]
)
def test_a_bad_line_is_told_by_its_number(line: bytes) -> None:
    first, second = read([dar(id="ok"), line])
    assert isinstance(first, AddressRow)
    assert isinstance(second, LineError)
    assert second.line == 2


def test_an_identifier_twice_is_told_with_both_lines() -> None:
    *_one, again = read([dar(), dar()])
    assert isinstance(again, LineError)
    assert "line 1" in str(again)
    assert str(again).startswith("Line 2")


def test_our_own_csv_is_read_with_mark_remarks_and_empty_lines() -> None:
    row = only([b"\xef\xbb\xbf# remark\n", HEADER + b"\r\n", b"\n", GOOD + b"\r\n"])
    assert row == AddressRow(4, "r1", "Eksempelvej", "7", "", "8900", "Randers C", 56.46, 10.03, "8182")


@pytest.mark.parametrize(
    "line",
    [
        b"r1;Eksempelvej;7;;8900;Randers C;56.46;10.03",
        b"r1;;7;;8900;Randers C;56.46;10.03;8182",
        b"r1;Eksempelvej;7;;8900;Randers C;north;10.03;8182",
        b"r1;Eksempelvej;7;;8900;Randers C;156.46;10.03;8182",
        b"r1;Eksempelvej;7;;8900;Randers C;56.46;;8182",
        b"r1;" + b"x" * 81 + b";7;;8900;Randers C;;;8182",
        b"r1;Eks\0empelvej;7;;8900;Randers C;;;8182",
        "r1;Prøvevej;7;;8900;Randers C;;;8182".encode("latin-1"),
    ],
)
def test_a_bad_line_of_csv_is_told_by_its_number(line: bytes) -> None:
    assert only([HEADER, line + b"\n"]).line == 2


def test_a_line_without_its_end_is_an_error_whatever_is_left_of_it() -> None:
    *_row, error = read([HEADER + b"\n", GOOD.removesuffix(b"182")])
    assert isinstance(error, LineError)
    assert str(error).startswith("Line 2: the last line is cut off")


def test_what_cannot_be_seen_is_not_stored() -> None:
    seen = only([HEADER + b"\n", GOOD + b"\n"])
    unseen = ("\u00ad", "\u200b", "\u200d", "\u2060", "\ufeff", "\u3164", "\ufe0f")
    csv = "".join(unseen).join(GOOD.decode().partition("sempel"))
    assert only([HEADER + b"\n", csv.encode() + b"\n"]) == seen
    in_json = only([dar(adressebetegnelse="Eksem\u00adpelvej 7,\u00a02. th, 8900\u00a0Randers C")])
    assert in_json == only([dar()])
    assert only([HEADER + b"\n", GOOD.replace(b";8900;", ";392\u00a031;".encode()) + b"\n"]).postcode == "39231"


def test_other_columns_and_an_empty_file_are_refused() -> None:
    assert "columns" in only([b"a;b;c"]).reason
    assert "empty" in only([]).reason


def test_an_area_can_be_given_for_lines_that_name_none() -> None:
    assert only([dar()], area_code="8182").area_code == "8182"


def test_utm_becomes_degrees() -> None:
    assert to_degrees(500_000, 0) == pytest.approx((9, 0))
    # The zone's own definition: the scale on the central meridian is 0.9996 of the meridian's length to 45 degrees.
    assert to_degrees(500_000, 4_984_944.378 * 0.9996)[1] == pytest.approx(45, abs=1e-6)


def test_house_numbers_lead_to_points() -> None:
    house = json.dumps({"id": "h1", "adgangspunkt_id": "p1", "registreringtil": None, "virkningtil": None}).encode()
    past = json.dumps({"id": "h2", "adgangspunkt_id": "p1", "registreringtil": "2020", "virkningtil": None}).encode()
    point = json.dumps({"id": "p1", "position": "POINT (565974.32 6218402)"}).encode()
    empty = json.dumps({"id": "p2", "position": "POINT EMPTY"}).encode()
    found = house_points([house, past, b"broken"], [point, empty])
    assert found == {"h1": pytest.approx((10.060759, 56.10616), abs=1e-5)}
    assert only([dar()], points=found).latitude == pytest.approx(56.10616, abs=1e-5)


@pytest.mark.skipif(not DATA.exists(), reason="the reference data is not here")
def test_a_real_extract_is_read_without_an_error() -> None:
    with (DATA / "dar10" / "Adresse_first200.ndjson").open("rb") as lines:
        found = list(read(lines))
    assert not [one for one in found if isinstance(one, LineError)]
    assert 150 < len(found) < 200
    assert any(row.street == "Ridehusgade" and row.floor_door == "2. th" for row in found)
    assert any(row.street == "Holmens Kanal" and row.floor_door == "kl." for row in found)


@pytest.mark.skipif(not DATA.exists(), reason="the reference data is not here")
def test_utm_agrees_with_the_official_conversion() -> None:
    said = json.loads((DATA / "api_response_samples" / "adgangsadresse_geojson.json").read_text("utf-8"))["properties"]
    longitude, latitude = to_degrees(said["etrs89koordinat_øst"], said["etrs89koordinat_nord"])
    assert longitude == pytest.approx(said["wgs84koordinat_længde"], abs=1e-6)
    assert latitude == pytest.approx(said["wgs84koordinat_bredde"], abs=1e-6)


SPOILT = [
    "01-feb", "02-mar", "1-Feb", "01-maj", "12-okt", "feb-12", "02-mar-2026", "02-03-2026", "2026-03-02",
    "02/03/2026", "02.03.26", "2026-03-02 00:00:00", "1,2E+05", "1.20E+05", "8E3", "########", "#NAVN?", "#VALUE!",
]  # fmt: skip


@pytest.mark.parametrize("text", SPOILT)
@pytest.mark.parametrize("column", ["street", "number", "floor_door", "town"])
def test_what_a_spreadsheet_has_made_of_a_cell_is_refused_with_its_line_and_what_to_do(column: str, text: str) -> None:
    cells = dict(zip(COLUMNS, GOOD.decode().split(";"), strict=True)) | {column: text}
    one = only([HEADER + b"\n", ";".join(f'"{cell}"' for cell in cells.values()).encode() + b"\n"])
    assert isinstance(one, LineError)
    assert one.line == 2
    assert repr(text) in one.reason
    assert "every column as text" in one.reason


@pytest.mark.parametrize(
    "street, floor",
    [("4. Maj Vej", "2. th"), ("1. Maj Plads", "2-3"), ("Vej 3", "st. 12"), ("Marsvej", "1. mf"), ("E4", "10. 3")],
)
def test_what_only_looks_a_little_like_that_is_an_address(street: str, floor: str) -> None:
    cells = dict(zip(COLUMNS, GOOD.decode().split(";"), strict=True)) | {"street": street, "floor_door": floor}
    one = only([HEADER + b"\n", ";".join(cells.values()).encode() + b"\n"])
    assert isinstance(one, AddressRow)
    assert (one.street, one.floor_door) == (street, floor)
