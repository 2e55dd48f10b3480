"""Local areas from files, and points in polygons."""

import json
import math
from pathlib import Path

import pytest

from geography.shapes import Shape
from partnership.places.naming import place_slug
from partnership.places.readers.areas import read_csv, read_geojson
from partnership.tests.costs import seconds

DATA = Path(__file__).parents[4] / "shared" / "data" / "geo"
SQUARE = [[10.0, 56.0], [11.0, 56.0], [11.0, 57.0], [10.0, 57.0], [10.0, 56.0]]
# A parish bent around its neighbour: the centre of gravity lies outside it.
HORSESHOE = [[0, 0], [6, 0], [6, 6], [4, 6], [4, 2], [2, 2], [2, 6], [0, 6], [0, 0]]


HEADER = b"code;name;slug;latitude;longitude;homes;homes_made_up"


def feature(code: str = "8182", name: str = "Sankt Peders", ring: list = SQUARE, **geometry: object) -> dict:
    outline = {"type": "Polygon", "coordinates": [ring]} | geometry
    return {"type": "Feature", "properties": {"SOGNEKODE": code, "SOGNENAVN": name}, "geometry": outline}


def collection(*features: dict) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def test_a_parish_is_read_with_a_point_inside_it() -> None:
    (row,) = read_geojson(collection(feature())).rows
    assert (row.code, row.name, row.slug) == ("8182", "Sankt Peders", "sankt-peders")
    assert Shape(row.boundary).holds(row.longitude, row.latitude)


def test_the_point_is_inside_even_where_the_middle_is_not() -> None:
    shape = Shape({"type": "Polygon", "coordinates": [HORSESHOE]})
    assert not shape.holds(3, 4)
    assert shape.holds(*shape.point_inside())


def test_a_hole_is_outside() -> None:
    hole = [[10.4, 56.4], [10.6, 56.4], [10.6, 56.6], [10.4, 56.6], [10.4, 56.4]]
    shape = Shape({"type": "Polygon", "coordinates": [SQUARE, hole]})
    assert shape.holds(10.2, 56.5)
    assert not shape.holds(10.5, 56.5)
    assert not shape.holds(9, 56.5)


def test_a_point_on_the_border_of_two_is_in_exactly_one() -> None:
    east = [[x + 1, y] for x, y in SQUARE]
    shapes = [Shape({"type": "Polygon", "coordinates": [ring]}) for ring in (SQUARE, east)]
    assert sum(shape.holds(11.0, 56.5) for shape in shapes) == 1


@pytest.mark.parametrize(
    "bad",
    [
        feature(code=""),
        feature(name=""),
        feature(ring=SQUARE[:-1]),
        feature(ring=[[565974, 6218402], [565975, 6218402], [565975, 6218403], [565974, 6218402]]),
        feature(type="Point"),
        feature(ring=[["x", "y"], [1, 2], [3, 4], ["x", "y"]]),
        feature(code="12345678901"),
        {"type": "Feature", "properties": None, "geometry": None},
    ],
)
def test_a_bad_feature_is_told_by_its_number(bad: dict) -> None:
    reading = read_geojson(collection(feature(code="1"), bad))
    assert [error.line for error in reading.errors] == [2]


def test_a_code_twice_is_an_error_that_says_where_it_stood() -> None:
    (error,) = read_geojson(collection(feature(), feature())).errors
    assert str(error) == "Feature 2: the code 8182 stood in feature 1 already"
    (error,) = read_csv(b"\n".join([HEADER, b"K01;Malmen;;56.6;16.3;;", b"K01;Berga;;56.6;16.3;;", b""])).errors
    assert str(error) == "Line 3: the code K01 stood in line 2 already"


BOWTIE = [[10, 56], [11, 57], [11, 56], [10, 57], [10, 56]]
ROUND_TWICE = [[10, 56], [11, 56], [11, 57], [10.2, 57], [10.2, 55.9], [10.1, 55.9], [10.1, 57], [10, 57], [10, 56]]


