"""What must be known to read a place's figures comes from its profile, with its source; code knows no municipality."""

import re

import pytest
from django.test import Client

from dashboard.progress import Progress
from dashboard.tests.builders import NOW, ON, a_partnership, kalmar
from figures.shipped import load_shipped
from partnership.places.actions.partnerships import load_profile
from partnership.places.models import Partnership
from partnership.places.profiles import profile_file, read_profile
from partnership.tests.house import ROOT

MUNICIPALITIES = re.compile(r"randers|kalmar|(?<!\d)0880(?!\d)", re.IGNORECASE)
# Examples of what to type, and the senders while developing.
EXAMPLES = {
    "figures/areas.py": 2,
    "figures/reading.py": 1,
    "figures/yearly.py": 1,
    "partnership/fields/postcode.py": 2,
    "partnership/places/address_lookup.py": 2,
    "partnership/places/management/commands/load_addresses.py": 1,
    "partnership/places/management/commands/load_areas.py": 1,
    "partnership/places/management/commands/load_partnership.py": 2,
    "partnership/places/models.py": 4,
    "partnership/settings.py": 5,
    "templates/places/which.html": 1,
}
# Made-up places, and what is no part of the product.
NOT_THE_PRODUCT = {"benchmarks", "demo", "devtools", "docs", "frontend", "journeys", "migrations", "tests"}


def product_files():
    """Yield the modules, templates and scripts of the product, with their name in it."""
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        is_hidden = any(part.startswith(".") or part == "node_modules" for part in parts)
        if path.suffix in (".py", ".html", ".txt", ".js") and not is_hidden and not NOT_THE_PRODUCT & set(parts):
            yield path, "/".join(parts)


def test_no_module_or_template_knows_a_municipality():
    found = {name: len(MUNICIPALITIES.findall(path.read_text())) for path, name in product_files()}
    assert {name: count for name, count in found.items() if count} == EXAMPLES


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("da", "I 2020 var 322 af dem i kældre og på lofter."),
        ("sv", "År 2020 gällde 322 av dem källare och vindar."),
        ("en", "In 2020, 322 of them were in cellars and attics."),
    ],
)
def test_the_chart_of_years_says_what_its_partnership_knows_with_the_source(language, words):
    load_shipped(now=NOW)
    load_profile(profile=read_profile(profile_file("kalmar")))
    html = Client(headers={"host": "kalmar.localhost"}).get(f"/{language}/progress/").content.decode()
    figure = html[html.index('id="years"') : html.index("</figure>", html.index('id="years"'))]
    assert words in figure
    assert all(name in figure for name in ("Brå", "If", "Kalmarposten"))


@pytest.mark.django_db
def test_a_source_leads_to_the_page_that_shows_the_figure_and_never_to_a_front_page():
    load_shipped(now=NOW)
    load_profile(profile=read_profile(profile_file("kalmar")))
    here = Partnership.objects.get(slug="kalmar")
    # As a profile that was loaded before has it.
    for remark in here.about["remarks"]:
        for source in remark["source"]:
            source.setdefault("url", "https://front.example/")
    here.save()
    html = Client(headers={"host": "kalmar.localhost"}).get("/en/progress/").content.decode()
    assert 'href="https://polisen.se/aktuellt/nyheter/2018/' in html
    assert "https://front.example/" not in html
    assert "https://bra.se/" not in html


@pytest.mark.django_db
def test_another_place_with_yearly_figures_says_nothing_about_that_one():
    load_shipped(now=NOW)
    a_partnership()
    other = kalmar()
    html = Client(headers={"host": "kalmar.localhost"}).get("/en/progress/").content.decode()
    assert [chart.slug for chart in Progress(other, ON).charts()] == ["years"]
    assert "322" not in html
    assert "46%" not in html


@pytest.mark.django_db
def test_a_text_in_one_language_says_which_on_a_page_in_another():
    load_shipped(now=NOW)
    remark = {"beside": "progress", "title": "Två mått", "paragraphs": ["Källare räknas."], "source": "Brå"}
    kalmar_profile = read_profile(profile_file("kalmar"))
    load_profile(profile=kalmar_profile | {"about": {"remarks": [remark]}})
    html = Client(headers={"host": "kalmar.localhost"}).get("/en/progress/").content.decode()
    assert '<h2 id="promise" lang="sv">Två mått</h2>' in html
    assert '<p lang="sv">Källare räknas.</p>' in html
