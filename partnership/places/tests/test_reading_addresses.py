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


def dar(**changes: object) -> bytes:
    record = {
        "id": "a1", "registreringtil": None, "virkningtil": None, "status": "3",
        "adressebetegnelse": "Eksempelvej 7, 2. th, 8900 Randers C",
        "dørbetegnelse": "th", "etagebetegnelse": "2", "husnummer_id": "h1",
    }  # fmt: skip
    return json.dumps(record | changes).encode()


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
