"""What cannot be true here is refused by line, and nothing except a refusal leaves a reader or a command."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from partnership.fields.lines import LineError
from partnership.places.models import Address, Area
from partnership.places.profiles import FOLDER, areas_file, profile_file
from partnership.places.readers.addresses import COLUMNS, read
from partnership.places.readers.areas import COLUMNS as AREA_COLUMNS
from partnership.places.readers.areas import read_areas
from partnership.places.readers.dar_points import house_points
from partnership.places.tests.test_reading_addresses import dar
from partnership.places.tests.test_reading_areas import collection, feature
from partnership.tests.mutating import spoiled

PARISHES = areas_file(profile_file("randers"))
SQUARE = [[10.1, 56.4], [10.2, 56.4], [10.2, 56.5], [10.1, 56.5], [10.1, 56.4]]


def said_of(command: str, data: bytes, folder: Path, where: str = "randers", **options: object) -> str:
    """Return what a command says to a file, refused or not."""
    (folder / "file.txt").write_bytes(data)
    out = io.StringIO()
    try:
        call_command(command, folder / "file.txt", partnership=where, stdout=out, stderr=out, **options)
    except CommandError as refusal:
        out.write(f"REFUSED {refusal}")
    return out.getvalue()


def area(**cells: str) -> bytes:
    row = dict(zip(AREA_COLUMNS, ["8182", "Sankt Peders", "", "56.46", "10.03", "900", ""], strict=True)) | cells
    return ";".join(AREA_COLUMNS).encode() + b"\n" + ";".join(row.values()).encode() + b"\n"


def address(**cells: str) -> bytes:
    row = ["r1", "Eksempelvej", "7", "", "8900", "Randers C", "56.46", "10.03", "8182"]
    lines = COLUMNS, (dict(zip(COLUMNS, row, strict=True)) | cells).values()
    return "".join(";".join(line) + "\n" for line in lines).encode()


@pytest.fixture
def randers(db: None) -> None:
    call_command("load_partnership", "randers", stdout=io.StringIO())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (area(latitude="10.03", longitude="56.46"), "The two are swapped"),
        (area(latitude="0", longitude="0"), "is not near Randers Kommune"),
        (area(latitude="56.66", longitude="16.36"), "is not near Randers Kommune"),
        (area(latitude="564000", longitude="103000"), "Line 2: latitude and longitude must be degrees"),
        (area(latitude="nan", longitude="inf"), "Line 2: latitude and longitude must be degrees"),
        (area(homes="99999999999"), "Line 2: '99999999999' is no number of homes"),
        (area(homes="500001"), "write a whole number up to 500000"),
        (area(homes="-5"), "Line 2: '-5' is no number of homes"),
        (area(homes="ukendt"), "Line 2: 'ukendt' is no number of homes"),
        (area(homes_made_up="ja"), "Line 2: homes_made_up must be yes or no"),
        (area(name="!"), "Line 2: name is missing"),
        (area(name="Ø" * 60), "Line 2: slug is longer than 80 characters"),
        (area(name="Ø" * 81, slug="o"), "Line 2: name is longer than 80 characters"),
        (area(homes_made_up="yes")[:-4], "Line 2: the last line is cut off"),
        (area(latitude="0", longitude="0"), "Line 2: Sankt Peders (8182): "),
        (area(code="X1", name="Ny") + area(code="X2", name="Ny!").splitlines()[1] + b"\n", "Line 3: Ny! (X2) and "),
        (area(code="X1", name="SANKT PEDERS", slug="x1"), "REFUSED Line 2: SANKT PEDERS (X1) has the same name"),
        (area(name="____", slug="x1"), "Line 2: '____' is no name: write one with letters"),
        (area(name="mar-12"), "Line 2: 'mar-12' in name is what a spreadsheet makes of another text"),
        (collection(feature(), feature("8183", ring=[[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]])), "Feature 2: "),
        (b'"code;name\nVorup;1\n', "REFUSED Line 1: a quotation mark is not closed\nNothing"),
        (area(slug="Sankt Peders"), "is no name for a web address"),
        (area(name="Sankt\0Peders"), "Line 2: the line holds a hidden character"),
        (area().splitlines()[0] + b"\n", "There are no areas in the file"),
        (b"", "The file is empty"),
        (b"navn;kode\nVorup;1\n", "The columns must be code;name"),
        (b'{"features": null}', "This is not a GeoJSON FeatureCollection"),
        (b'{"features": []}', "There are no areas"),
        (b"[" * 90_000, "This is not a GeoJSON FeatureCollection"),
        (b'{"features": [7, null]}', "Feature 1: it needs properties and a geometry"),
        (collection(feature(ring=[[y, x] for x, y in SQUARE])), "The two are swapped"),
        (collection(feature(ring=[*SQUARE[:3], [0, 57], SQUARE[0]])), "is not near Randers"),
        (collection(feature(ring=[])), "Feature 1: the outline is not closed"),
        (collection(feature(type="MultiPolygon", coordinates=[[]])), "Feature 1: the outline is empty"),
        (collection(feature(ring=[SQUARE[0]] * 4)), "Feature 1: the outline encloses nothing"),
        (collection(feature(ring=[{"x": 1}])), "is not a point of two numbers"),
        (collection(feature(ring=[[10**400, 1]])), "is not a point of two numbers"),
        (collection(feature(name="Sankt\0Peders")), "Feature 1: name holds a hidden character"),
        (collection(feature(name=["a"])), "Feature 1: it needs one of the properties"),
        (collection(feature() | {"properties": {"kode": 1, "navn": "A", "homes": -5}}), "'-5' is no number of homes"),
        (collection(feature() | {"properties": {"kode": 1, "navn": "A", "homes": 1e99}}), "is no number of homes"),
    ],
)
def test_areas_that_cannot_be_true_are_refused_with_a_sentence(randers, tmp_path, data, words) -> None:
    said = said_of("load_areas", data, tmp_path)
    assert said.startswith("REFUSED")
    assert words in said
    assert "Nothing was imported." in said
    assert Area.objects.count() == 54


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (address(number="01-feb"), "Line 2: '01-feb' in number is what a spreadsheet makes of another text"),
        (address(number="1000"), "Line 2: '1000' is not a house number"),
        (address(postcode="ABCDE"), "Line 2: 'ABCDE' is not a postcode such as 8900"),
        (address(postcode="89000"), "Line 2: '89000' is not a postcode"),
        (address(postcode="8000"), "Line 2: 8000 is not a postcode of Randers Kommune"),
        (address(postcode="8000", latitude="", longitude=""), "Line 2: 8000 is not a postcode of Randers Kommune"),
        (dar("Eksempelvej 7, 2. th, 8000 Aarhus C"), "Line 1: 8000 is not a postcode of Randers Kommune"),
        (address(latitude="0", longitude="0"), "Line 2: the point 0.0, 0.0 is not near Randers Kommune"),
        (address(latitude="10.03", longitude="56.46"), "The two are swapped"),
        (address(latitude="nan"), "Line 2: latitude and longitude must be degrees"),
        (address(latitude="1e1"), "Line 2: latitude and longitude must be degrees"),
        (address(street="?"), "Line 2: street is missing"),
        (address(town="Rand\u202eers"), "Line 2: the line holds a hidden character"),
        (address().splitlines()[0] + b"\n", "There are no addresses in the file"),
        (b"PK\x03\x04", "This is an Excel workbook"),
        (b"[]", "Line 1: this is not one JSON object"),
        (dar(adressebetegnelse=["a"]), "Line 1: '' is not an address as DAR writes one"),
    ],
)
def test_addresses_that_cannot_be_true_are_refused_with_a_sentence(randers, tmp_path, data, words) -> None:
    said = said_of("load_addresses", data, tmp_path)
    assert words in said
    assert "1 bad lines. Nothing was imported." in said
    assert not Address.objects.exists()


def test_each_country_writes_its_own_numbers_and_postcodes(randers, tmp_path) -> None:
    call_command("load_partnership", "kalmar", stdout=io.StringIO())
    kalmar = address(latitude="56.66", longitude="16.36", area_code="K01", number="1021 b", postcode="392 31")
    assert "1 new" in said_of("load_addresses", kalmar, tmp_path, "kalmar")
    assert Address.objects.get().number == "1021B"
    assert "'8900' is not a postcode such as 392 31" in said_of("load_addresses", address(), tmp_path, "kalmar")
    assert "1 new" in said_of("load_addresses", address(number="007b"), tmp_path)
    assert Address.objects.get(partnership__slug="randers").number == "7B"


def test_a_code_does_not_silence_a_point_outside_the_outline_of_its_area(randers, tmp_path) -> None:
    said_of("load_areas", collection(feature(ring=SQUARE)), tmp_path)
    outside = address(latitude="56.6", longitude="10.0", area_code="8182")
    assert "Line 2: Eksempelvej 7, 8900 Randers C: the point lies in none" in said_of(
        "load_addresses", outside, tmp_path
    )
    # No outline says that the point is not in this one.
    assert "1 new" in said_of("load_addresses", outside.replace(b"8182", b"8181"), tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "cp1252", "latin-1"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_areas_and_addresses_are_read_as_spreadsheets_save_them(encoding, separator) -> None:
    def saved(data: bytes) -> bytes:
        lines = [line for line in data.decode().splitlines() if not line.startswith("#")]
        cells = (line.replace(".", ",").split(";") for line in lines)
        return "".join(separator.join(f'" {cell} "' for cell in line) + "\r\n" for line in cells).encode(encoding)

    true = read_areas(PARISHES.read_bytes())
    assert read_areas(saved(PARISHES.read_bytes())) == true
    assert len(true.rows) == 54
    file = address(street="Ågade")
    assert list(read(io.BytesIO(saved(file)))) == list(read(io.BytesIO(file)))


def test_a_refusal_is_in_the_readers_language() -> None:
    for language, words in (("da", "Linje 2: '-5' er ikke et antal boliger"), ("sv", "Rad 2: '-5' är inget antal")):
        with translation.override(language):
            assert str(read_areas(area(homes="-5")).errors[0]).startswith(words)


DAR = b"".join(
    dar(id=f"a{number}", adressebetegnelse=f"Åvej {number}, 8900 Randers C") + b"\n" for number in range(1, 30)
)
HOUSES = b"".join(json.dumps({"id": f"h{n}", "adgangspunkt_id": f"p{n}"}).encode() + b"\n" for n in range(20))
POINTS = b"".join(json.dumps({"id": f"p{n}", "position": f"POINT (56{n} 6218{n})"}).encode() + b"\n" for n in range(20))
HOMES = address() + b"".join(f"x{n};Åvej;{n};st. tv;8900;Randers C;56,46;10,03;8182\n".encode() for n in range(1, 30))


@pytest.mark.parametrize(
    ("data", "reader"),
    [
        (PARISHES.read_bytes(), lambda data: [str(error) for error in read_areas(data).errors]),
        (
            collection(*(feature(str(n), f"Sogn {n}", SQUARE) for n in range(1, 20))),
            lambda data: read_areas(data).errors,
        ),
        (HOMES, lambda data: [row for row in read(io.BytesIO(data)) if isinstance(row, LineError)]),
        (DAR, lambda data: [row for row in read(io.BytesIO(data)) if isinstance(row, LineError)]),
        (HOUSES, lambda data: len(house_points(io.BytesIO(data), io.BytesIO(POINTS))) < 20),
        (POINTS, lambda data: len(house_points(io.BytesIO(HOUSES), io.BytesIO(data))) < 20),
    ],
    ids=["areas", "outlines", "addresses", "dar", "houses", "points"],
)
def test_a_spoiled_file_is_read_or_refused_and_nothing_else(data: bytes, reader: Callable) -> None:
    assert not reader(data)
    assert sum(bool(reader(one)) for one in spoiled(data)) > 50


@pytest.mark.parametrize("name", ["areas", "addresses", "profile"])
def test_a_command_refuses_a_spoiled_file_and_nothing_else_leaves_it(randers, tmp_path, name) -> None:
    """`said_of` catches a CommandError alone."""
    if name == "profile":
        file = tmp_path / "mine.json"
        data, said = (FOLDER / "randers.json").read_bytes(), []
        for one in spoiled(data, 70):
            file.write_bytes(one)
            try:
                call_command("load_partnership", "randers", file, stdout=io.StringIO())
            except CommandError as refusal:
                said.append(str(refusal))
    else:
        data = {"areas": PARISHES.read_bytes(), "addresses": HOMES}[name]
        said = [said_of(f"load_{name}", one, tmp_path) for one in spoiled(data, 70)]
        said = [words for words in said if "REFUSED" in words]
    assert len(said) > 20
    assert not any("Traceback" in words or "object has no attribute" in words for words in said)


@pytest.mark.parametrize(
    "change",
    [
        {"host_names": 5}, {"host_names": "randers.dk"}, {"languages": None}, {"languages": ["da", "xx"]},
        {"partners": "police"}, {"partners": [{"name": 5}]}, {"name": "Bo\0Trygt"}, {"name": 7},
        {"helpers_goal": "many"}, {"helpers_goal": 10**30}, {"is_demonstration": "yes"}, {"signed_on": 2023},
        {"country": ["DK"]},
        {"bounds": [10, 56]}, {"bounds": [56.2, 9.6, 56.8, 10.6]}, {"bounds": [9.6, 56.2, float("nan"), 56.8]},
    ],
    ids=str,
)  # fmt: skip
def test_a_profile_with_a_value_of_another_kind_is_refused_by_its_name(db, tmp_path, change) -> None:
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(json.loads((FOLDER / "randers.json").read_text("utf-8")) | change), encoding="utf-8")
    with pytest.raises(CommandError, match=next(iter(change))):
        call_command("load_partnership", "randers", file, stdout=io.StringIO())
