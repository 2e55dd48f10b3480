"""In production a page loads one style sheet of ours, however many parts it is written in."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

PARTS = settings.BASE_DIR / "static" / "css" / "site"


@pytest.fixture
def collected(settings, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path
    backend = {"BACKEND": "partnership.web.static_files.OneSheetStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": backend}
    call_command("collectstatic", "--noinput", verbosity=0)
    return tmp_path


def sheet_in(root: Path) -> str:
    """Return the sheet that pages load."""
    return (root / "css" / Path(staticfiles_storage.stored_name("css/site.css")).name).read_text("utf-8")


@pytest.mark.slow
def test_the_sheet_has_all_its_parts_in_it_and_asks_for_nothing(collected: Path) -> None:
    sheet = sheet_in(collected)
    assert not re.search(r"@import|url\(", sheet)
    order = re.findall(r'"site/(\w+)\.css"', (PARTS.parent / "site.css").read_text("utf-8"))
    places = [sheet.find((PARTS / f"{name}.css").read_text("utf-8")) for name in order]
    assert places == sorted(places)
    assert -1 not in places
    assert set(order) == {path.stem for path in PARTS.glob("*.css")}


@pytest.mark.slow
def test_a_part_that_changed_is_in_the_next_sheet(collected: Path, settings, tmp_path_factory) -> None:
    before = staticfiles_storage.stored_name("css/site.css")
    source = tmp_path_factory.mktemp("static")
    (source / "css" / "site").mkdir(parents=True)
    for name in (PARTS.parent / "site.css", *PARTS.glob("*.css")):
        (source / name.relative_to(PARTS.parent.parent)).write_text(name.read_text("utf-8"))
    (source / "css" / "site" / "footer.css").write_text(".changed { color: red; }\n")
    settings.STATICFILES_DIRS = [source, *settings.STATICFILES_DIRS]
    call_command("collectstatic", "--noinput", verbosity=0)
    assert ".changed { color: red; }" in sheet_in(collected)
    assert staticfiles_storage.stored_name("css/site.css") != before
