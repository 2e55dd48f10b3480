"""The library's pages: the same for everyone, in three languages, and safe whatever a text holds."""

import re

import pytest
from django.test import Client

from advice import views
from advice.models import Edition
from advice.tests.builders import load, write_article
from partnership.places.models import Partnership
from partnership.places.tests.builders import a_partnership

pytestmark = pytest.mark.django_db
WORDS = {
    "da": {
        "title": "Lås døren",
        "body": "Ring {{emergency}} eller {{police}}.\n\n## Derefter\n\n<script>x</script> **nu**",
    },
    "sv": {"title": "Lås dörren", "body": "Ring {{emergency}} eller {{police}}."},
    "en": {"title": "Lock the door", "body": "Call {{emergency}} or {{police}}."},
}


@pytest.fixture
def visitor(tmp_path) -> Client:
    for language, words in WORDS.items():
        write_article(tmp_path, "door", language, summary=f"{words['title']}: {{{{police}}}}.", **words)
    write_article(tmp_path, "renting", who="tenant", order="2", topic="flats", title="Spørg din udlejer")
    write_article(tmp_path, "owning", who="owner", order="3", topic="after", title="Skift karmen")
    load(tmp_path)
    a_partnership(host_names=["testserver"])
    return Client()


def text(client: Client, address: str, **extra) -> str:
    response = client.get(address, **extra)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(("language", "title"), [("da", "Lås døren"), ("sv", "Lås dörren"), ("en", "Lock the door")])
def test_the_library_and_an_article_speak_the_language_of_the_address(visitor, language, title):
    assert title in text(visitor, f"/{language}/advice/")
    page = text(visitor, f"/{language}/advice/door/")
    assert f'<h1 lang="{language}">{title}</h1>' in page
    assert f'<html lang="{language}">' in page


def test_beside_an_article_stand_its_parts_and_the_others_on_its_topic(tmp_path):
    write_article(tmp_path, "door", title="Lås døren", body="Først.\n\n## Nu\n\nx\n\n## Så *nu*\n\ny")
    write_article(tmp_path, "light", order="2", title="Tænd lyset")
    write_article(tmp_path, "renting", order="3", topic="flats", title="Spørg din udlejer")
    load(tmp_path)
    a_partnership(host_names=["testserver"])
    article, beside = text(Client(), "/da/advice/door/").split("<aside")
    assert '<h2 id="part-1">Nu</h2>' in article
    assert '<a href="#part-1">Nu</a>' in beside
    assert '<a href="#part-2">Så nu</a>' in beside
    assert "Tænd lyset" in beside
    assert "Spørg din udlejer" not in beside


def test_a_missing_translation_shows_the_danish_and_says_so(visitor):
    page = text(visitor, "/en/advice/renting/")
    assert "This advice is not yet in English. Here it is in Danish." in page
    assert '<div class="article" lang="da">' in page
    assert "Spørg din udlejer" in text(visitor, "/en/advice/")
    assert "advice-fallback" not in text(visitor, "/da/advice/renting/")


def test_the_numbers_are_those_of_the_partnership(visitor):
    a_partnership("kalmar")
    assert "Ring 112 eller 114.</p>" in text(visitor, "/da/advice/door/")
    swedish = text(visitor, "/sv/advice/door/", headers={"host": "kalmar.localhost"})
    assert "Ring 112 eller 114 14.</p>" in swedish
    for address in ("/sv/advice/door/", "/sv/advice/", "/sv/advice/search/?q=lås"):
        page = text(visitor, address, headers={"host": "kalmar.localhost"})
        assert "Lås dörren: 114 14." in page.replace("<mark>Lås</mark>", "Lås")
        assert "{{" not in page


def test_html_in_a_text_is_shown_as_it_was_written(visitor):
    page = text(visitor, "/da/advice/door/")
    assert "&lt;script&gt;x&lt;/script&gt; <strong>nu</strong>" in page
    assert "<script>x" not in page


def test_a_script_address_in_a_text_is_no_link(visitor):
    Edition.objects.filter(title="Lås døren").update(body="[klik](javascript:alert(1)) <javascript:alert(1)>")
    assert 'href="javascript' not in text(visitor, "/da/advice/door/")


def test_an_article_says_how_sure_we_are_and_where_we_know_it_from(visitor):
    page = text(visitor, "/en/advice/door/")
    assert "How sure are we?" in page
    assert "Strong association" in page
    assert "En stor undersøgelse i England og Wales." in page
    assert 'href="https://dkr.dk/"' in page
    assert "Bo trygt!" in page
    assert "10 minutes" in page
    assert "Fra 0 kr." in page
    assert re.search(r"[a-z]+(:\d+)?/en/advice/door/\s", page), "paper says where it is from"


