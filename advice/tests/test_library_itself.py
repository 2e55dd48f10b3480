"""The articles we ship: all are valid, in three languages, and common words find the right one."""

import pytest
from django.db import transaction

from advice import search
from advice.articles import LANGUAGES, read_library
from advice.management.commands.load_advice import LIBRARY
from advice.tests.builders import load

LOCKS, LIGHT, ALARM, HABITS = "doere-og-vinduer", "lys-og-haek", "alarm-og-kamera", "gode-vaner"
AWAY, FLAT, MARKING, SIGNS = "naar-du-rejser", "lejlighed-og-kaelder", "maerkning-af-vaerdier", "skilte-og-maerkater"
HELP, GROUP, TALK, BOARD = "nabohjaelp-i-praksis", "start-en-nabogruppe", "tal-med-dine-naboer", "for-foreninger"
GOODS, WORRY, BURGLED = "koeb-ikke-tyvekoster", "bekymret-for-indbrud", "hvis-du-har-haft-indbrud"
STREET, NEARBY = "opmaerksom-paa-gaden", "de-to-uger-efter-et-indbrud"

DANISH = {
    "indbrud hos mig": BURGLED,
    "lås": LOCKS,
    "låse": LOCKS,
    "dørlås": LOCKS,
    "doerlaas": LOCKS,
    "vindueslås": LOCKS,
    "indbrudssikring": LOCKS,
    "terrassedør": LOCKS,
    "hvordan sikrer jeg mine vinduer?": LOCKS,
    "lys": LIGHT,
    "udelys": LIGHT,
    "hæk": LIGHT,
    "haek": LIGHT,
    "alarmer": ALARM,
    "tyverialarm": ALARM,
    "videoovervågning": ALARM,
    "nøgler": HABITS,
    "ekstranøglen": HABITS,
    "sommerferien": AWAY,
    "rejse": AWAY,
    "kælderrum": FLAT,
    "dørtelefon": FLAT,
    "smykker": MARKING,
    "DNA": MARKING,
    "klistermærker": SIGNS,
    "nabohjlæp": HELP,
    "nabogruppe": GROUP,
    "tale med naboen": TALK,
    "foredrag": BOARD,
    "grundejerforeningen": BOARD,
    "stjålet cykel": GOODS,
    "utryg": WORRY,
    "jeg har haft indbrud": BURGLED,
    "mistænkelig bil": STREET,
    "indbrud hos naboen": NEARBY,
}
SWEDISH = {
    "alarm": ALARM,
    "lås": LOCKS,
    "dörrlås": LOCKS,
    "dorrlas": LOCKS,
    "fönsterlås": LOCKS,
    "inbrottsskydd": LOCKS,
    "brytjärn": LOCKS,
    "lampa": LIGHT,
    "häck": LIGHT,
    "hemlarm": ALARM,
    "kameror": ALARM,
    "nycklar": HABITS,
    "semester": AWAY,
    "resa bort": AWAY,
    "källarförråd": FLAT,
    "porttelefon": FLAT,
    "stöldskyddsmärkning": MARKING,
    "smycken": MARKING,
    "skyltar": SIGNS,
    "grannsamverkan": HELP,
    "starta grupp": GROUP,
    "prata med grannen": TALK,
    "föredrag": BOARD,
    "bostadsrättsförening": BOARD,
    "stöldgods": GOODS,
    "otrygghet": WORRY,
}
ENGLISH = {
    "locks": LOCKS,
    "deadbolt": LOCKS,
    "door lock": LOCKS,
    "lighting": LIGHT,
    "hedge": LIGHT,
    "CCTV": ALARM,
    "spare key": HABITS,
    "holidays": AWAY,
    "travelling": AWAY,
    "apartment": FLAT,
    "jewellery": MARKING,
    "property marking": MARKING,
    "stickers": SIGNS,
    "start a watch group": GROUP,
    "talk to my neighbour": TALK,
    "stolen goods": GOODS,
    "afraid": WORRY,
}


def test_every_article_can_be_read_in_three_languages():
    articles, problems = read_library(LIBRARY)
    assert [str(problem) for problem in problems] == []
    assert len(articles) >= 12
    assert {article.slug: set(article.editions) for article in articles} == {
        article.slug: set(LANGUAGES) for article in articles
    }


def test_a_swedish_reader_is_told_swedish_prices_and_whom_to_turn_to_in_sweden():
    swedish = {article.slug: article.editions["sv"] for article in read_library(LIBRARY)[0]}
    assert not [slug for slug, edition in swedish.items() if "danska kronor" in edition.price + edition.body]
    assert "imy.se" in swedish[ALARM].body
    assert "imy.se" in swedish[STREET].body
    assert "Brottsofferjouren på 116 006" in swedish[BURGLED].body


@pytest.fixture(scope="module")
def library(django_db_setup, django_db_blocker):
    """The whole library, loaded once for the tables below and deleted after them."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            load(LIBRARY)
            yield
            transaction.set_rollback(True)


QUESTIONS = [
    (language, question, slug)
    for language, table in (("da", DANISH), ("sv", SWEDISH), ("en", ENGLISH))
    for question, slug in table.items()
]


def test_the_tables_are_long_enough():
    assert len(DANISH) >= 30
    assert len(SWEDISH) >= 20
    assert len(ENGLISH) >= 15


@pytest.mark.parametrize(("language", "question", "slug"), QUESTIONS)
def test_peoples_own_words_find_the_right_article_first(library, language, question, slug):
    hits = search.find(question, language, ("112", "114")).hits
    assert hits[0].edition.article.slug == slug


@pytest.mark.parametrize(
    ("language", "part", "slug"),
    [("da", "indbrud", LOCKS), ("da", "sikring", LOCKS), ("da", "kælder", FLAT), ("sv", "inbrott", LOCKS)],
)
def test_a_part_of_a_compound_is_enough(library, language, part, slug):
    assert slug in [hit.edition.article.slug for hit in search.find(part, language, ("112", "114")).hits]


@pytest.mark.parametrize(
    ("language", "question", "are_partial", "slugs"),
    [
        ("sv", "dörrlås kamera", False, {"alarm-og-kamera"}),
        ("da", "dørlås kamera", False, {"alarm-og-kamera"}),
        ("en", "lock camera", False, {"alarm-og-kamera"}),
        ("sv", "dörrlås semester", True, {LOCKS, "naar-du-rejser"}),
        ("da", "dørlås ferie", True, {LOCKS, "naar-du-rejser"}),
        ("en", "lock holiday", True, {LOCKS, "naar-du-rejser"}),
    ],
)
def test_two_subjects_find_what_has_both_or_else_what_has_one(library, language, question, are_partial, slugs):
    results = search.find(question, language, ("112", "114"))
    assert slugs <= {hit.edition.article.slug for hit in results.hits}
    assert results.are_partial == are_partial