@pytest.mark.parametrize("ring", [BOWTIE, ROUND_TWICE])
def test_an_outline_that_crosses_itself_is_refused_with_its_number(ring: list) -> None:
    (error,) = read_geojson(collection(feature(code="1", name="Ost"), feature(ring=ring))).errors
    assert str(error).startswith("Feature 2: the outline crosses itself near 5")


def test_an_outline_whose_parts_touch_in_a_point_does_not_cross_itself() -> None:
    east = [[x + 1, y + 1] for x, y in SQUARE]
    eight = [[10, 56], [10.5, 56.5], [11, 56], [11, 57], [10.5, 56.5], [10, 57], [10, 56]]
    for outline in ({"type": "MultiPolygon", "coordinates": [[SQUARE], [east]]}, {"coordinates": [eight]}):
        assert read_geojson(collection(feature(**outline))).errors == []


def test_an_outline_of_thousands_of_points_is_looked_through_in_proportion() -> None:
    def circle(points: int) -> dict:
        turns = [2 * math.pi * point / points for point in range(points)]
        ring = [[10 + math.cos(turn) / 9, 56 + math.sin(turn) / 9] for turn in turns]
        return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}

    few, many = (Shape(circle(points)) for points in (2_000, 20_000))
    assert few.crosses_itself() is many.crosses_itself() is None
    assert seconds(many.crosses_itself) < 30 * seconds(few.crosses_itself)


@pytest.mark.parametrize("name", ["____", "--- 1", "\u3164", "\u200b\u2060", "12", "\u2800"])
def test_a_name_of_nothing_that_can_be_read_is_refused_with_its_line(name: str) -> None:
    line = f"K01;{name};malmen;56.6;16.3;;".encode()
    (error,) = read_csv(b"\n".join([HEADER, line, b""])).errors
    assert str(error).startswith("Line 2: ")
    assert [one.line for one in read_geojson(collection(feature(code="1"), feature(name=name))).errors] == [2]


@pytest.mark.parametrize("name", ["Malmen", "MALMEN", " malmen "])
def test_a_name_twice_is_an_error_that_says_where_it_stood(name: str) -> None:
    lines = [HEADER, b"K01;Malmen;;56.6;16.3;;", f"K02;{name};other;56.6;16.3;;".encode(), b""]
    (error,) = read_csv(b"\n".join(lines)).errors
    assert str(error).startswith("Line 3: the name ")
    assert "stood in line 2 already" in str(error)
    (error,) = read_geojson(collection(feature(code="1"), feature(code="2"))).errors
    assert "stood in feature 1 already" in str(error)


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b"[]", b"code;name"])
def test_what_is_no_geojson_is_said_to_be_none(data: bytes) -> None:
    reading = read_geojson(data)
    assert reading.errors
    assert not reading.rows


def test_danish_and_swedish_letters_are_spelt_out_in_addresses_of_pages() -> None:
    assert place_slug("Øster Tørslev") == "oester-toerslev"
    assert place_slug("Påryd") == "paaryd"
    assert place_slug("Läckeby") == "laeckeby"


def test_our_own_csv_tells_bad_lines_by_number() -> None:
    header = "code;name;slug;latitude;longitude;homes;homes_made_up"
    lines = ["# remark", header, "K01;Malmen;;56.6;16.3;10;yes", "K02;Berga;;x;16.3;;", "K01;A;;1;1;;"]
    reading = read_csv("".join(f"{line}\n" for line in lines).encode())
    assert [row.slug for row in reading.rows] == ["malmen"]
    assert [error.line for error in reading.errors] == [4, 5]


@pytest.mark.skipif(not DATA.exists(), reason="the reference data is not here")
def test_the_54_parishes_of_randers_are_read() -> None:
    reading = read_geojson((DATA / "randers_sogne.geojson").read_bytes())
    assert len(reading.rows) == 54
    assert not reading.errors


def test_a_name_that_a_spreadsheet_would_work_out_is_refused_with_its_line() -> None:
    read = read_csv(b"code,name,slug,latitude,longitude,homes,homes_made_up\n1,=1+1,x,56.4,10.0,,\n")
    assert read.rows == []
    assert [(error.line, "begin with a letter" in str(error)) for error in read.errors] == [(2, True)]
