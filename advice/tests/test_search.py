"""The search on a few articles, each for one purpose."""

import pytest

from advice import search
from advice.models import Edition
from advice.tests.builders import load, write_article

pytestmark = pytest.mark.django_db
DENMARK = ("112", "114")


@pytest.fixture
def shelf(tmp_path):
    plain = {"keywords": "hjem", "body": "Hjemme."}
    write_article(tmp_path, "securing", title="Indbrudssikring", summary="Begynd ved døren.", **plain)
    write_article(tmp_path, "door", title="Din dørlås", summary="Den skal være god.", order="2", **plain)
    write_article(tmp_path, "after", title="Efter et indbrud", summary="Ring {{police}}.", order="3", **plain)
    write_article(tmp_path, "door", "sv", title="Ditt dörrlås", summary="Det ska vara bra.", order="2", **plain)
    write_article(tmp_path, "after", "sv", title="Efter bostadsinbrottet", summary="Ring.", order="3", **plain)
    write_article(tmp_path, "door", "en", title="Your door lock", summary="A <b>good</b> lock.", order="2", **plain)
    load(tmp_path)


def found(question: str, language: str = "da") -> list[str]:
    return [hit.edition.article.slug for hit in search.find(question, language, DENMARK).hits]


def test_indbrudssikring_is_found_by_indbrud(shelf):
    assert set(found("indbrud")) == {"securing", "after"}


def test_the_whole_word_comes_before_the_part(shelf):
    assert found("indbrud") == ["after", "securing"]
    assert found("indbrudssikring")[0] == "securing"


def test_doerlaas_is_found_by_laas(shelf):
    assert found("lås") == ["door"]
    assert found("låse") == ["door"]
    assert found("låsene") == ["door"]


def test_a_compound_that_no_article_has_is_found_by_its_parts(shelf):
    assert found("låsedør") == ["door"]
    assert found("dørsikring") == ["securing"]


def test_swedish_compounds_are_found_by_their_parts(shelf):
    assert found("lås", "sv") == ["door"]
    assert found("inbrott", "sv") == ["after"]
    assert found("inbrottet", "sv") == ["after"]
    assert found("bostad", "sv") == ["after"]


TWO_SUBJECTS = {"da": "dørlås indbrud", "sv": "dörrlås inbrott", "en": "lock camera"}


@pytest.mark.parametrize("language", TWO_SUBJECTS)
def test_words_that_no_article_has_together_find_those_that_have_some(shelf, language):
    results = search.find(TWO_SUBJECTS[language], language, DENMARK)
    assert {hit.edition.article.slug for hit in results.hits} <= {"door", "after", "securing"}
    assert (bool(results.hits), results.are_partial) == (True, True)
    first, _second = TWO_SUBJECTS[language].split()
    assert not search.find(first, language, DENMARK).are_partial


def test_an_article_with_more_of_the_words_hides_those_with_fewer(shelf):
    results = search.find("dørlås hjem xyzzy", "da", DENMARK)
    assert ([hit.edition.article.slug for hit in results.hits], results.are_partial) == (["door"], True)
    assert not search.find("dørlås hjem", "da", DENMARK).are_partial


def test_a_search_stays_in_its_language(shelf):
    assert found("lock") == []
    assert found("lock", "en") == ["door"]


@pytest.mark.parametrize("typed", ["doerlaas", "dorlas", "dörlås", "DØRLÅS", "dørlåss", "dør lås"])
def test_other_spellings_find_the_same(shelf, typed):
    assert found(typed)[0] == "door"


def test_the_reader_is_told_what_was_searched_for_instead(shelf):
    assert search.find("doerlaas", "da", DENMARK).corrected == ("dørlås",)
    assert search.find("dørlås", "da", DENMARK).corrected == ()


def test_more_of_the_words_win(shelf):
    assert found("hvad gør jeg efter et indbrud?") == ["after", "securing"]
    assert found("dørlås og indbrudssikring og noget ganske tredje")[0] in {"door", "securing"}


@pytest.mark.parametrize(
    "question",
    ["", "   ", "og eller", "!!!", "a", "' OR 1=1 --", "lås & | ! ( ) :* <->", "\\", "xyzzy", "%_", "🔒", "-" * 200],
)
def test_nothing_that_is_typed_breaks_the_search(shelf, question):
    assert found(question) in ([], ["door"])


def test_hits_are_marked_in_title_and_summary_and_everything_else_is_escaped(shelf):
    [hit] = search.find("lock <b>", "en", DENMARK).hits
    assert hit.title == "Your door <mark>lock</mark>"
    assert hit.summary == "A &lt;b&gt;good&lt;/b&gt; <mark>lock</mark>."
    [hit] = search.find("lås", "da", DENMARK).hits
    assert hit.title == "Din <mark>dørlås</mark>"


def test_the_summary_of_a_hit_has_the_partnerships_number(shelf):
    assert "Ring 114 14." in [hit.summary for hit in search.find("indbrud", "da", ("112", "114 14")).hits]


def test_a_search_takes_two_queries(shelf, django_assert_num_queries):
    with django_assert_num_queries(2):
        search.find("indbrud lås dør", "da", DENMARK)


def test_the_index_is_a_generated_column_in_the_configuration_of_the_language(shelf):
    documents = dict(Edition.objects.filter(article__slug="door").values_list("language", "document"))
    assert "'lås':" in documents["da"]
    assert "'dörrlås':" in documents["sv"]
    assert "'lock':" in documents["en"]
