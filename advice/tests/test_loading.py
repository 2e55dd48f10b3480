"""Loading the library: all or nothing, once or ten times, and never over what staff have corrected."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from advice.actions.publishing import correct_edition
from advice.models import Article, Edition, Word
from advice.tests.builders import load, write_article

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 22, 18, tzinfo=dt.UTC)


def told(folder, *options) -> list[str]:
    out = StringIO()
    call_command("load_advice", str(folder), *options, stdout=out)
    return out.getvalue().splitlines()


def test_the_command_says_what_it_added(tmp_path):
    write_article(tmp_path, "locks")
    write_article(tmp_path, "locks", "sv", title="Lås alla dörrar")
    assert told(tmp_path) == [
        "added locks/da",
        "added locks/sv",
        "Advice: 2 added, 0 changed, 0 kept, 0 withdrawn, 0 unchanged.",
    ]
    article = Article.objects.get()
    assert (article.slug, article.topic, article.grade, article.who, article.minutes) == (
        ("locks", "home", "strong", "both", 10)
    )
    assert Edition.objects.get(language="da").sources[0] == {
        "text": "Det Kriminalpræventive Råd",
        "url": "https://dkr.dk/",
    }


def test_loading_the_same_files_again_writes_nothing(tmp_path, django_assert_max_num_queries):
    write_article(tmp_path, "locks")
    load(tmp_path)
    before = list(Edition.objects.values())
    with django_assert_max_num_queries(12) as queries:
        assert load(tmp_path).unchanged == ["locks/da"]
    written = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE"))]
    assert written == []
    assert list(Edition.objects.values()) == before


def test_one_bad_line_and_nothing_is_loaded(tmp_path):
    write_article(tmp_path, "locks")
    load(tmp_path)
    write_article(tmp_path, "locks", title="Nye ord")
    write_article(tmp_path, "light", order="first")
    with pytest.raises(CommandError, match=r"light/da\.md:5: order must be a whole number"):
        told(tmp_path)
    assert list(Edition.objects.values_list("title", flat=True)) == ["Lås alle døre og vinduer"]


def test_a_changed_file_changes_its_edition_only(tmp_path):
    write_article(tmp_path, "locks")
    write_article(tmp_path, "light", order="2", title="Lys")
    load(tmp_path)
    write_article(tmp_path, "light", order="3", title="Lys ude")
    changes = load(tmp_path)
    assert (changes.changed, changes.unchanged) == (["light/da"], ["locks/da"])
    assert Article.objects.get(slug="light").order == 3


def test_what_is_no_longer_there_is_withdrawn(tmp_path):
    write_article(tmp_path, "locks")
    path = write_article(tmp_path, "light", title="Lampen")
    load(tmp_path)
    assert Word.objects.filter(word="lampen").exists()
    path.unlink()
    path.parent.rmdir()
    assert load(tmp_path).withdrawn == ["light/da"]
    assert list(Article.objects.values_list("slug", flat=True)) == ["locks"]
    assert not Word.objects.filter(word="lampen").exists()


def test_what_staff_corrected_is_kept_until_they_say_otherwise(tmp_path):
    write_article(tmp_path, "locks")
    load(tmp_path)
    correct_edition(edition=Edition.objects.get(), values={"title": "Rettet"}, now=NOW)
    assert load(tmp_path).unchanged == ["locks/da"]
    write_article(tmp_path, "locks", title="Ny fra filen")
    assert "kept locks/da (corrected by staff; --replace-corrected replaces it)" in told(tmp_path)
    assert Edition.objects.get().title == "Rettet"
    assert "changed locks/da" in told(tmp_path, "--replace-corrected")
    assert Edition.objects.get().title == "Ny fra filen"


def test_a_translation_that_staff_wrote_is_kept(tmp_path):
    write_article(tmp_path, "locks")
    load(tmp_path)
    english = Edition(article=Article.objects.get(), language="en")
    words = {"title": "Locks", "summary": "Lock it.", "grade_note": "Sure.", "keywords": "bolt", "body": "Lock."}
    correct_edition(edition=english, values=words, now=NOW)
    assert load(tmp_path).withdrawn == []
    assert Edition.objects.filter(language="en").exists()


def test_a_folder_that_is_not_there_is_a_plain_sentence(tmp_path):
    with pytest.raises(CommandError, match="There is no folder"):
        told(tmp_path / "nowhere")


def test_a_correction_is_found_at_once(tmp_path):
    write_article(tmp_path, "locks")
    load(tmp_path)
    correct_edition(edition=Edition.objects.get(), values={"body": "Sæt stålskruer i glaslisterne."}, now=NOW)
    edition = Edition.objects.get()
    assert edition.corrected_at == NOW
    assert "stålskru" in edition.document
    assert Word.objects.filter(language="da", word="stålskruer").exists()
