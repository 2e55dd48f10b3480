"""Setting up a partnership, its areas and its address register from files."""

import io
import json
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from partnership.places.models import Address, Area, Household, Partnership
from partnership.places.profiles import FOLDER, read_profile
from partnership.places.readers.addresses import COLUMNS
from partnership.places.tests.test_reading_areas import collection, feature

pytestmark = pytest.mark.django_db
IN_RANDERS = [[10.1, 56.4], [10.4, 56.4], [10.4, 56.6], [10.1, 56.6], [10.1, 56.4]]
GEO = Path(__file__).parents[4] / "shared" / "data" / "geo" / "randers_sogne.geojson"


def run(*args: object, **options: object) -> str:
    out = io.StringIO()
    call_command(*args, stdout=out, stderr=out, **options)
    return out.getvalue()


def register(folder: Path, *lines: str) -> Path:
    file = folder / "register.csv"
    file.write_text("\n".join([";".join(COLUMNS), *lines]) + "\n", encoding="utf-8")
    return file


def home(number: int, area: str = "8182", place: str = ";") -> str:
    road = f"Eksempelvej {number // 999}".removesuffix(" 0")
    return f"r{number};{road};{number % 999 + 1};;8900;Randers C;{place};{area}"


@pytest.mark.parametrize(("name", "areas"), [("randers", 54), ("kalmar", 16)])
def test_a_profile_sets_up_a_partnership_and_its_areas(name: str, areas: int) -> None:
    assert "set up" in run("load_partnership", name)
    loaded = Partnership.objects.get(slug=name)
    assert loaded.areas.count() == areas
    assert loaded.host_names == [f"{name}.localhost"]
    assert loaded.is_demonstration
    assert loaded.areas.filter(homes_made_up=True).count() == areas


def test_loading_again_says_what_changed_and_only_that() -> None:
    run("load_partnership", "randers")
    Partnership.objects.update(helpers_goal=10)
    again = run("load_partnership", "randers")
    assert "helpers_goal: 10 is now 3500" in again
    assert "signed_on" not in again
    assert "0 new, 0 changed, 54 as before" in again
    assert "is now" not in run("load_partnership", "randers")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"about": {"aims": []}}, "about cannot be"),
        ({"about": {"agreement": [{"da": "Kun dansk"}]}}, "about cannot be"),
        ({"about": {"goals": [{"words": "Færre indbrud", "year": "2028"}]}}, "about cannot be"),
        ({"about": {"contacts": [{"name": "Naboskabet"}]}}, "about cannot be"),
        ({"about": {"remarks": [{"beside": "years", "paragraphs": ["Med kældre."]}]}}, "about cannot be"),
        (
            {"about": {"remarks": [{"beside": "years", "paragraphs": ["A"], "source": [{"name": "B", "url": "x:y"}]}]}},
            "about cannot be",
        ),
        ({"about": {"remarks": [{"beside": "map", "paragraphs": ["A"], "source": "B"}]}}, "about cannot be"),
        ({"about": {"press": {"email": "presse@randers.example"}}}, "about cannot be"),
        ({"partners": [{"name": "Politiet", "role": {"da": "Foredrag"}}]}, "partners cannot be"),
        ({"about": {"contacts": [{"name": "Jens 010190-1234", "role": "Kontakt"}]}}, "personal number|cannot be"),
        ({"contact_name": "Jens 010190-1234"}, "contact_name: Leave out the personal number"),
        (
            {"partners": [{"name": "Jens 010190-1234", "role": {"da": "Foredrag", "en": "Talks", "sv": "Föredrag"}}]},
            "personal number",
        ),
        ({"contact_phone": "1234"}, "contact_phone: Enter a telephone number"),
        ({"country": "NO"}, "country"),
        ({"time_zone": "Mars/Olympus"}, "Mars"),
        ({"signed_on": "in August"}, "signed_on"),
        ({"host_names": []}, "host_names"),
        ({"colour_of_the_door": "red"}, "colour_of_the_door"),
        ({"helpers_goal": 0}, "partnership_has_a_goal"),
        ({"contact_email": "nobody"}, "contact_email"),
    ],
)
def test_a_bad_profile_is_refused_with_the_field_named(tmp_path: Path, change: dict, words: str) -> None:
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(read_profile(FOLDER / "randers.json") | change), encoding="utf-8")
    with pytest.raises(CommandError, match=words):
        run("load_partnership", "randers", file)
    assert not Partnership.objects.exists()


def test_a_missing_field_an_unknown_profile_and_a_taken_host_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="randers"):
        run("load_partnership", "aarhus")
    file = tmp_path / "mine.json"
    profile = read_profile(FOLDER / "kalmar.json")
    file.write_text(json.dumps({key: value for key, value in profile.items() if key != "municipality"}))
    with pytest.raises(CommandError, match="municipality"):
        run("load_partnership", "kalmar", file)
    run("load_partnership", "randers")
    file.write_text(json.dumps(profile | {"host_names": ["randers.localhost"]}))
    with pytest.raises(CommandError, match="already belongs"):
        run("load_partnership", "kalmar", file)


