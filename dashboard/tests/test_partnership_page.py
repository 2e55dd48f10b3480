"""The page about the partnership says what its profile says, in the reader's language, and nothing else."""

import re

import pytest
from django.test import Client

from dashboard.tests.builders import NOW, a_goal, a_partnership
from figures.shipped import load_shipped
from partnership.places.about import is_about
from partnership.places.actions.partnerships import load_profile
from partnership.places.profiles import profile_file, read_profile

pytestmark = pytest.mark.django_db


def page(language: str, host: str = "randers.localhost") -> str:
    """The page, with each run of white space as one space."""
    answer = Client(HTTP_HOST=host).get(f"/{language}/partnership/")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def load(name: str):
    return load_profile(profile=read_profile(profile_file(name))).partnership


@pytest.mark.parametrize(
    ("language", "role", "agreed", "goal", "press"),
    [
        ("da", "Tal om indbrud, foredrag", "Foreninger kan bestille gratis foredrag.", "nabohjælpere", "For pressen"),
        ("sv", "Siffror om inbrott, föredrag", "Föreningar kan boka", "medlemmar i grannsamverkan", "För pressen"),
        ("en", "Figures about burglary, talks", "Associations can book free talks.", "helpers", "For the press"),
    ],
)
def test_roles_agreement_goals_and_press_stand_in_each_language(language, role, agreed, goal, press):
    load("randers")
    html = page(language)
    for words in ("Østjyllands Politi", role, agreed, goal, press, "presse@randers.example", "2028"):
        assert words in html


def test_each_partnership_has_its_own_page_and_what_is_not_known_is_not_shown():
    load("randers")
    kalmar = load("kalmar")
    kalmar.about.pop("press")
    kalmar.save(update_fields=["about"])
    html = page("en", "kalmar.localhost")
    assert "Local crime-scene investigators visit the watch groups." in html
    assert "For the press" not in html
    assert "The target is at most" not in html
    assert "The goal of 500 is made up for the demonstration." in html
    assert "randers" not in html.lower()


@pytest.mark.parametrize(
    ("name", "agreed"),
    [("randers", "The agreement was made on 18 August 2023."), ("kalmar", "The agreement is from 2015.")],
)
def test_the_day_of_the_agreement_is_named_only_where_it_is_known(name, agreed):
    load(name)
    assert re.findall(r"The agreement (?:is|was) [^.]+\.", page("en", f"{name}.localhost")) == [agreed]


def test_the_year_of_an_agreement_is_a_number():
    assert is_about({"agreed_in": 2015}, ["sv"])
    assert not is_about({"agreed_in": "2015"}, ["sv"])


def test_a_partnership_whose_profile_says_little_still_has_a_page_with_a_contact():
    a_partnership(partners=[{"name": "Randers Kommune", "role": "Tryghed"}])
    html = page("en")
    assert '<dd lang="da">Tryghed</dd>' in html
    assert "The agreement in short" not in html
    assert "kontakt@randers.example" in html[html.index("<aside") : html.index("</aside>")]


def test_a_locked_goal_stands_there_with_its_number_and_year():
    load_shipped(now=NOW)
    a_goal(a_partnership())
    assert "The target is at most 95 burglaries a year by 18 August 2028." in page("en")


def test_a_goal_that_the_portal_has_no_figures_for_says_so():
    load("randers")
    html = page("en")
    assert html.count("We have no figures for this yet.") == 2
    for address in ("/en/progress/",):
        shown = Client(HTTP_HOST="randers.localhost").get(address).content.decode()
        assert "Goals that we have no figures for yet:" in shown
        assert "The high feeling of safety is kept" in shown


def test_talks_have_the_contact_that_their_mail_names():
    partnership = load("randers")
    addresses = {one["email"] for one in partnership.about["contacts"]}
    assert addresses == {partnership.contact_email}


def test_front_page_footer_and_sitemap_lead_to_it():
    load("randers")
    front = Client(HTTP_HOST="randers.localhost").get("/en/").content.decode()
    assert front.count('href="/en/partnership/"') == 2
    assert "/en/partnership/" in Client(HTTP_HOST="randers.localhost").get("/sitemap.xml").content.decode()