def test_an_article_leads_to_those_before_and_after_it(visitor):
    page = text(visitor, "/da/advice/owning/")
    assert 'rel="prev" href="/da/advice/door/"' in page
    assert 'rel="next" href="/da/advice/renting/"' in page


def test_owners_and_tenants_each_see_their_own(visitor):
    tenants = text(visitor, "/da/advice/?who=tenant")
    assert "Spørg din udlejer" in tenants
    assert "Lås døren" in tenants
    assert "Skift karmen" not in tenants
    owners = text(visitor, "/da/advice/?who=owner")
    assert "Skift karmen" in owners
    assert "Spørg din udlejer" not in owners
    assert "Skift karmen" in text(visitor, "/da/advice/?who=king")


def test_an_address_that_does_not_exist_is_404(visitor):
    assert visitor.get("/da/advice/no-such-thing/").status_code == 404


def test_an_empty_library_is_no_error(db):
    a_partnership(host_names=["testserver"])
    text(Client(), "/da/advice/")
    text(Client(), "/da/advice/search/?q=lås")


@pytest.mark.parametrize(
    "address",
    ["/da/advice/", "/sv/advice/door/", "/en/advice/renting/", "/da/advice/search/", "/da/advice/search/?q=lås"],
)
def test_any_cache_can_hold_a_page(visitor, address):
    response = visitor.get(address, headers={"accept-language": "en", "accept-encoding": "gzip"})
    assert not response.cookies
    assert response.headers.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    assert response["Cache-Control"] in ("public, max-age=300", "max-age=300, public")
    again = visitor.get(address, headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("name", ["library", "article", "find"])
def test_a_page_asks_neither_who_is_looking_nor_for_a_session(visitor, rf, name):
    class Untouchable:
        def __getattr__(self, attribute):
            raise AssertionError(f"the page asked for {attribute}")

    request = rf.get("/da/advice/", {"q": "lås"})
    request.partnership, request.LANGUAGE_CODE = Partnership.objects.get(), "da"
    request.session = request.user = Untouchable()
    kwargs = {"slug": "door"} if name == "article" else {}
    assert getattr(views, name)(request, **kwargs).status_code == 200


def test_a_search_marks_its_hits(visitor):
    page = text(visitor, "/en/advice/search/?q=doors")
    assert "1 piece of advice about “doors”" in page
    assert "Lock the <mark>door</mark>" in page


def test_a_search_without_a_hit_says_what_to_do(visitor):
    page = text(visitor, "/en/advice/search/?q=xyzzy")
    assert "We found no advice about “xyzzy”" in page
    assert "Try a shorter or more common word" in page
    assert "/en/advice/door/" in page


def test_what_was_searched_for_is_escaped(visitor):
    page = text(visitor, "/en/advice/search/?q=%3Cscript%3Ealert(1)%3C/script%3E%22")
    assert "<script>alert" not in page
    assert 'value="&lt;script&gt;alert(1)&lt;/script&gt;&quot;"' in page


@pytest.mark.parametrize(
    ("question", "sentence", "kept"),
    [
        ("lock " * 1000, "This is too long to search for.", "lock lock"),
        ("lo\x00ck", "Something in this search cannot be read.", 'value="lock"'),
        ("010190-1234", "This looks like a personal number.", 'value="010190-1234"'),
        ("my number is 0101901234", "This looks like a personal number.", "my number is"),
    ],
)
def test_what_cannot_be_searched_for_gets_a_calm_sentence(visitor, question, sentence, kept):
    response = visitor.get("/en/advice/search/", {"q": question})
    page = response.content.decode()
    assert response.status_code == 200
    assert sentence in page
    assert kept in page
    assert page.count('id="id_q_error"') == 1
    assert "\x00" not in page
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


@pytest.mark.parametrize("address", ["/da/advice/", "/da/advice/door/", "/da/advice/search/?q=lås"])
def test_a_page_takes_few_queries_however_many_articles_there_are(visitor, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        visitor.get(address)


def test_nothing_here_can_be_posted(visitor):
    assert visitor.post("/da/advice/search/", {"q": "lås"}).status_code == 405


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("/da/advice/search/?q=døren xyzzy", "Der er ingen råd med alle ordene"),
        ("/sv/advice/search/?q=dörren xyzzy", "Inget råd har alla orden"),
        ("/en/advice/search/?q=door xyzzy", "No advice has all of these words"),
    ],
)
def test_the_reader_is_told_that_no_article_has_all_their_words(visitor, page, said):
    assert said in text(visitor, page)
    assert said not in text(visitor, page.replace(" xyzzy", ""))