def test_outlines_are_added_and_a_point_inside_is_kept(tmp_path: Path) -> None:
    run("load_partnership", "randers")
    kept = Area.objects.get(code="8182")
    x, y = kept.longitude, kept.latitude
    ring = [[x - 0.1, y - 0.1], [x + 0.1, y - 0.1], [x + 0.1, y + 0.1], [x - 0.1, y + 0.1], [x - 0.1, y - 0.1]]
    file = tmp_path / "areas.geojson"
    file.write_bytes(collection(feature(ring=ring), feature("8181", "Sankt Mortens", IN_RANDERS)))
    assert "0 new, 2 changed" in run("load_areas", file, partnership="randers")
    kept.refresh_from_db()
    assert kept.boundary
    assert (kept.longitude, kept.latitude) == (x, y)
    assert kept.homes
    moved = Area.objects.get(code="8181")
    assert 10 < moved.longitude < 11
    assert 56 < moved.latitude < 57
    run("load_partnership", "randers")
    kept.refresh_from_db()
    assert kept.boundary


def test_nothing_of_a_bad_file_of_areas_is_imported(tmp_path: Path) -> None:
    run("load_partnership", "randers")
    file = tmp_path / "areas.geojson"
    file.write_bytes(collection(feature("1", "Ny"), feature("2", "")))
    with pytest.raises(CommandError, match="Feature 2"):
        run("load_areas", file, partnership="randers")
    assert not Area.objects.filter(code="1").exists()
    with pytest.raises(CommandError, match="load_partnership"):
        run("load_areas", file, partnership="nowhere")
    with pytest.raises(CommandError, match="cannot be read"):
        run("load_areas", tmp_path / "none.geojson", partnership="randers")


@pytest.mark.skipif(not GEO.exists(), reason="the reference data is not here")
def test_the_outlines_of_randers_leave_every_point_where_it_was() -> None:
    run("load_partnership", "randers")
    before = dict(Area.objects.values_list("code", "latitude"))
    assert "54 changed" in run("load_areas", GEO, partnership="randers")
    assert dict(Area.objects.values_list("code", "latitude")) == before


def test_addresses_are_loaded_once_and_updated_after(tmp_path: Path) -> None:
    run("load_partnership", "randers")
    file = register(tmp_path, home(1), home(2))
    assert "2 new" in run("load_addresses", file, partnership="randers")
    register(tmp_path, home(1), home(2, area="8181"), home(3))
    assert "1 new, 1 changed, 1 as before" in run("load_addresses", file, partnership="randers")
    assert Address.objects.get(register_id="r2").area.code == "8181"


def test_the_point_decides_the_area_before_the_code_does(tmp_path: Path) -> None:
    run("load_partnership", "randers")
    areas = tmp_path / "areas.geojson"
    areas.write_bytes(collection(feature("8181", "Sankt Mortens", IN_RANDERS)))
    run("load_areas", areas, partnership="randers")
    run("load_addresses", register(tmp_path, home(1, area="8182", place="56.5;10.2")), partnership="randers")
    assert Address.objects.get().area.code == "8181"


def test_a_household_follows_its_address_to_another_area(tmp_path: Path) -> None:
    run("load_partnership", "randers")
    file = register(tmp_path, home(1))
    run("load_addresses", file, partnership="randers")
    address = Address.objects.get()
    household = Household.objects.create(partnership=address.partnership, area=address.area, address=address)
    register(tmp_path, home(1, area="8181"))
    run("load_addresses", file, partnership="randers")
    household.refresh_from_db()
    assert household.area.code == "8181"


def test_nothing_of_a_bad_register_is_imported_unless_asked(tmp_path: Path) -> None:
    run("load_partnership", "randers")
    file = register(tmp_path, home(1), home(2, area="9999"), home(3, area=""), "too;few")
    with pytest.raises(CommandError, match="3 bad lines"):
        run("load_addresses", file, partnership="randers")
    assert not Address.objects.exists()
    words = run("load_addresses", file, partnership="randers", skip_bad_lines=True)
    assert "Line 3" in words
    assert "Line 4" in words
    assert "Line 5" in words
    assert "1 new" in words
    assert "3 lines" in words
    assert Address.objects.count() == 1


def test_one_partnerships_register_never_touches_anothers(tmp_path: Path) -> None:
    run("load_partnership", "randers")
    run("load_partnership", "kalmar")
    run("load_addresses", register(tmp_path, home(1)), partnership="randers")
    run("load_addresses", register(tmp_path, home(1, area="K01").replace("8900", "392 31")), partnership="kalmar")
    assert Address.objects.filter(register_id="r1").count() == 2
    assert Address.objects.get(partnership__slug="randers").area.code == "8182"


@pytest.mark.slow
def test_a_municipality_of_fifty_thousand_addresses_takes_half_a_minute_of_cpu(tmp_path: Path) -> None:
    run("load_partnership", "randers")
    if GEO.exists():
        run("load_areas", GEO, partnership="randers")
    points = [f"{area.latitude};{area.longitude}" for area in Area.objects.order_by("code")]
    file = register(tmp_path, *(home(n, "8182", points[n % 54]) for n in range(50_000)))
    began = time.process_time()
    assert "50000 new" in run("load_addresses", file, partnership="randers")
    assert time.process_time() - began < 30
